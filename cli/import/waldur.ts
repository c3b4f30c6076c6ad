import { checkRetention } from "../../provider/core/retention";
import { uuidIn } from "../../provider/core/values";
import { waldur } from "../../provider/waldur/backend";
import type { WaldurClient } from "../../provider/waldur/client";
import { getSnapshots, getVolumes } from "../../provider/waldur/lookups";
import * as snapshot from "../../provider/waldur/snapshot/lifecycle";
import * as volume from "../../provider/waldur/volume/lifecycle";
import type { WireSnapshot, WireVolume } from "../../provider/waldur/wire";
import type { Importable, Item } from "./kinds";

const gibibyte = 1024;

/** A selection of fields is no filter: an import needs all that there is about an object. */
const selection = { field: true } as const;

/** What can be imported of Waldur. */
export const waldurObjects: Importable<WaldurClient> = {
  backend: waldur,
  kinds: {
    snapshots: {
      word: "snapshot",
      className: "Snapshot",
      type: snapshot.snapshotLifecycle.type,
      inputs: snapshot.snapshotLifecycle.inputs,
      check: checkRetention,
      filters: getSnapshots.inputs.omit(selection),
      async list(filters, ctx) {
        const { snapshots } = (await getSnapshots.invoke(filters, ctx)) as { snapshots: WireSnapshot[] };
        return snapshots.map(snapshotItem);
      },
    },
    volumes: {
      word: "volume",
      className: "Volume",
      type: volume.volumeLifecycle.type,
      inputs: volume.volumeLifecycle.inputs,
      filters: getVolumes.inputs.omit(selection),
      async list(filters, ctx) {
        const { volumes } = (await getVolumes.invoke(filters, ctx)) as { volumes: WireVolume[] };
        return volumes.map(volumeItem);
      },
    },
  },
  reference: "sourceVolume",
  // It finds the text anywhere in a name, in any case, but that keeps the lists short.
  namedLike: (prefix) => ({ name: prefix }),
  volumesOf(snapshots) {
    const projects = new Set(snapshots.flatMap(({ projectId }) => projectId ?? []));
    return Array.from(projects, (projectUuid) => ({ projectUuid }));
  },
  help: {
    access: "server and token come from WALDUR_API_URL and WALDUR_ACCESS_TOKEN.",
    leftOut: "What is not in state OK is listed, and left out of the files.",
  },
};

function snapshotItem(row: WireSnapshot): Item {
  const { keptUntil, sourceVolume, sourceVolumeName } = row;
  return {
    ...itemOf(row),
    keptUntil,
    volumeId: uuidIn(sourceVolume),
    inputs: snapshot.inputsOf(row),
    cells: { ...cellsOf(row), "kept until": keptUntil, "source volume": sourceVolumeName ?? sourceVolume },
  };
}

function volumeItem(row: WireVolume): Item {
  return {
    ...itemOf(row),
    inputs: volume.inputsOf(row),
    cells: { ...cellsOf(row), type: row.typeName, instance: row.instanceName },
  };
}

type Row = WireSnapshot | WireVolume;

function itemOf(row: Row): Omit<Item, "inputs" | "cells"> {
  const { uuid: id, name, created, projectUuid, project } = row;
  return { id, name, created, projectId: projectUuid ?? uuidIn(project), unready: unreadiness(row) };
}

function unreadiness({ state, errorMessage }: Row): string | undefined {
  if (state === "OK") return undefined;
  const said = state === "ERRED" && errorMessage ? ` (${errorMessage})` : "";
  return `its state is ${state || "not known"}${said}`;
}

function cellsOf({ uuid, size, state }: Row): Item["cells"] {
  return { uuid, size: sizeText(size), state };
}

/** @param size MiB */
function sizeText(size: number | undefined): string | undefined {
  if (size === undefined) return undefined;
  return size % gibibyte === 0 ? `${size / gibibyte} GiB` : `${size} MiB`;
}
