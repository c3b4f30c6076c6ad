import type { Volume } from "../model";
import { newCloudRow } from "../storage/record";
import type { World } from "../world";

/** Adds a volume's record, before anything happened to it in the cloud. */
export function addVolume(
  world: World,
  fields: Pick<Volume, "name" | "size" | "tenantUuid"> & Partial<Volume>,
): Volume {
  const volume: Volume = {
    ...newCloudRow(world, "volume", fields),
    bootable: false,
    imageUuid: null,
    imageName: "",
    typeUuid: null,
    device: "",
    instanceUuid: null,
    sourceSnapshotUuid: null,
    ...fields,
  };
  world.volumes.set(volume.uuid, volume);
  return volume;
}
