import { describe, expect, it } from "vitest";
import { ask, unknown } from "../support/pack";

const rule = "overwrite-approved";
const revert = { type: "cinder:SnapshotRestoration", name: "back", props: { mode: "revert" } };
const inPlace = { type: "trilio:SnapshotRestoration", name: "vm", props: { kind: "in-place" } };

describe(rule, () => {
  it("wants a restoration that overwrites to be approved", async () => {
    for (const front of ["dynamic", "plugin"] as const) {
      const [cinder] = await ask(rule, revert, { front });
      expect(cinder?.level).toBe("mandatory");
      expect(cinder?.message).toContain(
        'SnapshotRestoration "back": found mode "revert", which overwrites live data, without an approval',
      );
      expect((await ask(rule, inPlace, { front }))[0]?.message).toContain('found kind "in-place"');
    }
  });

  it("takes protection, a label or the configuration for an approval", async () => {
    for (const one of [revert, inPlace]) {
      expect(await ask(rule, { ...one, protect: true })).toEqual([]);
      const told = { ...one, props: { ...one.props, description: "after the flood approval=CHG-1234" } };
      expect(await ask(rule, told)).toEqual([]);
      expect(await ask(rule, told, { config: { key: "change" } })).toHaveLength(1);
      expect(await ask(rule, one, { config: { approved: ["back", "v*"] } })).toEqual([]);
    }
  });

  it("says nothing of those that make something new", async () => {
    for (const [type, props] of [
      ["cinder:SnapshotRestoration", {}],
      ["cinder:SnapshotRestoration", { mode: "new-volume" }],
      ["trilio:SnapshotRestoration", { kind: "one-click" }],
      ["waldur:SnapshotRestoration", {}],
    ] as const) {
      expect(await ask(rule, { type, props })).toEqual([]);
    }
  });

  it("notes a mode that is not known yet", async () => {
    for (const one of [
      { ...revert, props: { mode: unknown } },
      { ...inPlace, props: { kind: unknown } },
    ]) {
      const [said] = await ask(rule, one);
      expect(said).toMatchObject({ level: "advisory", message: expect.stringContaining("not checked: ") });
    }
  });
});
