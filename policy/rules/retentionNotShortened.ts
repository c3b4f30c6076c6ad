import { z } from "zod";
import { classKey } from "../options";
import { resourceRule } from "../resourceRule";
import { byClass, retentionOf } from "../retention";
import { text } from "../subject";

const modes = ["none", "governance", "compliance"] as const;
const mode = z.enum(modes);

/**
 * A policy cannot see what is deployed, so it cannot see that a date gets earlier; the provider can. The rule
 * wants the mode in which the provider refuses it.
 */
export const retentionNotShortened = resourceRule({
  name: "retention-not-shortened",
  description: "A snapshot's retention is in a mode in which it cannot be shortened.",
  level: "advisory",
  kinds: ["Snapshot"],
  options: {
    mode: mode.describe("The weakest mode that will do").default("governance"),
    classKey,
    classes: z.record(z.string(), mode).describe('Modes by class, e.g. { gold: "compliance" }').default({}),
    allowShorten: z.boolean().describe("Accept allowShorten: true, which opens governance").default(false),
  },
  check(subject, options, report) {
    if (retentionOf(subject).endless) return;
    const { value, why } = byClass<(typeof modes)[number]>(subject, options, options.mode);
    const found = text(subject, "retentionMode") ?? "none";
    if (modes.indexOf(found as typeof value) < modes.indexOf(value)) {
      report({
        found: `retentionMode "${found}"`,
        wanted: `"${value}"${value === "governance" ? ' or "compliance"' : ""}${why}`,
        fix: `Set retentionMode: "${value}"`,
      });
    } else if (found === "governance" && !options.allowShorten && subject.props.allowShorten === true) {
      report({
        found: "allowShorten: true",
        wanted: "a retention that stays closed",
        fix: "Take allowShorten out",
      });
    }
  },
});
