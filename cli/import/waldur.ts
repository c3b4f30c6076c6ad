import { waldur } from "../../provider/waldur/backend";
import type { WaldurClient } from "../../provider/waldur/client";
import { getSnapshots, getVolumes } from "../../provider/waldur/lookups";
import * as snapshot from "../../provider/waldur/snapshot/lifecycle";
import * as volume from "../../provider/waldur/volume/lifecycle";
import type { WireSnapshot, WireVolume } from "../../provider/waldur/wire";
import { type Importable, type Item, snapshotKind, volumeKind } from "./kinds";

const gibibyte = 1024;
/** A selection of fields. */
const display = { field: true } as const;

/** What can be imported of Waldur. */
export const waldurObjects: Importable<WaldurClient> = {
  backend: waldur,
  kinds: {
    snapshots: snapshotKind<WaldurClient, WireSnapshot>({
      resource: snapshot.snapshotLifecycle,
      lookup: getSnapshots,
      display,
      async list(filters, ctx) {
        return ((await getSnapshots.invoke(filters, ctx)) as { snapshots: WireSnapshot[] }).snapshots;
      },
      itemOf: snapshotItem,
      inputsOf: snapshot.inputsOf,
    }),
    volumes: volumeKind<WaldurClient, WireVolume>({
      resource: volume.volumeLifecycle,
      lookup: getVolumes,
      display,
      async list(filters, ctx) {
        return ((await getVolumes.invoke(filters, ctx)) as { volumes: WireVolume[] }).volumes;
      },
      itemOf: volumeItem,
      inputsOf: volume.inputsOf,
    }),
  },
  reference: "volumeId",
  // It finds the text anywhere in a name, in any case, but that keeps the lists short.
  namedLike: (prefix) => ({ name: prefix }),
  volumesOf(snapshots) {
    const projects = new Set(snapshots.flatMap(({ projectId }) => projectId ?? []));
    return Array.from(projects, (projectId) => ({ projectId }));
  },
  help: {
    access: "server and token come from WALDUR_API_URL and WALDUR_ACCESS_TOKEN.",
    leftOut: "What is not in state OK is listed, and left out of the files.",
  },
};

/** A snapshot as it can be imported. */
export function snapshotItem(row: WireSnapshot): Omit<Item, "inputs"> {
  const { keptUntil, volumeId, sourceVolumeName } = row;
  const cells = { "kept until": keptUntil, "source volume": sourceVolumeName ?? volumeId };
  return { ...itemOf(row, cells), keptUntil, volumeId };
}

/** A volume as it can be imported. */
export function volumeItem(row: WireVolume): Omit<Item, "inputs"> {
  return itemOf(row, { type: row.volumeType, instance: row.instanceName });
}

/** @param cells those that only this kind has */
function itemOf(row: WireSnapshot | WireVolume, cells: Item["cells"]): Omit<Item, "inputs"> {
  const { id, name, createdAt: created, projectId, size, state } = row;
  return {
    id,
    name,
    created,
    projectId,
    unready: unreadiness(row),
    cells: { id, size: sizeText(size), state, ...cells },
  };
}

function unreadiness({ state, errorMessage }: WireSnapshot | WireVolume): string | undefined {
  if (state === "OK") return undefined;
  const said = state === "ERRED" && errorMessage ? ` (${errorMessage})` : "";
  return `its state is ${state || "not known"}${said}`;
}

/** A size for people. @param size MiB */
export function sizeText(size: number | undefined): string | undefined {
  if (size === undefined) return undefined;
  return size % gibibyte === 0 ? `${size / gibibyte} GiB` : `${size} MiB`;
}
