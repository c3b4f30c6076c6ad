import type { CinderClient, Kind } from "../../provider/cinder/client";
import { markedOf } from "../../provider/cinder/create";
import { markKey, markOf, retentionModeKey } from "../../provider/cinder/metadata";
import { allOf, type CinderRows } from "../../provider/cinder/object";
import * as restoration from "../../provider/cinder/restoration/lifecycle";
import * as snapshot from "../../provider/cinder/snapshot/lifecycle";
import type { SnapshotRow } from "../../provider/cinder/snapshot/schema";
import { normalStatus } from "../../provider/cinder/statuses";
import * as volume from "../../provider/cinder/volume/lifecycle";
import type { VolumeRow } from "../../provider/cinder/volume/schema";
import { stricterMode } from "../../provider/core/retention";
import { cinderObjects, snapshotItem, volumeItem } from "../import/cinder";
import type { Declarable } from "../import/kinds";
import type { Marked, MarkedObjects, Reading } from "./marked";

/** What is marked in Cinder, which can filter by the stack. */
export const cinderMarked: MarkedObjects<CinderClient> = {
  module: cinderObjects,
  async find(ctx, stacks) {
    const [snapshots, volumes] = await Promise.all([
      rowsOf(ctx, "snapshot", stacks),
      rowsOf(ctx, "volume", stacks),
    ]);
    // Who does not administer the cloud is not told the project of a snapshot: it is that of the credentials.
    const project = await ctx.client.service.projectId(ctx.signal);
    return [
      ...snapshots.map((row) => ofSnapshot({ ...row, projectId: row.projectId ?? project })),
      ...volumes.map((row) => ofVolume({ ...row, projectId: row.projectId ?? project })),
    ];
  },
};

async function rowsOf<K extends Kind>(
  ctx: Reading<CinderClient>,
  kind: K,
  stacks: readonly string[] | undefined,
): Promise<CinderRows[K][]> {
  const rows = await (stacks === undefined ? allOf(ctx, kind, {}) : markedOf(ctx, kind, stacks));
  return rows.filter(
    ({ metadata = {}, status }) =>
      markKey in metadata && !["deleting", "deleted"].includes(normalStatus(status)),
  );
}

function ofSnapshot(row: SnapshotRow): Marked<CinderClient> {
  const { kinds } = cinderObjects;
  const item = { ...snapshotItem(row), inputs: snapshot.inputsOf(row) };
  const mode = stricterMode(row.metadata?.[retentionModeKey], "none");
  const { projectId, volumeId, createdAt, status, name } = row;
  return {
    ...common(row),
    word: "snapshot",
    size: item.cells.size,
    keptUntil: item.keptUntil,
    mode: mode === "none" ? undefined : mode,
    types: [snapshot.snapshotLifecycle.type],
    declare: () => ({ kind: kinds.snapshots, item }),
    remove(ctx, known) {
      const state = { projectId, volumeId, createdAt, status, name, keptUntil: item.keptUntil };
      const retentionMode = stricterMode(mode, known);
      return snapshot.snapshotLifecycle.delete(row.id, { ...state, retentionMode }, ctx);
    },
  };
}

function ofVolume(row: VolumeRow): Marked<CinderClient> {
  const { type: restored, inputs } = restoration.snapshotRestorationLifecycle;
  const { kinds } = cinderObjects;
  const asRestoration: Declarable = {
    word: "volume",
    className: "SnapshotRestoration",
    type: restored,
    inputs,
  };
  const item = volumeItem(row);
  const { projectId, createdAt } = row;
  const own = volume.volumeLifecycle.type;
  return {
    ...common(row),
    word: "volume",
    size: item.cells.size,
    types: row.snapshotId === undefined ? [own] : [own, restored],
    declare: (type) =>
      type === restored
        ? { kind: asRestoration, item: { ...item, inputs: restoration.inputsOf(row) } }
        : { kind: kinds.volumes, item: { ...item, inputs: volume.inputsOf(row) } },
    remove: (ctx) => volume.volumeLifecycle.delete(row.id, { projectId, createdAt }, ctx),
  };
}

function common(row: SnapshotRow | VolumeRow) {
  const { id, name, createdAt, status } = row;
  const mark = markOf(row);
  return { id, ids: [id], name, created: createdAt, state: status, mark, old: mark === undefined };
}
