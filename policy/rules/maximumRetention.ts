import { z } from "zod";
import { classKey, days } from "../options";
import { resourceRule } from "../resourceRule";
import { byClass, retentionOf } from "../retention";
import { day, daysText, slack } from "../time";

/** A snapshot is kept for at most so many days from when it was first declared. */
export const maximumRetention = resourceRule({
  name: "maximum-retention",
  description: "A snapshot is kept for at most so many days.",
  level: "advisory",
  kinds: ["Snapshot"],
  options: {
    days: days.describe("Days from when the snapshot was first declared").default(3653),
    classKey,
    classes: z.record(z.string(), days).describe("Days by class, e.g. { scratch: 14 }").default({}),
    allowForever: z
      .boolean()
      .describe("Accept snapshots without an end; kept-until-required is about those")
      .default(true),
  },
  check(subject, options, report) {
    const { from, until, endless, said } = retentionOf(subject);
    const { value, why } = byClass(subject, options, options.days);
    const wanted = `at most ${daysText(value)}${why}`;
    const fix = `Set an earlier keptUntil, or retainFor: "P${Math.floor(value)}D"`;
    if (endless) {
      if (!options.allowForever) report({ found: said, wanted, fix });
      return;
    }
    if (from === undefined || until === undefined) return;
    const kept = (until - from) / day;
    if (kept > value + slack)
      report({ found: `${said}, which is ${daysText(Math.ceil(kept * 10) / 10)}`, wanted, fix });
  },
});
