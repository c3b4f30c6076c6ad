import { z } from "zod";
import { timestampOf } from "../../provider/core/values";
import { resourceRule } from "../resourceRule";
import { retentionOf } from "../retention";
import { text } from "../subject";
import { instantText } from "../time";

/**
 * A date that was past already when it was declared keeps nothing; one that passes later is how retention
 * ends.
 */
export const keptUntilNotPast = resourceRule({
  name: "kept-until-not-past",
  description: "The end of a snapshot's retention is not past when it is declared.",
  level: "mandatory",
  kinds: ["Snapshot"],
  options: {
    skewMinutes: z.number().min(0).describe("Minutes that clocks may differ").default(15),
  },
  check(subject, { skewMinutes }, report, now) {
    if (text(subject, "keptUntil") === undefined) return;
    const { until, said } = retentionOf(subject);
    const declared = timestampOf(subject.noted.retentionAt ?? "") ?? now;
    if (until === undefined || until >= declared - skewMinutes * 60_000) return;
    report({
      found: said,
      wanted: `an instant after ${instantText(declared)}, when it was declared`,
      fix: "Set a later keptUntil, or take the snapshot out of the program",
    });
  },
});
