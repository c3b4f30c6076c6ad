import { describe, expect, it } from "vitest";
import { askStack, daysFrom, type Resource, unknown } from "../support/pack";

const rule = "volume-covered";
const volume = (description?: string): Resource => ({
  type: "waldur:Volume",
  name: "data",
  props: { uuid: "0123456789abcdef0123456789abcdef", description },
});
const snapshot = (hoursAgo: number, props: Record<string, unknown> = {}): Resource => ({
  type: "waldur:Snapshot",
  name: `of-${hoursAgo}`,
  props: { createdAt: daysFrom(-hoursAgo / 24), ...props },
  from: { volumeId: ["data"] },
});
const labelled = volume("the database; recovery-point-hours=12");

describe(rule, () => {
  it("wants a young snapshot of each volume that says so", async () => {
    expect(await askStack(rule, [labelled, snapshot(40), snapshot(11)])).toEqual([]);
    const [late] = await askStack(rule, [labelled, snapshot(40), snapshot(13)]);
    expect(late).toMatchObject({ on: "data" });
    expect(late?.message).toContain(
      "found the latest snapshot of 2027-02-28T23:00Z; wanted one of the last 12 hours",
    );
    const [none] = await askStack(rule, [labelled]);
    expect(none?.message).toContain("found no snapshot of it");
    expect(await askStack(rule, [volume()])).toEqual([]);
  });

  it("does not count what the server has removed, and counts what is about to be made", async () => {
    expect(await askStack(rule, [labelled, snapshot(1, { expired: true })])).toHaveLength(1);
    expect(await askStack(rule, [labelled, snapshot(0, { createdAt: undefined })])).toEqual([]);
  });

  it("takes volumes by their names too, and Cinder's by their metadata", async () => {
    const config = { volumes: ["da*"], hours: 6 };
    expect(await askStack(rule, [volume(), snapshot(7)], { config })).toHaveLength(1);
    expect(await askStack(rule, [volume(), snapshot(5)], { config })).toEqual([]);
    const cinder = {
      type: "cinder:Volume",
      name: "data",
      props: { metadata: { "recovery-point-hours": "24" } },
    };
    const young = { type: "cinder:Snapshot", name: "n", props: { createdAt: daysFrom(-0.5) } };
    expect(await askStack(rule, [cinder, { ...young, from: { volumeId: ["data"] } }])).toEqual([]);
    expect(await askStack(rule, [cinder, young])).toHaveLength(1);
  });

  it("says where a label is no number of hours", async () => {
    const [said] = await askStack(rule, [volume("recovery-point-hours=soon")]);
    expect(said?.message).toContain('found recovery-point-hours "soon"; wanted a number of hours');
  });

  it("notes what is not known yet", async () => {
    const config = { enforcementLevel: "mandatory" };
    const [age] = await askStack(rule, [labelled, snapshot(1, { createdAt: unknown })], { config });
    expect(age).toMatchObject({
      level: "advisory",
      message: expect.stringContaining("not checked: created"),
    });
    const cinder = { type: "cinder:Volume", name: "data", props: { metadata: unknown } };
    const [label] = await askStack(rule, [cinder], { config });
    expect(label).toMatchObject({
      level: "advisory",
      message: expect.stringContaining("not checked: metadata"),
    });
  });
});
