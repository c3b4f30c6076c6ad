import { z } from "zod";
import { snapshotsOf, volumeOf } from "../stack";
import { type StackSubject, stackRule } from "../stackRule";

/** Long chains of snapshots are slow in many storage back ends, and use up the quota. */
export const chainLimit = stackRule({
  name: "chain-limit",
  description: "A volume has at most so many snapshots.",
  level: "advisory",
  options: { snapshots: z.int().min(1).describe("Snapshots of one volume in the stack").default(10) },
  check(subjects, options, report, _now, each) {
    const chains = new Map<string, StackSubject[]>();
    each(snapshotsOf(subjects), (snapshot) => {
      const { volume, reference } = volumeOf(snapshot, subjects);
      const key = volume?.urn ?? reference;
      if (key !== undefined) chains.set(key, [...(chains.get(key) ?? []), snapshot]);
    });
    for (const chain of chains.values()) {
      const [first] = chain;
      if (first === undefined || chain.length <= options.snapshots) continue;
      const { volume, reference } = volumeOf(first, subjects);
      report(
        {
          found: `${chain.length} snapshots of the volume ${volume ? `"${volume.name}"` : reference}: ${chain
            .map(({ name }) => name)
            .join(", ")}`,
          wanted: `at most ${options.snapshots}`,
          fix: "Take the oldest out of the program",
        },
        volume ?? first,
      );
    }
  },
});
