import { describe, expect, it } from "vitest";
import { ask, daysFrom, unknown } from "../support/pack";

const rule = "minimum-retention";
/** A snapshot that was declared so many days ago. */
const snapshot = (props: Record<string, unknown>, ago = 0) => ({
  type: "waldur:Snapshot",
  props: { ...props, forPolicies: { declaredAt: daysFrom(-ago) } },
});

describe(rule, () => {
  it("reckons from the day of the declaration", async () => {
    const config = { days: 35 };
    const [said] = await ask(rule, snapshot({ keptUntil: daysFrom(10) }), { config });
    expect(said?.message).toContain(
      'waldur:Snapshot "nightly": found keptUntil 2027-03-11T12:00Z, which is 10 days; ' +
        'wanted at least 35 days. Set a later keptUntil, or retainFor: "P35D".',
    );
    expect(await ask(rule, snapshot({ keptUntil: daysFrom(35) }), { config })).toEqual([]);
    expect(await ask(rule, snapshot({ keptUntil: daysFrom(10) }, 25), { config })).toEqual([]);
    expect(await ask(rule, snapshot({ keptUntil: daysFrom(10) }, 24), { config })).toHaveLength(1);
  });

  it("takes durations by the calendar", async () => {
    expect(await ask(rule, snapshot({ retainFor: "P30D" }))).toEqual([]);
    expect(await ask(rule, snapshot({ retainFor: "P4W" }))).toHaveLength(1);
    // March has 31 days.
    expect(await ask(rule, snapshot({ retainFor: "P1M" }), { config: { days: 31 } })).toEqual([]);
    const [said] = await ask(rule, snapshot({ retainFor: "PT12H" }));
    expect(said?.message).toContain("found retainFor PT12H, which is 0.5 days; wanted at least 30 days");
  });

  it("has a limit of its own for a class", async () => {
    const config = { days: 7, classKey: "tier", classes: { gold: 365 } };
    const gold = { metadata: { tier: "gold" }, keptUntil: daysFrom(30) };
    const [said] = await ask(rule, snapshot(gold), { config });
    expect(said?.message).toContain('wanted at least 365 days for tier "gold"');
    expect(await ask(rule, snapshot({ ...gold, metadata: { tier: "iron" } }), { config })).toEqual([]);
    expect(await ask(rule, snapshot({ keptUntil: daysFrom(30) }), { config })).toEqual([]);
  });

  it("says nothing of what is kept for ever, or was declared before that was noted", async () => {
    expect(await ask(rule, snapshot({}))).toEqual([]);
    expect(await ask(rule, { type: "waldur:Snapshot", props: { keptUntil: daysFrom(1) } })).toEqual([]);
  });

  it("notes a date or a class that is not known yet", async () => {
    const [date] = await ask(rule, snapshot({ keptUntil: unknown }));
    expect(date).toMatchObject({
      level: "advisory",
      message: expect.stringContaining("not checked: keptUntil"),
    });
    const classes = { config: { enforcementLevel: "mandatory", classes: { gold: 365 } } };
    for (const metadata of [unknown, { class: unknown }]) {
      const [said] = await ask(rule, snapshot({ keptUntil: daysFrom(60), metadata }), classes);
      expect(said?.level).toBe("advisory");
      expect(said?.message).toMatch(/not checked: metadata(\.class)? of waldur:Snapshot "nightly"/);
    }
  });
});
