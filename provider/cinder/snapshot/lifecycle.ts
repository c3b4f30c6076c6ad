import { argumentsOf } from "../../core/resource/field";
import type { Lifecycle } from "../../core/resource/lifecycle";
import { type Place, subject } from "../../core/resource/object";
import { shownAs } from "../../core/resource/once/create";
import { snapshotLife } from "../../core/retention";
import { defined } from "../../core/values";
import { cinder } from "../backend";
import type { CinderClient } from "../client";
import { visibleMetadata } from "../metadata";
import { actOn, cinderObjects, deleteObject, isGoing } from "../object";
import { uuidOf } from "../references";
import { changeSnapshot } from "./change";
import { createSnapshot } from "./create";
import { keptOf, modeOf, shownEnd, wasNeverMade } from "./kept";
import { type SnapshotInputs, type SnapshotRow, type SnapshotState, snapshotTable } from "./schema";

/** A snapshot of a volume, in Cinder, which keeps `keptUntil` and the mode in metadata. */
export const snapshotLifecycle: Lifecycle<CinderClient, SnapshotInputs, SnapshotState> = {
  type: "cinder:Snapshot",
  description: "A snapshot of a volume, made and kept through OpenStack's own Cinder.",
  backend: cinder,
  ...snapshotTable,
  facts: { sizePerGib: 1, created: "createdAt", from: { volume: "volumeId" } },
  autoName: { property: "name", longest: 255 },

  ...snapshotLife<CinderClient, SnapshotInputs, SnapshotState, SnapshotRow>({
    table: snapshotTable,
    objects: cinderObjects,
    createdKey: "createdAt",
    idOf: (id) => uuidOf("id", id),
    shown,
    modeOf,
    keptOf,
    wasNeverMade,
    time: ({ client }) => client.time,
    placeOf,

    async create(inputs, keptUntil, ctx) {
      const made = await createSnapshot(inputs, keptUntil, ctx);
      return shownAs(made, ({ id, projectId, createdAt }) => ({
        id,
        known: defined({ projectId, createdAt }),
      }));
    },

    write: (ctx, row, { changes, before, news }) => {
      const values = Object.fromEntries(changes.map(({ property, wanted }) => [property, wanted]));
      return changeSnapshot(ctx, row, values, before, news);
    },

    remove(ctx, row) {
      const on = subject("snapshot", row.id, row.name, placeOf(row));
      return deleteObject(ctx, on, row, () => actOn(ctx, on, { method: "DELETE" }, isGoing("snapshot")));
    },
  }),
};

function placeOf({ projectId, volumeId, createdAt }: Partial<SnapshotState>): Place {
  const beside = volumeId === undefined ? undefined : { kind: "volume", id: volumeId };
  return { project: projectId, beside, created: createdAt };
}

function shown(snapshot: SnapshotRow): SnapshotState {
  const { id: _id, metadata, ...others } = snapshot;
  return { ...others, metadata: visibleMetadata(metadata), ...shownEnd(snapshot), expired: false };
}

/** The arguments that declare a snapshot exactly as it is. */
export function inputsOf(snapshot: SnapshotRow): Partial<SnapshotInputs> {
  return argumentsOf<SnapshotInputs>(snapshotTable, { ...shown(snapshot), ...modeOf(snapshot, {}) });
}
