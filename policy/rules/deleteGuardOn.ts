import { matches } from "../glob";
import { patterns } from "../options";
import { resourceRule } from "../resourceRule";

/** The guard that refuses an early deletion is taken off only where that is allowed. */
export const deleteGuardOn = resourceRule({
  name: "delete-guard-on",
  description: "The guard against early deletion is on.",
  level: "mandatory",
  kinds: ["Snapshot"],
  options: {
    stacks: patterns.describe("Stacks in which forceDelete is allowed, e.g. ['dev-*']").default([]),
  },
  check(subject, { stacks }, report) {
    if (subject.props.forceDelete !== true || matches(subject.stack, stacks)) return;
    const where = stacks.length > 0 ? `only in the stacks ${stacks.join(", ")}` : "in no stack";
    report({
      found: `forceDelete: true in the stack "${subject.stack}"`,
      wanted: `forceDelete ${where}`,
      fix: "Take forceDelete out, and wait until keptUntil",
    });
  },
});
