import { describe, expect, it } from "vitest";
import { askStack, type Resource, unknown } from "../support/pack";

const rule = "chain-limit";
const volume = { type: "waldur:Volume", name: "data", props: {} };
const snapshot = (name: string, props: Record<string, unknown> = {}): Resource => ({
  type: "waldur:Snapshot",
  name,
  props,
  from: { volumeId: ["data"] },
});

describe(rule, () => {
  it("counts the snapshots of each volume", async () => {
    const config = { snapshots: 2 };
    const two = [volume, snapshot("a"), snapshot("b")];
    expect(await askStack(rule, two, { config })).toEqual([]);
    const [said, ...others] = await askStack(rule, [...two, snapshot("c")], { config });
    expect(others).toEqual([]);
    expect(said).toMatchObject({ on: "data" });
    expect(said?.message).toContain('found 3 snapshots of the volume "data": a, b, c; wanted at most 2');
    const expired = snapshot("c", { expired: true });
    expect(await askStack(rule, [...two, expired], { config })).toEqual([]);
  });

  it("counts those of a volume outside the stack too, and each volume by itself", async () => {
    const outside = (name: string, volumeId: string) => ({
      type: "waldur:Snapshot",
      name,
      props: { volumeId },
    });
    const all = [outside("a", "one"), outside("b", "one"), outside("c", "two")];
    expect(await askStack(rule, all, { config: { snapshots: 2 } })).toEqual([]);
    const [said] = await askStack(rule, all, { config: { snapshots: 1 }, front: "plugin" });
    expect(said).toMatchObject({
      on: "a",
      message: expect.stringContaining("2 snapshots of the volume one"),
    });
  });

  it("takes ten for enough where nothing is said", async () => {
    const names = [..."abcdefghij"];
    const ten = [volume, ...names.map((name) => snapshot(name))];
    expect(await askStack(rule, ten)).toEqual([]);
    expect(await askStack(rule, [...ten, snapshot("k")])).toHaveLength(1);
  });

  it("notes a volume that is not known yet", async () => {
    const lone = { type: "waldur:Snapshot", name: "a", props: { volumeId: unknown } };
    const [said] = await askStack(rule, [lone], { config: { enforcementLevel: "mandatory" } });
    expect(said).toMatchObject({
      level: "advisory",
      message: expect.stringContaining("not checked: volumeId"),
    });
  });
});
