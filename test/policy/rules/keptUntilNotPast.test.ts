import { describe, expect, it } from "vitest";
import { ask, daysFrom, unknown } from "../support/pack";

const rule = "kept-until-not-past";
const snapshot = (props: Record<string, unknown>) => ({ type: "waldur:Snapshot", props });
const minutes = (count: number) => daysFrom(count / 24 / 60);

describe(rule, () => {
  it("refuses an end that is past when it is declared, in any spelling", async () => {
    for (const keptUntil of [minutes(-16), "2027-02-28", "2027-03-01T12:30:00+01:00"]) {
      const [said] = await ask(rule, snapshot({ keptUntil, forPolicies: { retentionAt: daysFrom(0) } }));
      expect(said?.level).toBe("mandatory");
      expect(said?.message).toMatch(/found keptUntil 2027-\d\d-\d\dT\d\d:\d\dZ; wanted an instant after/);
      expect(said?.message).toContain("2027-03-01T12:00Z, when it was declared");
    }
    expect(await ask(rule, snapshot({ keptUntil: "2027-02-28" }))).toHaveLength(1);
  });

  it("forgives what clocks differ by, and takes what is ahead", async () => {
    for (const keptUntil of [minutes(-14), daysFrom(1), "2027-03-02"]) {
      expect(await ask(rule, snapshot({ keptUntil }))).toEqual([]);
    }
    expect(
      await ask(rule, snapshot({ keptUntil: minutes(-14) }), { config: { skewMinutes: 5 } }),
    ).toHaveLength(1);
    expect(await ask(rule, snapshot({}))).toEqual([]);
    expect(await ask(rule, snapshot({ retainFor: "P1D" }))).toEqual([]);
  });

  it("has nothing against an end that has come since", async () => {
    const old = { declaredAt: daysFrom(-40), retentionAt: daysFrom(-30) };
    expect(await ask(rule, snapshot({ keptUntil: daysFrom(-1), forPolicies: old }))).toEqual([]);
    expect(await ask(rule, snapshot({ keptUntil: daysFrom(-31), forPolicies: old }))).toHaveLength(1);
  });

  it("notes a date that is not known yet", async () => {
    const [said] = await ask(rule, snapshot({ keptUntil: unknown }), { front: "plugin" });
    expect(said).toMatchObject({
      level: "advisory",
      message: expect.stringContaining("not checked: keptUntil"),
    });
  });
});
