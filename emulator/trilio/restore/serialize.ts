import type { Json, JsonObject } from "../../http/json";
import type { Restore } from "../model";
import { deletedSnapshotRow, snapshotRow } from "../snapshot/serialize";
import { timestamp } from "../timestamps";
import type { TrilioWorld } from "../world";
import { progressOf, shownStatus } from "./progress";

/** Links that point at the server's own name for itself; nobody can follow them (contract 4). */
export function linksOf(projectId: string, collection: string, id: string): Json {
  const path = `${projectId}/${collection}/${id}`;
  return [
    { rel: "self", href: `http://wlm_backend/v1/${path}` },
    { rel: "bookmark", href: `http://wlm_backend/${path}` },
  ];
}

function head(world: TrilioWorld, restore: Restore, micros: number): JsonObject {
  const { timeOffsetMinutes } = world.guesses;
  const created = timestamp(restore.createdAt, timeOffsetMinutes, micros);
  return {
    id: restore.id,
    created_at: created,
    updated_at: created,
    finished_at: restore.finishedAt === null ? null : timestamp(restore.finishedAt, timeOffsetMinutes),
    user_id: restore.userId,
    project_id: restore.projectId,
    status: shownStatus(world, restore),
    restore_type: "restore",
    snapshot_id: restore.snapshotId,
  };
}

function tail(world: TrilioWorld, restore: Restore): JsonObject {
  const { size, uploaded, percent, message, host, seconds } = progressOf(world, restore);
  return {
    links: linksOf(restore.projectId, "restores", restore.id),
    name: restore.name,
    description: restore.description,
    host,
    size,
    uploaded_size: uploaded,
    progress_percent: percent,
    progress_msg: message,
    warning_msg: restore.warningMessage,
    error_msg: restore.errorMessage,
    time_taken: seconds,
  };
}

function optionsOf(world: TrilioWorld, restore: Restore): JsonObject {
  if (world.guesses.restoreOptionsOnRead === "echoed") return restore.options;
  const { openstack, ...options } = restore.options;
  const own =
    typeof openstack === "object" && openstack !== null && !Array.isArray(openstack) ? openstack : {};
  const instances = restore.planned.map(({ name, originalId }) => ({
    name,
    id: originalId,
    availability_zone: "nova",
  }));
  return {
    name: restore.name,
    description: restore.description,
    ...options,
    openstack: { instances, ...own },
  };
}

function metadataOf(world: TrilioWorld, restore: Restore): Json {
  return restore.metadata.map(({ id, key, value, createdAt }) => ({
    created_at: timestamp(createdAt, world.guesses.timeOffsetMinutes),
    updated_at: null,
    deleted_at: null,
    deleted: false,
    version: "4.0.115",
    id,
    restore_id: restore.id,
    key,
    value,
  }));
}

function microsOf(world: TrilioWorld, restore: Restore): number {
  return world.guesses.fractionOnRead === "kept" ? restore.micros : 0;
}

/** The answer to a create: real microseconds, options as they were sent, no metadata yet (contract 3.4). */
export function createdRestore(world: TrilioWorld, restore: Restore): JsonObject {
  return {
    ...head(world, restore, restore.micros),
    ...tail(world, restore),
    restore_options: restore.options,
    metadata: [],
  };
}

/** A restore in `GET /restores/detail`. */
export function restoreDetail(world: TrilioWorld, restore: Restore): JsonObject {
  return {
    ...head(world, restore, microsOf(world, restore)),
    ...tail(world, restore),
    restore_options: optionsOf(world, restore),
    metadata: metadataOf(world, restore),
  };
}

/** A restore in `GET /restores`, of which no sample is public (contract 2). */
export function restoreSummary(world: TrilioWorld, restore: Restore): JsonObject {
  const detail = restoreDetail(world, restore);
  if (world.guesses.summaryFields === "detail") return detail;
  if (world.guesses.summaryFields === "id") return { id: restore.id };
  const { restore_options: _options, metadata: _metadata, ...summary } = detail;
  return summary;
}

function snapshotDetails(world: TrilioWorld, restore: Restore): JsonObject {
  const snapshot = world.snapshots.get(restore.snapshotId);
  if (snapshot !== undefined) return { snapshot_details: snapshotRow(world, snapshot) };
  const { goneSnapshot } = restore;
  switch (world.guesses.goneSnapshotDetails) {
    case "absent":
      return {};
    case "null":
      return { snapshot_details: null };
    default:
      return {
        snapshot_details: goneSnapshot === undefined ? null : deletedSnapshotRow(world, goneSnapshot),
      };
  }
}

function topologyOf(world: TrilioWorld, restore: Restore, kind: string): Json {
  const listed =
    restore.topology && world.guesses.topologyItems === "listed" && restore.status === "available";
  return listed ? [{ id: restore.id.replace(/^.{8}/, kind.padEnd(8, "0").slice(0, 8)), name: kind }] : [];
}

/** A restore in `GET /restores/{id}`; its metadata is empty though the list shows some (contract 4). */
export function restoreShow(world: TrilioWorld, restore: Restore): JsonObject {
  return {
    ...head(world, restore, microsOf(world, restore)),
    ...snapshotDetails(world, restore),
    workload_id: restore.workloadId,
    instances: restore.instances.map(({ id, name, originalId }) => ({
      id,
      name,
      status: "available",
      metadata: { config_drive: "", instance_id: originalId, production: "1" },
    })),
    networks: topologyOf(world, restore, "network"),
    subnets: topologyOf(world, restore, "subnet"),
    routers: topologyOf(world, restore, "router"),
    ...tail(world, restore),
    restore_options: optionsOf(world, restore),
    metadata: [],
  };
}
