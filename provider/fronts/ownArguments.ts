import { currentInputs, currentPaths } from "../core/resource/former";
import { ignoring } from "../core/resource/ignored";
import type { Lifecycle, Properties } from "../core/resource/lifecycle";
import { withoutForPolicies } from "./forPolicies";
import { withoutMarking } from "./marking";

/**
 * A resource's own arguments under today's names, without what else the engine keeps with them.
 *
 * @param ignored paths of those that make no difference
 */
export function ownOf(
  { former }: Pick<Lifecycle, "former">,
  inputs: Properties,
  ignored: readonly string[] = [],
): ReturnType<typeof withoutMarking> {
  const { own, marking } = withoutMarking(inputs);
  const current = currentInputs(former, withoutForPolicies(own).own);
  return { own: ignoring(current, currentPaths(former, ignored)), marking };
}
