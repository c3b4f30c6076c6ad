import { z } from "zod";
import { snapshotsOf, volumeOf } from "../stack";
import { stackRule } from "../stackRule";

/** A snapshot whose volume is gone, or is nobody's concern in this stack. */
export const orphanSnapshot = stackRule({
  name: "orphan-snapshot",
  description: "The volume of a snapshot is there, and in the stack.",
  level: "advisory",
  options: {
    allowOutside: z
      .boolean()
      .describe("Accept snapshots of volumes that are not in the stack")
      .default(false),
  },
  check(subjects, { allowOutside }, report, _now, each) {
    each(snapshotsOf(subjects), (snapshot) => {
      const { volume, reference } = volumeOf(snapshot, subjects);
      if (volume !== undefined) return;
      if (reference === undefined) {
        report(
          {
            found: "no source volume: it is gone",
            wanted: "a volume that the snapshot belongs to",
            fix: "Restore it to a new volume, or take it out of the program",
          },
          snapshot,
        );
      } else if (!allowOutside) {
        report(
          {
            found: `the source volume ${reference}, which is not in the stack`,
            wanted: "a volume of the stack",
            fix: "Declare the volume in the stack, or import it",
          },
          snapshot,
        );
      }
    });
  },
});
