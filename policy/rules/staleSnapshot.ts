import { days } from "../options";
import { createdOf, snapshotsOf } from "../stack";
import { stackRule } from "../stackRule";
import { day, daysText, instantText } from "../time";

/** A snapshot that is old is of little use for a restore, and costs space. */
export const staleSnapshot = stackRule({
  name: "stale-snapshot",
  description: "A snapshot is not older than so many days.",
  level: "advisory",
  options: { days: days.describe("Days since it was taken").default(180) },
  check(subjects, options, report, now, each) {
    each(snapshotsOf(subjects), (snapshot) => {
      const created = createdOf(snapshot) ?? now;
      const age = (now - created) / day;
      if (age <= options.days) return;
      report(
        {
          found: `taken ${instantText(created)}, ${daysText(age)} ago`,
          wanted: `at most ${daysText(options.days)}`,
          fix: "Take a new snapshot, and let this one go",
        },
        snapshot,
      );
    });
  },
});
