import { applied, appliedKey } from "../../core/resource/diff";
import type { Properties } from "../../core/resource/lifecycle";
import { isRecord } from "../../core/values";
import type { Received } from "./values";

/**
 * The state with prints of what was declared last. The state of an imported object has none, since a read knows no
 * declaration; but the engine keeps the arguments, so that one which is taken out later is seen to be.
 *
 * @param inputs the arguments of before, as the engine keeps them; none from engines that do not send them
 */
export function withDeclared(
  state: Properties,
  inputs: Pick<Received, "values" | "forPolicies">,
): Properties {
  const prints = state[appliedKey];
  if (isRecord(prints) && Object.keys(prints).length > 0) return state;
  // What an import has just brought was never checked: it is how the object was, and nobody's declaration.
  const declared = inputs.forPolicies.declared !== undefined;
  return declared ? { ...state, [appliedKey]: applied(inputs.values) } : state;
}
