import { cinder } from "../../provider/cinder/backend";
import { getSnapshots, getVolumes } from "../../provider/cinder/lookups";
import * as snapshot from "../../provider/cinder/snapshot";
import { meaningOf } from "../../provider/cinder/statuses";
import * as volume from "../../provider/cinder/volume";
import type { WireSnapshot, WireVolume } from "../../provider/cinder/wire";
import type { Lookup } from "../../provider/core/lifecycle";
import type { Kind, Row, Source } from "./kinds";

const gibibyte = 1024;

const snapshots: Kind = {
  word: "snapshot",
  plural: "snapshots",
  className: "Snapshot",
  type: snapshot.snapshotLifecycle.type,
  lookup: getSnapshots as Lookup,
  inputs: snapshot.snapshotInputs,
  columns: ["kept until", "volume"],
  rowOf(found) {
    const row = found as WireSnapshot;
    const inputs = snapshot.inputsOf(row);
    const { keptUntil } = inputs;
    return {
      ...common(row, "snapshot"),
      keptUntil,
      sourceVolume: row.volumeId,
      inputs,
      cells: [keptUntil, row.volumeId],
    };
  },
};

const volumes: Kind = {
  word: "volume",
  plural: "volumes",
  className: "Volume",
  type: volume.volumeLifecycle.type,
  lookup: getVolumes as Lookup,
  inputs: volume.volumeInputs,
  columns: ["type", "instance"],
  rowOf(found) {
    const row = found as WireVolume;
    const servers = (row.attachments ?? []).flatMap(({ serverId }) => serverId ?? []);
    const cells = [row.volumeType, servers.join(",")];
    return { ...common(row, "volume"), inputs: volume.inputsOf(row), cells };
  },
};

type Common = Pick<Row, "uuid" | "name" | "state" | "usable" | "size" | "created" | "project">;

function common(row: WireSnapshot | WireVolume, kind: "snapshot" | "volume"): Common {
  return {
    uuid: row.id,
    name: row.name,
    state: row.status,
    usable: meaningOf(kind, row.status) === "ready",
    size: row.size === undefined ? undefined : row.size * gibibyte,
    created: row.createdAt,
    project: row.projectId,
  };
}

/** Cinder. */
export const cinderSource: Source = {
  module: "cinder",
  backend: cinder,
  kinds: { snapshots, volumes },
  volumeProperty: "volumeId",
  notOffered: ["detail", "withCount"],
  byProject: "projectId",
  credentials:
    "Cloud and credentials come from clouds.yaml and OS_CLOUD, or from OS_AUTH_URL and the other OS_*.",
};
