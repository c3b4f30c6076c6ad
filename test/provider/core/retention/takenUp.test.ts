import { beforeEach, describe, expect, it } from "vitest";
import { PartialError } from "../../../../provider/core/errors";
import { FakeSnapshots, fakeLife, type Inputs } from "../../../support/fakeSnapshots";
import { failure } from "../../../support/virtualClock";

let cloud: FakeSnapshots;
beforeEach(() => {
  cloud = new FakeSnapshots();
});

const create = (args: Partial<Inputs> = {}) =>
  cloud.clock.run(fakeLife.create({ source: "v", name: "nightly", ...args }, cloud.context()));
const refused = async (args: Partial<Inputs> = {}) => (await failure(create(args), PartialError)).message;

describe("a snapshot that an earlier run has begun", () => {
  /** What the run has left. */
  const leave = (row: Partial<typeof cloud.left> = {}) => {
    cloud.left = cloud.put({ created: cloud.inDays(0), ...row });
  };

  it("is brought to what is declared now", async () => {
    leave({ name: "older", keptUntil: cloud.inDays(1) });
    const wanted = { name: "nightly", keptUntil: cloud.inDays(9) };
    const { id, outputs } = await create(wanted);
    expect(id).toBe("7");
    expect(outputs).toMatchObject(wanted);
    expect(cloud.calls.slice(1)).toEqual([["write", "7", wanted, "older", "nightly"]]);
    expect(cloud.warnings).toEqual([]);
  });

  it("is waited for before it is changed", async () => {
    leave({ name: "older", state: "CREATING" });
    cloud.later(5000, { state: "OK" });
    await create();
    expect(cloud.clock.elapsed).toBeGreaterThanOrEqual(5000);
    expect(cloud.calls).toHaveLength(2);
  });

  it("keeps the end that its duration had at its creation, also by clocks a little apart", async () => {
    leave({ keptUntil: cloud.inDays(10.01) });
    const { outputs } = await create({ retainFor: "P10D" });
    expect(outputs).toMatchObject({ keptUntil: cloud.left?.keptUntil, retainFor: "P10D" });
  });

  it("gets the end that its duration has now where it has another one", async () => {
    leave({ keptUntil: cloud.inDays(20) });
    const tenDays = cloud.inDays(10);
    const { outputs } = await create({ retainFor: "P10D" });
    expect(outputs.keptUntil).toBe(tenDays);
    expect(cloud.warnings).toEqual([expect.stringContaining("its retention is shortened")]);
  });

  it("is not shortened where the server keeps a mode that forbids it", async () => {
    leave({ keptUntil: cloud.inDays(9), reason: "strict" });
    expect(await refused({ keptUntil: cloud.inDays(5), retentionMode: "compliance" })).toContain(
      'in the mode "compliance", which is not shortened',
    );
    expect(cloud.calls).toHaveLength(1);
  });
});

describe("what a repeated request has made beside a snapshot", () => {
  beforeEach(() => {
    cloud.extra = "8";
    cloud.later(0, { state: "OK" });
  });

  it("is removed once nothing is going on with it", async () => {
    cloud.put({ id: "8", name: "beside", state: "CREATING" });
    cloud.later(5000, { state: "OK" }, "8");
    await create();
    expect(cloud.calls.slice(1)).toEqual([["remove", "8", "beside"]]);
    expect(cloud.rows.has("7")).toBe(true);
    expect(cloud.clock.elapsed).toBeGreaterThanOrEqual(5000);
  });

  it("need not be there any more", async () => {
    await create();
    expect(cloud.calls).toHaveLength(1);
  });

  it("stays where its retention forbids that it goes, unless that is forced", async () => {
    cloud.put({ id: "8", keptUntil: cloud.inDays(9) });
    expect(await refused()).toContain("snapshot 8 is kept until");
    expect(cloud.rows.has("8")).toBe(true);
    cloud.later(0, { state: "OK" });
    await create({ forceDelete: true });
    expect(cloud.rows.has("8")).toBe(false);
  });

  it("stays where it is kept by the time that it is removed", async () => {
    cloud.put({ id: "8" });
    cloud.beforeRemoval = async () => void cloud.put({ id: "8", keptUntil: cloud.inDays(9) });
    expect(await refused()).toContain("snapshot 8 is kept until");
    expect(cloud.rows.has("8")).toBe(true);
  });
});
