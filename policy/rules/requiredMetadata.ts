import { z } from "zod";
import { resourceRule } from "../resourceRule";
import { label, type Subject } from "../subject";

/**
 * Metadata that others rely on: an owner, a class, a cost centre. Where there are defaults it can fill them
 * in.
 */
export const requiredMetadata = resourceRule({
  name: "required-metadata",
  description: "A snapshot has the metadata that others rely on.",
  level: "advisory",
  kinds: ["Snapshot", "Volume"],
  options: {
    keys: z.array(z.string().min(1)).describe("Keys that have to be there").default([]),
    defaults: z
      .record(z.string(), z.string())
      .describe('Keys that have to be there, with the values that the level "remediate" fills in')
      .default({}),
    volumes: z
      .boolean()
      .describe("Ask it of volumes too; Waldur's have it in the description")
      .default(false),
  },
  check(subject, options, report) {
    const missing = absent(subject, options);
    if (missing.length === 0) return;
    const filled = missing.filter((key) => key in options.defaults);
    const remedy = filled.length > 0 ? `, or let the level "remediate" fill in ${filled.join(", ")}` : "";
    report({
      found: `no ${missing.join(", ")} in its metadata`,
      wanted: `the keys ${wantedOf(options).join(", ")}`,
      fix: `Set metadata: { ${missing.map((key) => `"${key}": "..."`).join(", ")} }${remedy}`,
    });
  },
  remedy(subject, options) {
    // A volume of Waldur takes no metadata.
    if (!("metadata" in subject.lifecycle.inputs.shape)) return undefined;
    const missing = absent(subject, options).filter((key) => key in options.defaults);
    if (missing.length === 0) return undefined;
    const metadata = (subject.props.metadata ?? {}) as Record<string, unknown>;
    const filled = Object.fromEntries(missing.map((key) => [key, options.defaults[key]]));
    return { metadata: Object.assign(metadata, filled) };
  },
});

interface Wanted {
  keys: string[];
  defaults: Record<string, string>;
  volumes: boolean;
}

const wantedOf = ({ keys, defaults }: Wanted) => [...new Set([...keys, ...Object.keys(defaults)])];

function absent(subject: Subject, options: Wanted): string[] {
  if (subject.kind === "Volume" && !options.volumes) return [];
  return wantedOf(options).filter((key) => label(subject, key) === undefined);
}
