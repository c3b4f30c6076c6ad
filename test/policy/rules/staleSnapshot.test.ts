import { describe, expect, it } from "vitest";
import { askStack, daysFrom, unknown } from "../support/pack";

const rule = "stale-snapshot";
const snapshot = (props: Record<string, unknown>, name: string, type = "waldur:Snapshot") => ({
  type,
  name,
  props,
});

describe(rule, () => {
  it("tells of snapshots that are older than so many days", async () => {
    const said = await askStack(
      rule,
      [
        snapshot({ createdAt: daysFrom(-31) }, "old"),
        snapshot({ createdAt: daysFrom(-40).replace("Z", "") }, "older", "cinder:Snapshot"),
        snapshot({ createdAt: daysFrom(-29) }, "young"),
        snapshot({}, "new"),
        snapshot({ createdAt: daysFrom(-90), expired: true }, "expired"),
      ],
      { config: { days: 30 } },
    );
    expect(said.map(({ on }) => on)).toEqual(["old", "older"]);
    expect(said[0]?.message).toContain("found taken 2027-01-29T12:00Z, 31 days ago; wanted at most 30 days");
  });

  it("takes half a year for old where nothing is said", async () => {
    expect(await askStack(rule, [snapshot({ createdAt: daysFrom(-179) }, "a")])).toEqual([]);
    expect(await askStack(rule, [snapshot({ createdAt: daysFrom(-181) }, "a")])).toHaveLength(1);
  });

  it("notes an age that is not known yet", async () => {
    const said = await askStack(rule, [snapshot({ createdAt: unknown, expired: unknown }, "new")], {
      front: "plugin",
      config: { enforcementLevel: "mandatory" },
    });
    expect(said).toEqual([
      { level: "advisory", message: expect.stringContaining("not checked: createdAt of") },
    ]);
  });
});
