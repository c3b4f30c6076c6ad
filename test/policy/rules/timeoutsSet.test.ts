import { describe, expect, it } from "vitest";
import { askStack, type Resource, unknown } from "../support/pack";

const rule = "timeouts-set";
const gib = (size: number, more: Partial<Resource> = {}): Resource => ({
  type: "waldur:Volume",
  name: "data",
  props: { size: size * 1024 },
  ...more,
});

describe(rule, () => {
  it("wants a time limit for what may take longer than the default", async () => {
    expect(await askStack(rule, [gib(100)])).toEqual([]);
    const [said] = await askStack(rule, [gib(200)]);
    expect(said).toMatchObject({ on: "data" });
    expect(said?.message).toContain(
      "found 30 minutes for 200 GiB, by default; wanted at least 60 minutes. " +
        'Give it the option { customTimeouts: { create: "60m" } }.',
    );
    expect(await askStack(rule, [gib(200, { createSeconds: 3600 })])).toEqual([]);
    const [short] = await askStack(rule, [gib(200, { createSeconds: 2400 })]);
    expect(short?.message).toContain("found 40 minutes for 200 GiB; wanted");
    expect(await askStack(rule, [gib(200)], { config: { secondsPerGiB: 9 } })).toEqual([]);
  });

  it("knows a size in the unit of its back end, and by what something is made from", async () => {
    const [said] = await askStack(
      rule,
      [
        { type: "cinder:Volume", name: "data", props: { size: 400 }, createSeconds: 7200 },
        { type: "cinder:Snapshot", name: "nightly", from: { volumeId: ["data"] }, createSeconds: 7200 },
        { type: "cinder:SnapshotRestoration", name: "copy", from: { snapshotId: ["nightly"] } },
      ],
      { front: "plugin" },
    );
    expect(said).toMatchObject({ on: "copy", message: expect.stringContaining("30 minutes for 400 GiB") });
    // Trilio has its size in bytes, and two hours for it.
    const trilio = (size: number) => ({
      type: "trilio:SnapshotRestoration",
      name: "vm",
      props: { size: size * 2 ** 30 },
    });
    expect(await askStack(rule, [trilio(400)])).toEqual([]);
    expect(await askStack(rule, [trilio(401)])).toHaveLength(1);
  });

  it("says nothing without a size, and notes one that is not known yet", async () => {
    expect(await askStack(rule, [{ type: "waldur:Snapshot", name: "nightly" }])).toEqual([]);
    const [said] = await askStack(rule, [gib(0, { props: { size: unknown } })], {
      config: { enforcementLevel: "mandatory" },
    });
    expect(said).toMatchObject({
      level: "advisory",
      message: expect.stringContaining("not checked: size of"),
    });
  });
});
