import { cinder } from "../../provider/cinder/backend";
import { type CinderClient, collections, type Kind } from "../../provider/cinder/client";
import { type ListArgs, list } from "../../provider/cinder/list";
import { getSnapshots, getVolumes } from "../../provider/cinder/lookups";
import { keptUntilKey } from "../../provider/cinder/metadata";
import * as snapshot from "../../provider/cinder/snapshot/lifecycle";
import { meaningOf } from "../../provider/cinder/statuses";
import * as volume from "../../provider/cinder/volume/lifecycle";
import type { WireSnapshot, WireVolume } from "../../provider/cinder/wire";
import { checkRetention } from "../../provider/core/retention";
import { defined } from "../../provider/core/values";
import type { Importable, Item } from "./kinds";

/** What says how much is shown is no filter: an import needs all that there is about an object. */
const display = { detail: true, withCount: true } as const;

/**
 * What can be imported of Cinder. The lists are read as the look-ups read them, but whole: the look-ups keep the
 * metadata to themselves that hold a snapshot's retention.
 */
export const cinderObjects: Importable<CinderClient> = {
  backend: cinder,
  kinds: {
    snapshots: {
      word: "snapshot",
      className: "Snapshot",
      type: snapshot.snapshotLifecycle.type,
      inputs: snapshot.snapshotLifecycle.inputs,
      check: checkRetention,
      filters: getSnapshots.inputs.omit(display),
      async list(filters, ctx) {
        const { rows } = await list("snapshot", collections.snapshot.fields, filters as ListArgs, ctx);
        return rows.map(snapshotItem);
      },
    },
    volumes: {
      word: "volume",
      className: "Volume",
      type: volume.volumeLifecycle.type,
      inputs: volume.volumeLifecycle.inputs,
      filters: getVolumes.inputs.omit(display),
      async list(filters, ctx) {
        const { rows } = await list("volume", collections.volume.fields, filters as ListArgs, ctx);
        return rows.map(volumeItem);
      },
    },
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

function snapshotItem(row: WireSnapshot): Item {
  const keptUntil = row.metadata?.[keptUntilKey];
  return {
    ...itemOf("snapshot", row),
    keptUntil,
    volumeId: row.volumeId,
    inputs: snapshot.inputsOf(row),
    cells: { ...cellsOf(row), "kept until": keptUntil, volume: row.volumeId },
  };
}

function volumeItem(row: WireVolume): Item {
  const instances = row.attachments?.flatMap(({ serverId }) => serverId ?? []).join(", ");
  return {
    ...itemOf("volume", row),
    inputs: volume.inputsOf(row),
    cells: { ...cellsOf(row), type: row.volumeType, instance: instances },
  };
}

type Row = WireSnapshot | WireVolume;

function itemOf(kind: Kind, { id, name, createdAt, projectId, status }: Row): Omit<Item, "inputs" | "cells"> {
  const ready = meaningOf(kind, status) === "ready";
  const unready = ready ? undefined : `its status is ${status || "not known"}`;
  return { id, name, created: createdAt, projectId, unready };
}

function cellsOf({ id, size, status }: Row): Item["cells"] {
  return { id, size: size === undefined ? undefined : `${size} GiB`, status };
}
