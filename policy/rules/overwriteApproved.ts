import { z } from "zod";
import { matches } from "../glob";
import { patterns } from "../options";
import { resourceRule } from "../resourceRule";
import { label, type Subject, text } from "../subject";

/** A restoration that overwrites live data is somebody's decision. */
export const overwriteApproved = resourceRule({
  name: "overwrite-approved",
  description: "A restoration that overwrites live data is approved.",
  level: "mandatory",
  kinds: ["SnapshotRestoration"],
  options: {
    key: z.string().min(1).describe("Label of an approval, e.g. approval=CHG-1234").default("approval"),
    approved: patterns.describe("Restorations that are approved, by their names").default([]),
  },
  check(subject, { key, approved }, report) {
    const how = overwrites(subject);
    if (how === undefined || subject.opts.protect || matches(subject.name, approved)) return;
    if (label(subject, key)) return;
    report({
      found: `${how}, which overwrites live data, without an approval`,
      wanted: `protect, or the label ${key}`,
      fix: `Give it the option { protect: true }, or have it approved: ${key}=... in its description`,
    });
  },
});

function overwrites(subject: Subject): string | undefined {
  const { overwrites: choice } = subject.lifecycle.facts;
  const chosen = choice !== undefined && text(subject, choice.argument) === choice.value;
  return chosen ? `${choice.argument} "${choice.value}"` : undefined;
}
