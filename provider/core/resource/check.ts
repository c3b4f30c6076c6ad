import { randomBytes } from "node:crypto";
import { z } from "zod";
import { allWrong, UserError } from "../errors";
import { hasUnknown, ownValue } from "../values";
import type { CheckFailure, Context, Lifecycle, Properties } from "./lifecycle";

/** The checked arguments, names filled in, and what is wrong with them. */
export interface Checked {
  inputs: Properties;
  failures: CheckFailure[];
}

/**
 * Checks arguments against a lifecycle: every wrong property at once, each with its name, its value and what
 * would be right. Values that are not known yet pass as they are.
 *
 * @param olds the inputs of before; `undefined` or empty for a resource that is new or replaces another
 */
export function checkInputs<Client>(
  lifecycle: Lifecycle<Client>,
  news: Properties,
  olds: Properties | undefined,
  ctx: Context<Client>,
): Checked {
  const inputs = withName(lifecycle, present(news), olds, ctx);
  const unknown = Object.keys(inputs).filter((key) => hasUnknown(inputs[key]));
  const shape = Object.entries(lifecycle.inputs.shape).filter(([key]) => !unknown.includes(key));
  const known = Object.fromEntries(Object.entries(inputs).filter(([key]) => !unknown.includes(key)));
  const result = z.strictObject(Object.fromEntries(shape)).safeParse(known);
  const failures = result.success
    ? []
    : describeIssues(result.error.issues, known, Object.keys(lifecycle.inputs.shape));
  const before = olds && Object.keys(olds).length > 0 ? olds : undefined;
  if (result.success) failures.push(...(lifecycle.check?.(inputs, before, ctx) ?? []));
  return { inputs: { ...inputs, ...(result.success ? result.data : {}) }, failures };
}

/** What is wrong with arguments, for where only an error can say it. */
export function wrongArguments(failures: readonly CheckFailure[]): UserError {
  return allWrong(
    failures.map(({ property, reason }) => new UserError(reason, property)),
    "; ",
  );
}

/**
 * A name for what the user leaves nameless: the resource's name and seven hex digits that no other resource has. A name
 * that is there already stays, whoever gave it: nothing is owned that is not declared.
 */
function withName<Client>(
  { autoName }: Lifecycle<Client>,
  inputs: Properties,
  olds: Properties | undefined,
  { identity: { name }, creation }: Context<Client>,
): Properties {
  if (!autoName || inputs[autoName.property] !== undefined) return inputs;
  const { property, longest } = autoName;
  const digits = creation ? creation.digits : randomBytes(4).toString("hex").slice(0, 7);
  // Half a character at the cut would come back from the server as something else.
  const start = name.slice(0, longest - 8).replace(/[\uD800-\uDBFF]$/, "");
  return { ...inputs, [property]: olds?.[property] ?? `${start}-${digits}` };
}

function present(values: Properties): Properties {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== null),
  );
}

/**
 * zod's issues in the user's words.
 *
 * @param given the values that were checked
 * @param properties the names that would be right
 */
export function describeIssues(
  issues: readonly z.core.$ZodIssue[],
  given: Properties,
  properties: readonly string[],
): CheckFailure[] {
  return issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") {
      const inner = [...issue.path].join(".");
      const known = inner ? "" : `; valid properties: ${[...properties].sort().join(", ")}`;
      return issue.keys.map((key) => {
        const property = inner ? `${inner}.${key}` : key;
        return { property, reason: `unknown property "${property}"${known}` };
      });
    }
    const property = issue.path.join(".");
    const value = issue.path.reduce<unknown>(
      (inner, key) => (inner instanceof Object ? ownValue(inner as Properties, String(key)) : undefined),
      given,
    );
    if (value === undefined) return [{ property, reason: `${property} is required` }];
    return [{ property, reason: `invalid value ${JSON.stringify(value)}: ${issue.message}` }];
  });
}
