import { z } from "zod";
import { matches } from "../glob";
import { patterns } from "../options";
import { createdOf, snapshotsOf, volumeOf } from "../stack";
import { type StackSubject, stackRule } from "../stackRule";
import { label } from "../subject";
import { hour, instantText } from "../time";

const hours = z.number().positive();

/** A volume whose data matter has a snapshot that is young enough: its recovery point. */
export const volumeCovered = stackRule({
  name: "volume-covered",
  description: "A volume has a snapshot within its recovery point.",
  level: "advisory",
  options: {
    key: z
      .string()
      .min(1)
      .describe("Label of volumes that want it: key of the metadata, or key=hours in the description")
      .default("recovery-point-hours"),
    volumes: patterns.describe("Volumes that want it without a label, by their names").default([]),
    hours: hours.describe("Recovery point of volumes without a label, in hours").default(24),
  },
  check(subjects, options, report, now, each) {
    const snapshots = snapshotsOf(subjects);
    const recoveryPoint = (volume: StackSubject) => {
      const labelled = label(volume, options.key);
      if (labelled !== undefined) return Number(labelled);
      return matches(volume.name, options.volumes) ? options.hours : undefined;
    };
    const volumes = subjects.filter(({ kind }) => kind === "Volume");
    each(volumes, (volume) => {
      const limit = recoveryPoint(volume);
      if (limit === undefined) return;
      if (!hours.safeParse(limit).success) {
        const found = `${options.key} "${label(volume, options.key)}"`;
        return report({ found, wanted: "a number of hours", fix: `Set ${options.key} to e.g. "24"` }, volume);
      }
      const own = snapshots.filter((snapshot) => volumeOf(snapshot, subjects).volume?.urn === volume.urn);
      // What the preview does not know yet is made in this run.
      const taken = own.map((one) => createdOf(one) ?? now);
      const latest = Math.max(...taken);
      if (latest >= now - limit * hour) return;
      report(
        {
          found: taken.length === 0 ? "no snapshot of it" : `the latest snapshot of ${instantText(latest)}`,
          wanted: `one of the last ${limit} hours`,
          fix: "Declare a new snapshot of it",
        },
        volume,
      );
    });
  },
});
