import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { applied, appliedKey, type Rules } from "../../../../provider/core/resource/diff";
import { table } from "../../../../provider/core/resource/field";
import type { Properties } from "../../../../provider/core/resource/lifecycle";
import {
  firstKeptUntil,
  type Observed,
  type RetentionInputs,
  retentionDifferences,
  retentionFields,
} from "../../../../provider/core/retention";
import { isoTimestamp, unknownValue } from "../../../../provider/core/values";
import { instants, spellings } from "../../../support/instants";

const rules: Rules = {
  ...table(retentionFields("kept_until"), z.object({})).rules,
  source: { kind: "replace" },
  name: { kind: "update" },
};
const created = "2026-11-21T08:00:00.123456Z";
const later = (days: number) => isoTimestamp(Date.parse("2026-11-21T08:00:00Z") + days * 86_400_000);

type Declared = Partial<RetentionInputs> & Properties;

/** What has to change, after `before` was applied and the server says `observed`. */
function changes(observed: Observed, news: Declared, before: Declared = news): Record<string, unknown> {
  const state = { ...observed, [appliedKey]: applied(before) };
  const found = retentionDifferences(rules, state, news, created);
  return Object.fromEntries(found.map(({ property, wanted }) => [property, wanted]));
}

describe("keptUntil", () => {
  it("in another spelling of the same instant never differs, and another instant always does", () => {
    fc.assert(
      fc.property(
        instants,
        spellings,
        spellings,
        fc.integer({ min: 1, max: 10_000 }),
        (at, one, other, more) => {
          expect(changes({ keptUntil: one(at) }, { keptUntil: other(at) })).toEqual({});
          expect(changes({ keptUntil: one(at) }, { keptUntil: other(at) }, {})).toEqual({});
          expect(changes({ keptUntil: one(at + more) }, { keptUntil: other(at) })).toHaveProperty(
            "keptUntil",
          );
        },
      ),
    );
  });

  it("is the same before and after the clocks change", () => {
    const one = { keptUntil: "2027-03-28T01:59:59+01:00" };
    expect(changes({ keptUntil: "2027-03-28T02:59:59+02:00" }, one)).toEqual({});
    expect(changes({ keptUntil: "2027-03-28T00:59:59Z" }, one)).toEqual({});
  });

  it("that the server keeps for longer stays so in a mode that is never shortened without a word", () => {
    const [declared, longer] = [{ keptUntil: later(10) }, later(20)];
    for (const retentionMode of ["governance", "compliance"] as const) {
      const news = { ...declared, retentionMode };
      expect(changes({ keptUntil: longer, retentionMode }, news)).toEqual({});
      // Changed here, it is for the guard to refuse.
      expect(changes({ keptUntil: longer, retentionMode }, news, { ...news, keptUntil: later(5) })).toEqual(
        declared,
      );
      expect(changes({ keptUntil: later(5), retentionMode }, news)).toEqual(declared);
    }
    const allowed = { ...declared, retentionMode: "governance" as const, allowShorten: true };
    expect(changes({ ...allowed, keptUntil: longer }, allowed)).toEqual(declared);
    expect(changes({ keptUntil: longer }, declared)).toEqual(declared);
  });
});

describe("retainFor", () => {
  const news = { retainFor: "P10D" };

  it("counts from the moment of the creation", () => {
    expect(firstKeptUntil(news, Date.parse(created))).toBe("2026-12-01T08:00:01Z");
    expect(firstKeptUntil({ keptUntil: "2027-01-01" }, 0)).toBe("2027-01-01");
    expect(firstKeptUntil({}, 0)).toBeUndefined();
  });

  it("that does not change leaves whatever the server has, also in another spelling", () => {
    for (const keptUntil of [later(10), later(5), later(99), undefined]) {
      expect(changes({ ...news, keptUntil }, news)).toEqual({});
      expect(changes({ ...news, keptUntil }, { retainFor: "PT240H" }, news)).toEqual({});
    }
  });

  it("that changes counts from the creation again", () => {
    const observed = { ...news, keptUntil: later(10) };
    const wanted = { retainFor: "P20D", keptUntil: "2026-12-11T08:00:01Z" };
    expect(changes(observed, { retainFor: "P20D" }, news)).toEqual(wanted);
    // After an update that failed, the state has the new one already, but not the print of it.
    expect(changes({ ...observed, retainFor: "P20D" }, { retainFor: "P20D" }, news)).toEqual(wanted);
    expect(changes(observed, { retainFor: unknownValue }, news)).toEqual({
      retainFor: unknownValue,
      keptUntil: unknownValue,
    });
  });

  it("and keptUntil take turns", () => {
    const observed = { keptUntil: later(10) };
    expect(changes(observed, news, { keptUntil: later(10) })).toEqual(news);
    expect(changes(observed, { retainFor: "P9D" }, { keptUntil: later(10) })).toMatchObject({
      keptUntil: "2026-11-30T08:00:01Z",
    });
    const kept = { ...observed, ...news };
    expect(changes(kept, { keptUntil: later(11) }, news)).toEqual({ retainFor: null, keptUntil: later(11) });
    expect(changes(kept, {}, news)).toEqual({ retainFor: null, keptUntil: null });
  });

  it("that is declared for what is there already takes what is about right as it is", () => {
    expect(changes({ keptUntil: later(10) }, news, {})).toEqual(news);
    expect(changes({ keptUntil: later(12) }, news, {})).toHaveProperty("keptUntil");
    // The end that would be declared is a second after later(10), since the creation has a fraction.
    const near = (minutes: number) => later(10 + minutes / 1440);
    expect(changes({ keptUntil: near(15) }, news, {})).toEqual(news);
    expect(changes({ keptUntil: near(-14.5) }, news, {})).toEqual(news);
    expect(changes({ keptUntil: near(15.5) }, news, {})).toHaveProperty("keptUntil");
    expect(changes({ keptUntil: near(-15) }, news, {})).toHaveProperty("keptUntil");
    expect(changes({}, news, {})).toHaveProperty("keptUntil");
  });
});

describe("what has expired", () => {
  const before = { keptUntil: later(1), name: "n", source: "a" };
  const observed: Observed & Properties = { keptUntil: later(1), name: "n", source: "a", expired: true };

  it("differs only in what is declared again", () => {
    expect(changes({ ...observed, name: "theirs" }, before)).toEqual({});
    expect(changes(observed, { ...before, keptUntil: later(9) }, before)).toEqual({ keptUntil: later(9) });
    expect(changes(observed, { ...before, source: "b" }, before)).toEqual({ source: "b" });
    // Once that was said, it is not said again.
    const after = { ...before, keptUntil: later(9) };
    expect(changes(observed, after)).toEqual({});
  });
});
