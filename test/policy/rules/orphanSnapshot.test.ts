import { describe, expect, it } from "vitest";
import { askStack, unknown } from "../support/pack";

const rule = "orphan-snapshot";
const uuid = "0123456789abcdef0123456789abcdef";
const snapshot = (volumeId: unknown, from?: Record<string, string[]>) => ({
  type: "waldur:Snapshot",
  name: "nightly",
  props: { volumeId },
  ...(from ? { from } : {}),
});
const volume = { type: "waldur:Volume", name: "data", props: { uuid } };

describe(rule, () => {
  it("tells of a volume that is gone", async () => {
    const [said] = await askStack(rule, [snapshot(null)], { config: { allowOutside: true } });
    expect(said).toMatchObject({
      on: "nightly",
      message: expect.stringContaining("no source volume: it is gone"),
    });
  });

  it("tells of a volume that is not in the stack, unless that is allowed", async () => {
    const elsewhere = snapshot(`https://portal.example.com/api/openstack-volumes/${uuid}/`);
    const [said] = await askStack(rule, [elsewhere]);
    expect(said?.message).toContain(
      `openstack-volumes/${uuid}/, which is not in the stack; wanted a volume of`,
    );
    expect(await askStack(rule, [elsewhere], { config: { allowOutside: true } })).toEqual([]);
  });

  it("finds the volume by its id or by what it was declared with", async () => {
    const dashed = uuid.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-").toUpperCase();
    expect(await askStack(rule, [snapshot(dashed), volume])).toEqual([]);
    expect(await askStack(rule, [snapshot(unknown, { volumeId: ["data"] }), volume])).toEqual([]);
    const restored = { type: "waldur:SnapshotRestoration", name: "copy", props: { volumeId: uuid } };
    expect(await askStack(rule, [snapshot(uuid), restored])).toEqual([]);
    const cinder = [
      { type: "cinder:Volume", name: "data" },
      { type: "cinder:Snapshot", name: "nightly", props: { volumeId: uuid }, from: { volumeId: ["data"] } },
    ];
    expect(await askStack(rule, cinder, { front: "plugin" })).toEqual([]);
  });

  it("is not misled by a volume whose id is not known yet", async () => {
    const coming = { ...volume, props: { uuid: unknown } };
    const said = await askStack(rule, [snapshot(uuid), coming]);
    expect(said[0]?.message).toContain("which is not in the stack");
  });

  it("notes a volume that is not known yet", async () => {
    const [said] = await askStack(rule, [snapshot(unknown)], { config: { enforcementLevel: "mandatory" } });
    expect(said).toMatchObject({
      level: "advisory",
      message: expect.stringContaining("not checked: volumeId"),
    });
  });
});
