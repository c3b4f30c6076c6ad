import { z } from "zod";
import { isRecord, uuidIn } from "../../provider/core/values";
import { resourceRule } from "../resourceRule";
import { type Subject, text } from "../subject";

/** The volume types that encrypt are known only to those who run the cloud, so they are listed. */
export const encryptedType = resourceRule({
  name: "encrypted-type",
  description: "A volume is of an encrypted type.",
  level: "advisory",
  kinds: ["Volume", "SnapshotRestoration"],
  options: {
    types: z
      .array(z.string().min(1))
      .describe("The encrypted volume types: names or ids. With none, the rule checks nothing")
      .default([]),
    allowDefault: z.boolean().describe("Accept volumes that name no type").default(false),
  },
  check(subject, { types, allowDefault }, report) {
    if (types.length === 0) return;
    const named = typesOf(subject);
    // What is made from a snapshot or a volume has the type of that.
    const copied = Object.values(subject.lifecycle.facts.from ?? {}).some(
      (source) => subject.props[source] !== undefined,
    );
    if (named.length === 0 && !allowDefault && !copied && subject.kind === "Volume") named.push(undefined);
    const property = subject.lifecycle.facts.volumeType?.argument ?? "volumeType";
    for (const type of named) {
      if (type !== undefined && types.some((each) => same(each, type))) continue;
      report({
        found:
          type === undefined ? "no volume type, so the default of the cloud" : `the volume type "${type}"`,
        wanted: `one of ${types.join(", ")}`,
        fix: `Set ${property}: "${types[0]}"`,
      });
    }
  },
});

/** Every volume type that is named. */
function typesOf(subject: Subject): (string | undefined)[] {
  const { argument, within: holder } = subject.lifecycle.facts.volumeType ?? { argument: "" };
  if (holder === undefined) return [text(subject, argument) ?? []].flat();
  const inside = (value: unknown): string[] => {
    if (Array.isArray(value)) return value.flatMap(inside);
    if (!isRecord(value)) return [];
    return Object.keys(value).flatMap((key) => {
      const inner = value[key];
      return key === argument && typeof inner === "string" ? [inner] : inside(inner);
    });
  };
  return inside(subject.props[holder]);
}

function same(one: string, other: string): boolean {
  return one === other || (uuidIn(one) !== undefined && uuidIn(one) === uuidIn(other));
}
