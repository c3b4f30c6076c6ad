import type { Clock } from "../core/clock";
import type { Properties } from "../core/lifecycle";
import { sameJson } from "../core/values";
import type { Companion } from "./operations";

/**
 * Notes when a resource was declared, and when its arguments were last declared anew. For policies: those see
 * neither the state nor the clock of earlier runs, and a retention begins with the declaration.
 *
 * @param inputs the arguments after the check
 * @param old what was noted with the arguments of before, and those; none for a resource that is new
 * @returns the companion with both times; with none where what is there was declared before they were noted
 */
export function dated<T extends Partial<Companion>>(
  companion: T,
  inputs: Properties,
  old: { companion: Partial<Companion>; values: Properties },
  clock: Clock,
): T {
  const now = new Date(clock.now()).toISOString();
  if (Object.keys(old.values).length === 0) return { ...companion, declaredAt: now, changedAt: now };
  const { declaredAt, changedAt } = old.companion;
  const changed = sameJson(inputs, old.values) ? changedAt : now;
  return {
    ...companion,
    ...(declaredAt ? { declaredAt } : {}),
    ...(changed ? { changedAt: changed } : {}),
  };
}
