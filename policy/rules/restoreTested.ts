import { days } from "../options";
import { createdOf, restorationsOf, snapshotsOf } from "../stack";
import { stackRule } from "../stackRule";
import { day, daysText, instantText } from "../time";

/** Only a restore shows that a snapshot can be restored. */
export const restoreTested = stackRule({
  name: "restore-tested",
  description: "A stack with snapshots has restored one of them in the last days.",
  level: "advisory",
  options: { days: days.describe("Days since the latest restoration").default(90) },
  check(subjects, options, report, now, each) {
    const guarded: string[] = [];
    each(snapshotsOf(subjects), ({ name }) => guarded.push(name));
    const tests: number[] = [];
    let unknown = false;
    each(restorationsOf(subjects), (restoration) => {
      unknown = true;
      tests.push(createdOf(restoration) ?? now);
      unknown = false;
    });
    const latest = Math.max(...tests);
    if (guarded.length === 0 || unknown || latest >= now - options.days * day) return;
    report({
      found: tests.length === 0 ? "no restoration" : `the latest restoration of ${instantText(latest)}`,
      wanted: `one of the last ${daysText(options.days)}`,
      fix: "Declare a SnapshotRestoration of one of its snapshots",
    });
  },
});
