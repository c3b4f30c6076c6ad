import * as cinder from "./cinder";
import { UserError } from "./core/errors";
import type { Lifecycle, Lookup } from "./core/resource/lifecycle";
import * as trilio from "./trilio";
import * as waldur from "./waldur";

const backends = [waldur, cinder, trilio];

/** Every kind of resource that this package has. */
export const allLifecycles: readonly Lifecycle[] = backends.flatMap((backend) => backend.lifecycles);

/** Every look-up that this package has. */
export const allLookups: readonly Lookup[] = backends.flatMap((backend) => backend.lookups);

/** @param type module and name, e.g. `waldur:Snapshot` */
export function lifecycleOf(type: string): Lifecycle {
  return found(allLifecycles, "resource", type);
}

/** @param type module and name, e.g. `waldur:getSnapshots` */
export function lookupOf(type: string): Lookup {
  return found(allLookups, "function", type);
}

function found<T extends { type: string }>(all: readonly T[], kind: string, type: string): T {
  const one = all.find((each) => each.type === type);
  if (one === undefined) throw new UserError(`this version of the package has no ${kind} "${type}"`);
  return one;
}
