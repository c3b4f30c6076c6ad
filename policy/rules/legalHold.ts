import { z } from "zod";
import { resourceRule } from "../resourceRule";
import { label } from "../subject";

const off = ["", "false", "no", "off", "0"];

/** What is under a legal hold can be deleted neither by a destroy nor by being taken out of the program. */
export const legalHold = resourceRule({
  name: "legal-hold",
  description: "What is under a legal hold is protected and outlives its stack.",
  level: "mandatory",
  kinds: ["Snapshot", "Volume"],
  options: {
    key: z
      .string()
      .min(1)
      .describe('Metadata key of a hold; "", "false", "no", "off" and "0" mean none')
      .default("legal-hold"),
  },
  check(subject, { key }, report) {
    const hold = label(subject, key);
    if (hold === undefined || off.includes(hold.toLowerCase())) return;
    const missing = [
      ...(subject.opts.protect ? [] : ["protect"]),
      ...(subject.noted.retainOnDelete ? [] : ["retainOnDelete"]),
    ];
    if (missing.length === 0) return;
    report({
      found: `${key} "${hold}" without ${missing.join(" and ")}`,
      wanted: "protect and retainOnDelete while the hold lasts",
      fix: `Give it the options { ${missing.map((option) => `${option}: true`).join(", ")} }`,
    });
  },
});
