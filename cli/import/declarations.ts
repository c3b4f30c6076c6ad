import { z } from "zod";
import { describeIssues } from "../../provider/core/resource/check";
import type { Properties } from "../../provider/core/resource/lifecycle";
import type { Declarable, Item } from "./kinds";
import { resourceNames } from "./names";

/** A resource of the program. */
export interface Declaration {
  kind: Declarable;
  /** The resource's name, unique among those of its kind. */
  name: string;
  /** What Pulumi imports the object by. */
  id: string;
  inputs: Properties;
}

/** An object that is not declared. */
export interface LeftOut {
  item: Item;
  reason: string;
}

/**
 * Declares every object exactly as it is, and tells which ones cannot be declared.
 *
 * @param taken names that resources of this kind have already
 */
export function declarations(
  kind: Declarable,
  items: readonly Item[],
  taken: ReadonlySet<string> = new Set(),
): { declared: Declaration[]; leftOut: LeftOut[] } {
  const judged = items.map((item) => ({ item, reason: item.unready ?? refusal(kind, item.inputs) }));
  const good = judged.flatMap(({ item, reason }) => (reason === undefined ? [item] : []));
  const names = resourceNames(good, kind.word, taken);
  return {
    declared: good.map(({ id, inputs }) => ({ kind, id, name: names.get(id) ?? id, inputs })),
    leftOut: judged.flatMap(({ item, reason }) => (reason === undefined ? [] : [{ item, reason }])),
  };
}

/** What the resource would refuse, e.g. a snapshot whose source volume is gone, could not be imported. */
function refusal({ inputs: schema, check }: Declarable, inputs: Properties): string | undefined {
  const parsed = z.strictObject(schema.shape).safeParse(inputs);
  const failures = parsed.success
    ? (check?.(inputs) ?? [])
    : describeIssues(parsed.error.issues, inputs, Object.keys(schema.shape));
  if (failures.length === 0) return undefined;
  return failures.map(({ property, reason }) => `${property}: ${reason}`).join("; ");
}
