import type { Snapshot } from "../model";
import { newCloudRow } from "../storage/record";
import type { World } from "../world";
import { initialFields } from "./fields";

/** Adds a snapshot's record, before anything happened to it in the cloud. */
export function addSnapshot(
  world: World,
  fields: Pick<Snapshot, "name" | "size" | "tenantUuid" | "sourceVolumeUuid"> & Partial<Snapshot>,
): Snapshot {
  const snapshot: Snapshot = {
    ...initialFields,
    ...newCloudRow(world, "snapshot", fields),
    scheduleUuid: null,
    backupUuid: null,
    ...fields,
  };
  world.snapshots.set(snapshot.uuid, snapshot);
  return snapshot;
}
