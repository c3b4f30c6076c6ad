import { applied, appliedKey } from "../core/resource/diff";
import type { Properties } from "../core/resource/lifecycle";
import { isRecord } from "../core/values";
import { wereChecked, withoutForPolicies } from "./forPolicies";

/** A resource as the engine keeps it. */
export interface Old {
  /** Its outputs. */
  state: Properties;
  /** Its arguments, as they were checked; absent where the engine does not send them. */
  inputs?: Properties | undefined;
}

/**
 * The state with prints of what was declared last. The state of an imported object has none, since a read knows no
 * declaration; but the engine keeps the arguments, so that one which is taken out later is seen to be.
 */
export function stateOf({ state, inputs = {} }: Old): Properties {
  const prints = state[appliedKey];
  if (isRecord(prints) && Object.keys(prints).length > 0) return state;
  return wereChecked(inputs) ? { ...state, [appliedKey]: applied(withoutForPolicies(inputs).own) } : state;
}
