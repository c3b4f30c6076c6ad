import { describe, expect, it } from "vitest";
import { z } from "zod";
import { applied, appliedKey, type Difference } from "../../../../provider/core/resource/diff";
import { table } from "../../../../provider/core/resource/field";
import type { Properties } from "../../../../provider/core/resource/lifecycle";
import {
  type Observed,
  type RetentionInputs,
  retentionDifferences,
  retentionFields,
} from "../../../../provider/core/retention";
import { unknownValue } from "../../../../provider/core/values";

const { rules } = table(
  {
    name: { schema: z.string(), wire: "name", onChange: "update", kept: "echo" },
    ...retentionFields("kept_until"),
  },
  z.object({}),
);
const created = "2026-11-21T08:00:00Z";
const [tenDays, twentyDays] = ["2026-12-01T08:00:00Z", "2026-12-11T08:00:00Z"];
type Declared = Partial<RetentionInputs> & Properties;

/** What has to change, after `before` was applied, `undefined` for an object that was adopted. */
function changes(observed: Observed, news: Declared, before: Declared | undefined): Difference[] {
  const state = before === undefined ? observed : { ...observed, [appliedKey]: applied(before) };
  return retentionDifferences(rules, state, news, created);
}
const update = (property: string, wanted: unknown): Difference => ({ property, kind: "update", wanted });

describe("an end that the server has lost", () => {
  const lost = { heldUntil: tenDays };

  it.each<[string, Observed, Declared, Declared | undefined, Difference[]]>([
    [
      "is written again where it is declared",
      lost,
      { keptUntil: tenDays },
      { keptUntil: tenDays },
      [update("keptUntil", tenDays)],
    ],
    [
      "is written again where a duration is declared",
      { ...lost, retainFor: "P10D" },
      { retainFor: "P10D" },
      { retainFor: "P10D" },
      [update("keptUntil", tenDays)],
    ],
    [
      "gives way to an end that is declared anew",
      lost,
      { keptUntil: twentyDays },
      { keptUntil: tenDays },
      [update("keptUntil", twentyDays)],
    ],
    [
      "is let go of where its date is declared no more",
      lost,
      {},
      { keptUntil: tenDays },
      [update("keptUntil", null)],
    ],
    [
      "is let go of where its duration is declared no more",
      { ...lost, retainFor: "P10D" },
      {},
      { retainFor: "P10D" },
      [update("retainFor", null), update("keptUntil", null)],
    ],
    ["stays where this stack never declared it", lost, {}, { name: "n" }, []],
    ["stays where the object was adopted", lost, {}, undefined, []],
    ["is none where nothing is held", {}, {}, { keptUntil: tenDays }, []],
  ])("%s", (_case, observed, news, before, found) =>
    expect(
      changes({ name: "n", ...observed }, { name: "n", ...news }, before && { name: "n", ...before }),
    ).toEqual(found),
  );

  it("is written again beside another change", () => {
    const observed = { ...lost, name: "n", retainFor: "P10D" };
    const news = { name: "new", retainFor: "P10D" };
    expect(changes(observed, news, { ...news, name: "n" })).toEqual([
      update("name", "new"),
      update("keptUntil", tenDays),
    ]);
  });
});

describe("another change", () => {
  it("shows beside a duration", () => {
    const news = { name: "new", retainFor: "P10D" };
    expect(changes({ name: "n", keptUntil: tenDays, retainFor: "P10D" }, news, news)).toEqual([
      update("name", "new"),
    ]);
  });

  it("shows beside an end that the server keeps for longer", () => {
    const news = { name: "new", keptUntil: tenDays, retentionMode: "governance" } as const;
    const observed = { name: "n", keptUntil: twentyDays, retentionMode: "governance" } as const;
    expect(changes(observed, news, news)).toEqual([update("name", "new")]);
  });
});

describe("the end", () => {
  const governed = { retentionMode: "governance" } as const;
  const strict = { keptUntil: twentyDays, retentionMode: "compliance" } as const;

  it.each<[string, Observed, Declared, Declared | undefined, Difference[]]>([
    [
      "that is declared no more is taken out",
      { keptUntil: tenDays },
      {},
      { keptUntil: tenDays },
      [update("keptUntil", null)],
    ],
    [
      "that gives way to the same duration stays",
      { keptUntil: tenDays },
      { retainFor: "P10D" },
      { keptUntil: tenDays },
      [update("retainFor", "P10D")],
    ],
    [
      "that is kept for longer in compliance stays, whatever allowShorten says",
      strict,
      { ...strict, keptUntil: tenDays, allowShorten: true },
      { ...strict, keptUntil: tenDays, allowShorten: true },
      [update("allowShorten", true)],
    ],
    [
      "that is kept for longer is brought to what an adopting stack declares",
      { ...governed, keptUntil: twentyDays },
      { ...governed, keptUntil: tenDays },
      undefined,
      [update("keptUntil", tenDays)],
    ],
    [
      "that is not known yet differs",
      { ...governed, keptUntil: twentyDays },
      { ...governed, keptUntil: unknownValue },
      { ...governed, keptUntil: tenDays },
      [update("keptUntil", unknownValue)],
    ],
  ])("%s", (_case, observed, news, before, found) => expect(changes(observed, news, before)).toEqual(found));
});

describe("a duration", () => {
  const near = "2026-12-01T08:05:00Z";
  const observed = { keptUntil: tenDays, retainFor: "P10D" };
  const fiveMinutesMore = { retainFor: "P10DT5M" };

  it.each<[string, Observed, Declared, Declared | undefined, Difference[]]>([
    [
      "that changes by a little moves the end by just that",
      observed,
      fiveMinutesMore,
      { retainFor: "P10D" },
      [update("retainFor", "P10DT5M"), update("keptUntil", near)],
    ],
    [
      "that changes to what the server has already moves nothing",
      { ...observed, keptUntil: near },
      fiveMinutesMore,
      { retainFor: "P10D" },
      [update("retainFor", "P10DT5M")],
    ],
    [
      "of an object that was adopted takes an end that is about right as it is",
      { keptUntil: tenDays },
      fiveMinutesMore,
      undefined,
      [update("retainFor", "P10DT5M")],
    ],
    [
      "that a state has without its print takes an end that is about right as it is",
      observed,
      fiveMinutesMore,
      {},
      [update("retainFor", "P10DT5M")],
    ],
    [
      "of which a state has the print alone takes an end that is about right as it is",
      { keptUntil: tenDays },
      fiveMinutesMore,
      { retainFor: "P10D" },
      [update("retainFor", "P10DT5M")],
    ],
    [
      "that is about right is so by a quarter of an hour and no more",
      { keptUntil: "2026-12-01T08:15:00Z" },
      { retainFor: "P10D" },
      {},
      [update("retainFor", "P10D")],
    ],
    [
      "that was applied leaves whatever the server has, also where the state has only its print",
      { keptUntil: twentyDays },
      { retainFor: "P10D" },
      { retainFor: "P10D" },
      [],
    ],
    [
      "that changes on what has expired shows once, without an end",
      { ...observed, expired: true },
      { retainFor: "P20D" },
      { retainFor: "P10D" },
      [update("retainFor", "P20D")],
    ],
    [
      "that is declared no more takes its end along",
      observed,
      {},
      { retainFor: "P10D" },
      [update("retainFor", null), update("keptUntil", null)],
    ],
  ])("%s", (_case, seen, news, before, found) => expect(changes(seen, news, before)).toEqual(found));
});
