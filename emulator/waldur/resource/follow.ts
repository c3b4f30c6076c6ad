import type { Resource, ResourceState, Volume } from "../model";
import { typeOf } from "../quotas";
import type { World } from "../world";

/**
 * Copies to the marketplace resource what it keeps of its volume (recordings 09, 15, 23). A restored volume's
 * resource knows size, type and instance from the start; an ordered one learns them when they change.
 */
export function followVolume(world: World, volume: Volume, state?: ResourceState): void {
  const resource = world.resourceOf(volume.uuid);
  if (resource === undefined) return;
  const details = "size" in resource.backendMetadata;
  resource.name = volume.name;
  resource.backendId = volume.backendId ?? "";
  resource.backendMetadata = {
    ...(details ? volumeDetails(world, volume) : {}),
    state: volume.state,
    action: volume.action,
    runtime_state: volume.runtimeState,
    action_details: volume.actionDetails,
  };
  world.touch(resource, state === undefined ? {} : { state });
}

/** Size, type and instance as `backend_metadata` has them (recording 09). */
export function volumeDetails(world: World, volume: Volume): Resource["backendMetadata"] {
  const instance = volume.instanceUuid === null ? undefined : world.instances.get(volume.instanceUuid);
  return {
    size: volume.size,
    type_name: typeOf(world, volume.typeUuid)?.name ?? null,
    instance_name: instance?.name ?? null,
    instance_uuid: instance?.uuid ?? null,
  };
}

/** Has the resource of a volume that was extended, retyped or attached keep those details from now on. */
export function learnDetails(world: World, volume: Volume): void {
  const resource = world.resourceOf(volume.uuid);
  if (resource !== undefined) resource.backendMetadata = volumeDetails(world, volume);
  followVolume(world, volume);
}
