import type { Clock } from "../core/clock";
import type { Properties } from "../core/resource/lifecycle";
import { fingerprint } from "../core/values";

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
  /** When its arguments were last declared with other values, ISO 8601; absent as above. */
  changedAt?: string;
  /**
   * What they were then, as a fingerprint. The arguments themselves will not do: policies may change those.
   */
  declared?: string;
}

/** Parts a resource's own properties from what is there for policies. */
export function withoutForPolicies(properties: Properties): { own: Properties; forPolicies: ForPolicies } {
  const { [forPoliciesKey]: forPolicies = {}, ...own } = properties;
  return { own, forPolicies: forPolicies as ForPolicies };
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
  const declared = fingerprint(inputs);
  const isNew = Object.keys(old.own).length === 0;
  const isChanged = old.forPolicies.declared !== undefined && old.forPolicies.declared !== declared;
  const declaredAt = isNew ? now : old.forPolicies.declaredAt;
  const changedAt = isNew || isChanged ? now : old.forPolicies.changedAt;
  const noted: ForPolicies = {
    ...(retainOnDelete ? { retainOnDelete } : {}),
    ...(declaredAt ? { declaredAt } : {}),
    ...(changedAt ? { changedAt } : {}),
    declared,
  };
  return { ...inputs, [forPoliciesKey]: noted };
}
