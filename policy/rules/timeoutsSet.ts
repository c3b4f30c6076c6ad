import { z } from "zod";
import { defaultTimeouts } from "../../provider/core/resource/lifecycle";
import { gibOf } from "../stack";
import { stackRule } from "../stackRule";

const kinds = ["Volume", "Snapshot", "SnapshotRestoration"];

/** A wait that is too short for a large volume fails, although the cloud finishes the work. */
export const timeoutsSet = stackRule({
  name: "timeouts-set",
  description: "The time limit of a create is long enough for the size.",
  level: "advisory",
  options: {
    secondsPerGiB: z.number().positive().describe("Seconds that a create may take for each GiB").default(18),
  },
  check(subjects, { secondsPerGiB }, report, _now, each) {
    const sized = subjects.filter(({ kind }) => kinds.includes(kind));
    each(sized, (subject) => {
      const size = gibOf(subject);
      if (size === undefined) return;
      const set = subject.opts.customTimeouts.createSeconds;
      const limit = set || (subject.lifecycle.timeouts ?? defaultTimeouts).create;
      const wanted = Math.ceil((size * secondsPerGiB) / 60);
      if (limit >= wanted * 60) return;
      report(
        {
          found: `${Math.round(limit / 60)} minutes for ${size} GiB${set ? "" : ", by default"}`,
          wanted: `at least ${wanted} minutes`,
          fix: `Give it the option { customTimeouts: { create: "${wanted}m" } }`,
        },
        subject,
      );
    });
  },
});
