import { describe, expect, it } from "vitest";
import { askStack, daysFrom, type Resource, unknown } from "../support/pack";

const rule = "restore-tested";
const snapshot: Resource = { type: "waldur:Snapshot", name: "nightly" };
const restoration = (createdAt: unknown, type = "waldur:SnapshotRestoration"): Resource => ({
  type,
  name: "copy",
  props: { createdAt },
});

describe(rule, () => {
  it("wants a restoration of the last days in a stack with snapshots", async () => {
    const [none] = await askStack(rule, [snapshot]);
    expect(none).not.toHaveProperty("on");
    expect(none?.message).toContain(
      "the stack: found no restoration; wanted one of the last 90 days. Declare a SnapshotRestoration",
    );
    const [late] = await askStack(rule, [snapshot, restoration(daysFrom(-91))]);
    expect(late?.message).toContain("found the latest restoration of 2026-11-30T12:00Z");
    expect(await askStack(rule, [snapshot, restoration(daysFrom(-89))])).toEqual([]);
    expect(await askStack(rule, [restoration(daysFrom(-91))])).toEqual([]);
  });

  it("takes those of every back end, and one that is about to be made", async () => {
    const config = { days: 1 };
    for (const type of ["cinder:SnapshotRestoration", "trilio:SnapshotRestoration"]) {
      const made = { type, name: "copy", props: { createdAt: daysFrom(-0.5) } };
      expect(await askStack(rule, [snapshot, made], { config, front: "plugin" })).toEqual([]);
    }
    expect(await askStack(rule, [snapshot, restoration(undefined)], { config })).toEqual([]);
  });

  it("does not take one that failed for a test", async () => {
    const failed = { ...restoration(daysFrom(-1)), props: { createdAt: daysFrom(-1), volumeState: "ERRED" } };
    expect(await askStack(rule, [snapshot, failed])).toHaveLength(1);
    const trilio = { type: "trilio:SnapshotRestoration", name: "vm" };
    const props = { createdAt: daysFrom(-1) };
    expect(
      await askStack(rule, [snapshot, { ...trilio, props: { ...props, status: "error" } }]),
    ).toHaveLength(1);
    expect(await askStack(rule, [snapshot, { ...trilio, props: { ...props, status: "available" } }])).toEqual(
      [],
    );
  });

  it("leaves out what is exempt", async () => {
    expect(await askStack(rule, [snapshot], { config: { exemptNames: ["nightly"] } })).toEqual([]);
  });

  it("notes a restoration that is not known yet", async () => {
    const said = await askStack(rule, [snapshot, restoration(unknown)], {
      config: { enforcementLevel: "mandatory" },
    });
    expect(said).toEqual([
      {
        level: "advisory",
        message: expect.stringContaining('not checked: createdAt of waldur:SnapshotRestoration "copy"'),
      },
    ]);
  });
});
