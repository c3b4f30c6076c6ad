import { z } from "zod";
import { matches } from "../glob";
import { patterns } from "../options";
import { resourceRule } from "../resourceRule";

const kinds = ["Volume", "Snapshot"] as const;

/** In the stacks of production nothing goes by mistake. */
export const protectInProduction = resourceRule({
  name: "protect-in-production",
  description: "What is in production is protected.",
  level: "advisory",
  kinds,
  options: {
    stacks: patterns.describe("The stacks of production").default(["prod", "production", "prod-*", "*-prod"]),
    kinds: z
      .array(z.enum(kinds))
      .describe("What has to be protected")
      .default([...kinds]),
  },
  check(subject, options, report) {
    if (!matches(subject.stack, options.stacks) || subject.opts.protect) return;
    if (!options.kinds.some((kind) => kind === subject.kind)) return;
    report({
      found: `no protection in the stack "${subject.stack}"`,
      wanted: "protect: true in production",
      fix: "Give it the option { protect: true }",
    });
  },
});
