import { describe, expect, it } from "vitest";
import { askStack, daysFrom, unknown } from "../support/pack";

const rule = "expiring-soon";
const snapshot = (props: Record<string, unknown>, name = "nightly") => ({
  type: "waldur:Snapshot",
  name,
  props,
});

describe(rule, () => {
  it("tells of an end in the next days, and of one that has come", async () => {
    const said = await askStack(rule, [
      snapshot({ keptUntil: daysFrom(6.5) }, "soon"),
      snapshot({ keptUntil: daysFrom(-1) }, "over"),
      snapshot({ keptUntil: daysFrom(8) }, "later"),
      snapshot({}, "forever"),
      snapshot({ keptUntil: daysFrom(-1), expired: true }, "expired"),
    ]);
    expect(said.map(({ on }) => on)).toEqual(["soon", "over"]);
    expect(said[0]?.message).toContain(
      "found keptUntil 2027-03-08T00:00Z: its retention ends in 6.5 days; wanted at least 7 days more",
    );
    expect(said[1]?.message).toContain("its retention is over");
  });

  it("looks as far ahead as is asked for", async () => {
    const all = [snapshot({ keptUntil: daysFrom(20) })];
    expect(await askStack(rule, all, { config: { days: 30 }, front: "plugin" })).toHaveLength(1);
    expect(await askStack(rule, all, { config: { days: 30, exemptNames: ["night*"] } })).toEqual([]);
  });

  it("notes an end that is not known yet, and checks the others", async () => {
    const said = await askStack(rule, [
      snapshot({ keptUntil: unknown }, "new"),
      snapshot({ keptUntil: daysFrom(1) }, "soon"),
    ]);
    expect(said).toHaveLength(2);
    expect(said[0]).toMatchObject({ on: "soon" });
    expect(said[1]).toMatchObject({
      level: "advisory",
      message: expect.stringContaining('not checked: keptUntil of waldur:Snapshot "new" is not known yet'),
    });
  });
});
