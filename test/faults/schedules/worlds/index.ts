import type { VirtualClock } from "../../../support/virtualClock";
import { CinderFaultWorld } from "./cinderWorld";
import { TrilioFaultWorld } from "./trilioWorld";
import { WaldurFaultWorld } from "./waldurWorld";
import type { FaultWorld } from "./world";

const worlds: Record<string, { open(time: VirtualClock, approvalMs?: number): Promise<FaultWorld> }> = {
  waldur: WaldurFaultWorld,
  cinder: CinderFaultWorld,
  trilio: TrilioFaultWorld,
};

/**
 * A server for a kind of resource, e.g. `waldur:Snapshot`.
 *
 * @param approvalMs so long after it was placed somebody approves an order; absent: nobody needs to
 * @throws where there is none for its backend
 */
export function openWorld(type: string, time: VirtualClock, approvalMs?: number): Promise<FaultWorld> {
  const [backend = ""] = type.split(":");
  const world = worlds[backend];
  if (world === undefined) throw new Error(`test/faults/schedules/worlds has none for ${backend}`);
  return world.open(time, approvalMs);
}
