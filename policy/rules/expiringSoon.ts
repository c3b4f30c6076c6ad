import { days } from "../options";
import { snapshotsOf } from "../stack";
import { stackRule } from "../stackRule";
import { day, daysText, instantAt, instantText } from "../time";

/** By what the server says, which may have been changed there. */
export const expiringSoon = stackRule({
  name: "expiring-soon",
  description: "A snapshot's retention does not end in the next days.",
  level: "advisory",
  options: { days: days.describe("How many days ahead").default(7) },
  check(subjects, options, report, now, each) {
    each(snapshotsOf(subjects), (snapshot) => {
      const until = instantAt(snapshot.props, "keptUntil");
      if (until === undefined || until > now + options.days * day) return;
      const left = until > now ? `ends in ${daysText((until - now) / day)}` : "is over";
      report(
        {
          found: `keptUntil ${instantText(until)}: its retention ${left}`,
          wanted: `at least ${daysText(options.days)} more`,
          fix: "Extend keptUntil, take a new snapshot, or take it out of the program",
        },
        snapshot,
      );
    });
  },
});
