import type { JsonObject } from "../http/json";
import type { Offering, Resource, Snapshot, Volume } from "./model";
import { initialFields } from "./snapshot/fields";
import type { World } from "./world";

/** A volume's record before anything happened to it in the cloud. */
export function makeVolume(
  world: World,
  fields: Pick<Volume, "name" | "size" | "tenantUuid"> & Partial<Volume>,
): Volume {
  const volume: Volume = {
    ...world.newRow("volume", fields.name),
    description: "",
    state: "Creation Scheduled",
    runtimeState: "",
    metadata: "",
    backendId: null,
    action: "",
    actionDetails: {},
    errorMessage: "",
    errorTraceback: "",
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

/** A snapshot's record before anything happened to it in the cloud. */
export function makeSnapshot(
  world: World,
  fields: Pick<Snapshot, "name" | "size" | "tenantUuid" | "sourceVolumeUuid"> & Partial<Snapshot>,
): Snapshot {
  const snapshot: Snapshot = {
    ...initialFields,
    ...world.newRow("snapshot", fields.name),
    state: "Creation Scheduled",
    runtimeState: "",
    metadata: "",
    backendId: null,
    action: "",
    actionDetails: {},
    errorMessage: "",
    errorTraceback: "",
    scheduleUuid: null,
    backupUuid: null,
    ...fields,
  };
  world.snapshots.set(snapshot.uuid, snapshot);
  return snapshot;
}

/** A marketplace resource; `attributes` are kept for its life, unknown keys too (contract "order create"). */
export function makeResource(
  world: World,
  offering: Offering,
  fields: { name: string; projectUuid: string } & Partial<Resource>,
): Resource {
  const resource: Resource = {
    ...world.newRow("resource", fields.name),
    state: "Creating",
    offeringUuid: offering.uuid,
    planUuid: null,
    volumeUuid: null,
    backendId: "",
    attributes: {} as JsonObject,
    limits: {} as JsonObject,
    options: null,
    slug: world.newSlug("resource", fields.name),
    backendMetadata: {},
    ...fields,
  };
  world.resources.set(resource.uuid, resource);
  return resource;
}

/** The offering that sells volumes in a tenant. */
export function volumeOffering(world: World, tenantUuid: string): Offering | undefined {
  return [...world.offerings.values()].find((offering) => offering.tenantUuid === tenantUuid);
}
