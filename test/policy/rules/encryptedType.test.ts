import { describe, expect, it } from "vitest";
import { ask, unknown } from "../support/pack";

const rule = "encrypted-type";
const id = "0123456789abcdef0123456789abcdef";
const config = { types: ["luks-ssd", id] };
const waldur = (props: Record<string, unknown>) => ({ type: "waldur:Volume", name: "data", props });
const cinder = (props: Record<string, unknown>) => ({ type: "cinder:Volume", name: "data", props });

describe(rule, () => {
  it("wants one of the listed types", async () => {
    const [said] = await ask(rule, waldur({ volumeType: "ssd" }), { config });
    expect(said?.message).toContain(
      `"data": found the volume type "ssd"; wanted one of luks-ssd, ${id}. Set volumeType: "luks-ssd".`,
    );
    expect(await ask(rule, cinder({ volumeType: "ssd" }), { config, front: "plugin" })).toHaveLength(1);
    for (const type of ["luks-ssd", id, `https://portal.example.com/api/openstack-volume-types/${id}/`]) {
      expect(await ask(rule, waldur({ volumeType: type }), { config })).toEqual([]);
    }
    // As earlier versions called it.
    for (const [type, found] of [
      ["luks-ssd", 0],
      ["ssd", 1],
    ] as const) {
      expect(await ask(rule, waldur({ type }), { config })).toHaveLength(found);
    }
    expect(await ask(rule, cinder({ volumeType: "luks-ssd" }), { config })).toEqual([]);
  });

  it("does not know the default type, and takes what is copied for what it is copied from", async () => {
    const [said] = await ask(rule, cinder({}), { config });
    expect(said?.message).toContain("found no volume type, so the default of the cloud; wanted one of");
    expect(await ask(rule, cinder({}), { config: { ...config, allowDefault: true } })).toEqual([]);
    expect(await ask(rule, cinder({ snapshotId: "1" }), { config })).toEqual([]);
  });

  it("is about restorations that name a type", async () => {
    const copy = { type: "cinder:SnapshotRestoration", name: "copy" };
    expect(await ask(rule, { ...copy, props: { volumeType: "hdd" } }, { config })).toHaveLength(1);
    expect(await ask(rule, { ...copy, props: {} }, { config })).toEqual([]);
  });

  it("finds the types in the options of Trilio's restores", async () => {
    const vm = (newVolumeType: string) => ({
      type: "trilio:SnapshotRestoration",
      name: "vm",
      props: {
        kind: "selective",
        options: { instances: [{ id: "1", volumes: [{ id: "2", newVolumeType }] }] },
      },
    });
    const [said] = await ask(rule, vm("hdd"), { config });
    expect(said?.message).toContain('found the volume type "hdd"');
    expect(said?.message).toContain('Set newVolumeType: "luks-ssd"');
    expect(await ask(rule, vm("luks-ssd"), { config })).toEqual([]);
  });

  it("checks nothing where no type is listed", async () => {
    expect(await ask(rule, waldur({ volumeType: "ssd" }))).toEqual([]);
  });

  it("notes a type that is not known yet", async () => {
    const [said] = await ask(rule, waldur({ volumeType: unknown }), { config });
    expect(said).toMatchObject({
      level: "advisory",
      message: expect.stringContaining("not checked: volumeType of"),
    });
  });
});
