import { z } from "zod";
import { classKey, days } from "../options";
import { resourceRule } from "../resourceRule";
import { byClass, retentionOf } from "../retention";
import { day, daysText, slack } from "../time";

/** A snapshot is kept for at least so many days from when it was first declared. */
export const minimumRetention = resourceRule({
  name: "minimum-retention",
  description: "A snapshot is kept for at least so many days.",
  level: "advisory",
  kinds: ["Snapshot"],
  options: {
    days: days.describe("Days from when the snapshot was first declared").default(30),
    classKey,
    classes: z.record(z.string(), days).describe("Days by class, e.g. { gold: 365 }").default({}),
  },
  check(subject, options, report) {
    const { from, until, said } = retentionOf(subject);
    if (from === undefined || until === undefined) return;
    const { value, why } = byClass(subject, options, options.days);
    const kept = (until - from) / day;
    if (kept >= value - slack) return;
    report({
      found: `${said}, which is ${daysText(Math.max(0, Math.floor(kept * 10) / 10))}`,
      wanted: `at least ${daysText(value)}${why}`,
      fix: `Set a later keptUntil, or retainFor: "P${Math.ceil(value)}D"`,
    });
  },
});
