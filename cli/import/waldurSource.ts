import type { Lookup } from "../../provider/core/lifecycle";
import { uuidIn } from "../../provider/core/values";
import { waldur } from "../../provider/waldur/backend";
import { getSnapshots, getVolumes } from "../../provider/waldur/lookups";
import * as snapshot from "../../provider/waldur/snapshot";
import * as volume from "../../provider/waldur/volume";
import type { WireSnapshot, WireVolume } from "../../provider/waldur/wire";
import type { Kind, Row, Source } from "./kinds";

const snapshots: Kind = {
  word: "snapshot",
  plural: "snapshots",
  className: "Snapshot",
  type: snapshot.snapshotLifecycle.type,
  lookup: getSnapshots as Lookup,
  inputs: snapshot.snapshotInputs,
  columns: ["kept until", "source volume"],
  rowOf(found) {
    const row = found as WireSnapshot;
    return {
      ...common(row),
      keptUntil: row.keptUntil,
      sourceVolume: uuidIn(row.sourceVolume),
      inputs: snapshot.inputsOf(row),
      cells: [row.keptUntil, row.sourceVolumeName ?? row.sourceVolume],
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
    return { ...common(row), inputs: volume.inputsOf(row), cells: [row.typeName, row.instanceName] };
  },
};

type Common = Pick<Row, "uuid" | "name" | "state" | "usable" | "trouble" | "size" | "created" | "project">;

function common(row: WireSnapshot | WireVolume): Common {
  const { uuid, name, state, size, created, errorMessage } = row;
  return {
    uuid,
    name,
    state,
    usable: state === "OK",
    trouble: state === "ERRED" ? errorMessage : undefined,
    size,
    created,
    project: row.projectUuid ?? uuidIn(row.project),
  };
}

/** Waldur. */
export const waldurSource: Source = {
  module: "waldur",
  backend: waldur,
  kinds: { snapshots, volumes },
  volumeProperty: "sourceVolume",
  notOffered: ["field"],
  byNamePrefix: "name",
  byProject: "projectUuid",
  credentials: "Server and token come from WALDUR_API_URL and WALDUR_ACCESS_TOKEN.",
};
