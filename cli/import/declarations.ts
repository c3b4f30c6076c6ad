import { z } from "zod";
import { describeIssues } from "../../provider/core/check";
import type { Properties } from "../../provider/core/lifecycle";
import type { Kind, Row } from "./kinds";
import { resourceNames } from "./names";

/** A resource of the program. */
export interface Declaration {
  kind: Kind;
  /** The resource's name, unique among those of its kind. */
  name: string;
  /** UUID of the object. */
  id: string;
  inputs: Properties;
}

/** An object that is not declared. */
export interface LeftOut {
  row: Row;
  reason: string;
}

/** Declares every object exactly as it is, and tells which ones cannot be declared. */
export function declarations(
  kind: Kind,
  rows: readonly Row[],
): { declared: Declaration[]; leftOut: LeftOut[] } {
  const judged = rows.map((row) => ({ row, reason: reasonAgainst(kind, row) }));
  const good = judged.filter(({ reason }) => reason === undefined);
  const names = resourceNames(
    good.map(({ row }) => row),
    kind.word,
  );
  return {
    declared: good.map(({ row }) => {
      return { kind, id: row.uuid, name: names.get(row.uuid) ?? row.uuid, inputs: row.inputs };
    }),
    leftOut: judged.flatMap(({ row, reason }) => (reason === undefined ? [] : [{ row, reason }])),
  };
}

function reasonAgainst(kind: Kind, { usable, state, trouble, inputs }: Row): string | undefined {
  if (!usable) return `its state is ${state || "not known"}${trouble ? ` (${trouble})` : ""}`;
  // What the resource would refuse, e.g. a snapshot whose source volume is gone, could not be imported.
  const checked = z.strictObject(kind.inputs.shape).safeParse(inputs);
  if (checked.success) return undefined;
  const failures = describeIssues(checked.error.issues, inputs, Object.keys(kind.inputs.shape));
  return failures.map(({ property, reason }) => `${property}: ${reason}`).join("; ");
}
