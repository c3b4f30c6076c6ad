import { applied, appliedKey } from "../core/resource/diff";
import { currentInputs, currentState } from "../core/resource/former";
import type { Lifecycle, Properties } from "../core/resource/lifecycle";
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
 * The state under today's names, with prints of what was declared last. The state of an imported object has none, since a read knows no
 * declaration; but the engine keeps the arguments, so that one which is taken out later is seen to be.
 */
export function stateOf({ former }: Pick<Lifecycle, "former">, old: Old): Properties {
  const { inputs = {} } = old;
  const state = currentState(former, old.state);
  const prints = state[appliedKey];
  if (isRecord(prints) && Object.keys(prints).length > 0) return state;
  if (!wereChecked(inputs)) return state;
  return { ...state, [appliedKey]: applied(currentInputs(former, withoutForPolicies(inputs).own)) };
}
