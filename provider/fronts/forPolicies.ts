import type { Clock } from "../core/clock";
import type { Properties } from "../core/resource/lifecycle";
import { defined, sameJson } from "../core/values";

/** The argument in which it travels. Not a hidden one: the engine keeps those from policies. */
export const forPoliciesKey = "forPolicies";

/**
 * What goes with a resource's arguments for policies alone: those see neither the state nor the time of
 * earlier runs, nor every option. No lifecycle gets it, and it is no difference.
 */
export interface ForPolicies {
  /** The option `retainOnDelete`. */
  retainOnDelete?: boolean;
  /** When the resource was first declared, ISO 8601; absent where that was before it was noted. */
  declaredAt?: string;
  /** When the end of its retention was last declared to be another, ISO 8601; absent as above. */
  retentionAt?: string;
}

/** What versions up to 0.1.0 noted for {@link ForPolicies.retentionAt}: when any argument was last declared to be another. */
type Noted = ForPolicies & { changedAt?: string };

/** The arguments that say how long something is kept. */
const retentionArguments = ["keptUntil", "retainFor"];

/** Parts a resource's own properties from what is there for policies. */
export function withoutForPolicies(properties: Properties): { own: Properties; forPolicies: ForPolicies } {
  const { [forPoliciesKey]: noted = {}, ...own } = properties;
  const { retainOnDelete, declaredAt, changedAt, retentionAt = changedAt } = noted as Noted;
  return { own, forPolicies: defined({ retainOnDelete, declaredAt, retentionAt }) };
}

/** Whether arguments were checked: those that an import has just brought are how the object was, and undeclared. */
export function wereChecked(properties: Properties): boolean {
  return forPoliciesKey in properties;
}

/**
 * Notes the times of a declaration with the arguments.
 *
 * @param inputs the arguments after the check
 * @param given what the SDK says
 * @param old the arguments of before, and what was noted with them; none for a resource that is new
 */
export function withForPolicies(
  inputs: Properties,
  { retainOnDelete }: ForPolicies,
  old: { own: Properties; forPolicies: ForPolicies },
  clock: Clock,
): Properties {
  const now = new Date(clock.now()).toISOString();
  const isNew = Object.keys(old.own).length === 0;
  const isChanged = retentionArguments.some((name) => !sameJson(inputs[name], old.own[name]));
  const declaredAt = isNew ? now : old.forPolicies.declaredAt;
  const retentionAt = isNew || isChanged ? now : old.forPolicies.retentionAt;
  const noted: ForPolicies = {
    ...(retainOnDelete ? { retainOnDelete } : {}),
    ...(declaredAt ? { declaredAt } : {}),
    ...(retentionAt ? { retentionAt } : {}),
  };
  return { ...inputs, [forPoliciesKey]: noted };
}
