import { ignoring } from "../core/resource/ignored";
import type { Properties } from "../core/resource/lifecycle";
import { withoutForPolicies } from "./forPolicies";
import { withoutMarking } from "./marking";

/**
 * A resource's own arguments, without what else the engine keeps with them.
 *
 * @param ignored paths of those that make no difference
 */
export function ownOf(
  inputs: Properties,
  ignored: readonly string[] = [],
): ReturnType<typeof withoutMarking> {
  const { own, marking } = withoutMarking(inputs);
  return { own: ignoring(withoutForPolicies(own).own, ignored), marking };
}
