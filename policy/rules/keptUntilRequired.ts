import { z } from "zod";
import { resourceRule } from "../resourceRule";
import { retentionOf } from "../retention";
import { label } from "../subject";

/** Every snapshot says until when it is kept. */
export const keptUntilRequired = resourceRule({
  name: "kept-until-required",
  description: "A snapshot says until when it is kept.",
  level: "advisory",
  kinds: ["Snapshot"],
  options: {
    allowForever: z
      .boolean()
      .describe('Accept snapshots without an end on purpose: metadata { retention: "forever" }')
      .default(false),
  },
  check(subject, { allowForever }, report) {
    const { endless, said } = retentionOf(subject);
    if (!endless) return;
    if (allowForever && label(subject, "retention") === "forever") return;
    const purpose = allowForever ? ', or say metadata: { retention: "forever" }' : "";
    report({
      found: said,
      wanted: "an end of its retention",
      fix: `Set keptUntil: "2027-01-31T00:00:00Z" or retainFor: "P30D"${purpose}`,
    });
  },
});
