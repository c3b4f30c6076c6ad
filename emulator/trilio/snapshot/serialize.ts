import type { Json, JsonObject } from "../../http/json";
import type { BackedUpInstance, TrilioSnapshot } from "../model";
import { timestamp } from "../timestamps";
import type { TrilioWorld } from "../world";

function timeIn(world: TrilioWorld): (ms: number | null) => Json {
  return (ms) => (ms === null ? null : timestamp(ms, world.guesses.timeOffsetMinutes));
}

/** A snapshot in `GET /snapshots` (contract 6.1): these fields and no others. */
export function snapshotSummary(world: TrilioWorld, snapshot: TrilioSnapshot): JsonObject {
  return {
    id: snapshot.id,
    created_at: timeIn(world)(snapshot.createdAt),
    status: world.statusOf(snapshot),
    snapshot_type: snapshot.type,
    workload_id: snapshot.workloadId,
    name: snapshot.name,
    description: snapshot.description,
    host: snapshot.host,
  };
}

/** A snapshot as `snapshot_details` of a restore has it: the row itself (contract 6.1, API page). */
export function snapshotRow(world: TrilioWorld, snapshot: TrilioSnapshot): JsonObject {
  const time = timeIn(world);
  return {
    created_at: time(snapshot.createdAt),
    updated_at: time(snapshot.updatedAt),
    deleted_at: null,
    deleted: false,
    version: "4.0.115",
    id: snapshot.id,
    user_id: snapshot.userId,
    project_id: snapshot.projectId,
    workload_id: snapshot.workloadId,
    snapshot_type: snapshot.type,
    display_name: snapshot.name,
    display_description: snapshot.description,
    size: snapshot.size,
    restore_size: snapshot.restoreSize,
    uploaded_size: snapshot.size,
    progress_percent: snapshot.finishedAt === null ? 0 : 100,
    progress_msg: snapshot.progressMessage,
    warning_msg: null,
    error_msg: snapshot.errorMessage,
    host: snapshot.host,
    finished_at: time(snapshot.finishedAt),
    data_deleted: false,
    pinned: false,
    time_taken: snapshot.timeTaken,
    vault_storage_id: null,
    status: world.statusOf(snapshot),
  };
}

/** The same of a snapshot that retention has removed. */
export function deletedSnapshotRow(world: TrilioWorld, snapshot: TrilioSnapshot): JsonObject {
  return { ...snapshotRow(world, snapshot), deleted: true, data_deleted: true, status: "deleted" };
}

function instanceView(world: TrilioWorld, instance: BackedUpInstance): JsonObject {
  const written = world.guesses.snapshotFlavorNumbers === "string" ? String : (value: number): Json => value;
  const { vcpus, ram, disk, ephemeral, swap } = instance.flavor;
  return {
    id: instance.id,
    name: instance.name,
    flavor: {
      vcpus: written(vcpus),
      ram: written(ram),
      disk: written(disk),
      ephemeral: written(ephemeral),
      swap: written(swap),
    },
    metadata: { availability_zone: instance.availabilityZone },
    nics: instance.nics.map((nic) => ({
      ...nic,
      network: { ...nic.network, subnet: { ...nic.network.subnet } },
    })),
    vdisks: instance.vdisks.map((disk) => ({ ...disk })),
  };
}

/** A snapshot in `GET /snapshots/{id}`: what clients are seen to read, by the guess the rest (contract 6.1). */
export function snapshotShow(world: TrilioWorld, snapshot: TrilioSnapshot): JsonObject {
  const unfinished = snapshot.finishedAt === null && world.guesses.busySnapshotInstances === "none";
  const known: JsonObject = {
    id: snapshot.id,
    created_at: timeIn(world)(snapshot.createdAt),
    name: snapshot.name,
    snapshot_type: snapshot.type,
    status: world.statusOf(snapshot),
    error_msg: snapshot.errorMessage,
    instances: unfinished ? [] : snapshot.instances.map((instance) => instanceView(world, instance)),
  };
  if (world.guesses.snapshotShowFields === "known") return known;
  const { display_name: _name, display_description, ...row } = snapshotRow(world, snapshot);
  return { ...row, description: display_description ?? "", ...known };
}
