import { cinder } from "../../provider/cinder/backend";
import { type CinderClient, collections, type Kind } from "../../provider/cinder/client";
import { type ListArgs, list } from "../../provider/cinder/list";
import { getSnapshots, getVolumes } from "../../provider/cinder/lookups";
import { keptUntilKey } from "../../provider/cinder/metadata";
import * as snapshot from "../../provider/cinder/snapshot/lifecycle";
import type { SnapshotRow } from "../../provider/cinder/snapshot/schema";
import { meaningOf } from "../../provider/cinder/statuses";
import * as volume from "../../provider/cinder/volume/lifecycle";
import type { VolumeRow } from "../../provider/cinder/volume/schema";
import { defined } from "../../provider/core/values";
import { type Importable, type Item, snapshotKind, volumeKind } from "./kinds";

const display = { detail: true, withCount: true } as const;

/**
 * What can be imported of Cinder. The lists are read as the look-ups read them, but whole: the look-ups keep the
 * metadata to themselves that hold a snapshot's retention.
 */
export const cinderObjects: Importable<CinderClient> = {
  backend: cinder,
  kinds: {
    snapshots: snapshotKind<CinderClient, SnapshotRow>({
      resource: snapshot.snapshotLifecycle,
      lookup: getSnapshots,
      display,
      async list(filters, ctx) {
        return (await list("snapshot", collections.snapshot.fields, filters as ListArgs, ctx)).rows;
      },
      itemOf: snapshotItem,
      inputsOf: snapshot.inputsOf,
    }),
    volumes: volumeKind<CinderClient, VolumeRow>({
      resource: volume.volumeLifecycle,
      lookup: getVolumes,
      display,
      async list(filters, ctx) {
        return (await list("volume", collections.volume.fields, filters as ListArgs, ctx)).rows;
      },
      itemOf: volumeItem,
      inputsOf: volume.inputsOf,
    }),
  },
  reference: "volumeId",
  // Its filter finds whole names alone.
  namedLike: () => ({}),
  volumesOf(snapshots, { allTenants }) {
    const projects = new Set(snapshots.map(({ projectId }) => projectId));
    return Array.from(projects, (projectId) => defined({ projectId, allTenants }));
  },
  help: {
    access: "the cloud and the credentials come from clouds.yaml and OS_CLOUD, or from the OS_* variables.",
    leftOut:
      "What is being worked on, or has failed, by its status is listed, and left out of the files; so is what a " +
      "program could not declare.",
  },
};

/** A snapshot as it can be imported. */
export function snapshotItem(row: SnapshotRow): Omit<Item, "inputs"> {
  const keptUntil = row.metadata?.[keptUntilKey];
  const cells = { "kept until": keptUntil, volume: row.volumeId };
  return { ...itemOf("snapshot", row, cells), keptUntil, volumeId: row.volumeId };
}

/** A volume as it can be imported. */
export function volumeItem(row: VolumeRow): Omit<Item, "inputs"> {
  const instances = row.attachments?.flatMap(({ serverId }) => serverId ?? []).join(", ");
  return itemOf("volume", row, { type: row.volumeType, instance: instances });
}

/** @param cells those that only this kind has */
function itemOf(kind: Kind, row: SnapshotRow | VolumeRow, cells: Item["cells"]): Omit<Item, "inputs"> {
  const { id, name, createdAt, projectId, size, status } = row;
  const ready = meaningOf(kind, status) === "ready";
  return {
    id,
    name,
    created: createdAt,
    projectId,
    unready: ready ? undefined : `its status is ${status || "not known"}`,
    cells: { id, size: size === undefined ? undefined : `${size} GiB`, status, ...cells },
  };
}
