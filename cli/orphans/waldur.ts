import type { WaldurClient } from "../../provider/waldur/client";
import { hasEnded } from "../../provider/waldur/order/earlier";
import { isMarked, markOf as markOfOrder } from "../../provider/waldur/order/mark";
import { withdrawOrder } from "../../provider/waldur/order/withdraw";
import { markOf as markOfRestored } from "../../provider/waldur/restoration/create";
import * as restoration from "../../provider/waldur/restoration/lifecycle";
import { isBare, markOf as markOfSnapshot } from "../../provider/waldur/snapshot/create";
import * as snapshot from "../../provider/waldur/snapshot/lifecycle";
import { type SnapshotRow, snapshotRow } from "../../provider/waldur/snapshot/schema";
import * as volume from "../../provider/waldur/volume/lifecycle";
import { orderFields, volumeFields, type WireOrder, type WireVolume } from "../../provider/waldur/wire";
import type { Declarable } from "../import/kinds";
import { sizeText, snapshotItem, volumeItem, waldurObjects } from "../import/waldur";
import type { Marked, MarkedObjects } from "./marked";

/** What is marked in Waldur, which cannot filter by the stack. A volume's mark is in the order that it came of. */
export const waldurMarked: MarkedObjects<WaldurClient> = {
  module: waldurObjects,
  async find({ client, signal }) {
    const [snapshots, all, orders] = await Promise.all([
      client.all("openstack-snapshots", snapshotRow, {}, signal),
      client.all("openstack-volumes", volumeFields, {}, signal),
      client.all("marketplace-orders", orderFields, {}, signal),
    ]);
    const volumes = all.filter(isThere);
    const ordered = new Map(orders.flatMap((order) => orderOf(order)));
    /** Restorations by the volumes that they made. */
    const restored = new Map(
      snapshots.flatMap(({ restorations = [] }) =>
        restorations.map((each) => [each.volumeId, each.uuid] as const),
      ),
    );
    return [
      ...snapshots.filter(isThere).map(ofSnapshot),
      ...volumes.flatMap((row) => {
        const order = ordered.get(row.uuid);
        if (order !== undefined) return [ofVolume(row, order)];
        return row.snapshotId || markOfRestored(row) ? [ofRestored(row, restored.get(row.uuid))] : [];
      }),
      ...orders.filter(waits).map(ofOrder),
    ];
  },
};

function isThere({ state = "" }: SnapshotRow | WireVolume): boolean {
  return !state.startsWith("DELETI");
}

/** A marked order by the volume that came of it. */
function orderOf(order: WireOrder): [string, WireOrder][] {
  const { type, resourceUuid } = order;
  return type === "Create" && resourceUuid !== undefined && isMarked(order) ? [[resourceUuid, order]] : [];
}

/** Whether a marked order can still make a volume. */
function waits(order: WireOrder): boolean {
  const { type, resourceUuid } = order;
  return type === "Create" && resourceUuid === undefined && !hasEnded(order) && isMarked(order);
}

function ofSnapshot(row: SnapshotRow): Marked<WaldurClient> {
  const item = snapshotItem(row);
  const mark = markOfSnapshot(row);
  const { projectId, volumeId, createdAt, backendId, name, keptUntil } = row;
  return {
    ...common(row),
    word: "snapshot",
    size: item.cells.size,
    keptUntil,
    mark,
    old: mark === undefined && !isBare(row),
    types: [snapshot.snapshotLifecycle.type],
    declare: () => ({
      kind: waldurObjects.kinds.snapshots,
      item: { ...item, inputs: snapshot.inputsOf(row) },
    }),
    remove: (ctx, retentionMode) =>
      snapshot.snapshotLifecycle.delete(
        row.uuid,
        { projectId, volumeId, createdAt, backendId, name, keptUntil, retentionMode },
        ctx,
      ),
  };
}

function ofVolume(row: WireVolume, order: WireOrder): Marked<WaldurClient> {
  const item = volumeItem(row);
  const mark = markOfOrder(order);
  const { projectId, createdAt } = row;
  return {
    ...common(row),
    word: "volume",
    size: item.cells.size,
    mark,
    old: mark === undefined,
    types: [volume.volumeLifecycle.type],
    declare: () => ({ kind: waldurObjects.kinds.volumes, item: { ...item, inputs: volume.inputsOf(row) } }),
    remove: (ctx) => volume.volumeLifecycle.delete(row.uuid, { projectId, createdAt }, ctx),
  };
}

/** @param made the restoration; it goes with the snapshot, and the volume is a volume like any other then */
function ofRestored(row: WireVolume, made: string | undefined): Marked<WaldurClient> {
  const { type, inputs, delete: remove } = restoration.snapshotRestorationLifecycle;
  const asRestoration: Declarable = { word: "volume", className: "SnapshotRestoration", type, inputs };
  const item = volumeItem(row);
  const { projectId, createdAt, uuid } = row;
  return {
    ...common(row),
    ids: made === undefined ? [uuid] : [uuid, made],
    word: "volume",
    size: item.cells.size,
    mark: markOfRestored(row),
    old: false,
    types: [type],
    declare: () =>
      made === undefined
        ? { kind: waldurObjects.kinds.volumes, item: { ...item, inputs: volume.inputsOf(row) } }
        : { kind: asRestoration, item: { ...item, id: made, inputs: restoration.inputsOf(row) } },
    remove: (ctx) =>
      remove(made ?? uuid, { volumeId: uuid, projectId, createdAt, snapshotId: row.snapshotId }, ctx),
  };
}

function ofOrder(order: WireOrder): Marked<WaldurClient> {
  const { name, size } = order.attributes ?? {};
  const mark = markOfOrder(order);
  return {
    ...common({ ...order, name: typeof name === "string" ? name : undefined }),
    word: "order",
    size: typeof size === "number" ? sizeText(size) : undefined,
    mark,
    old: mark === undefined,
    types: [volume.volumeLifecycle.type],
    remove: (ctx) => withdrawOrder(ctx, order, order.projectId ?? ""),
  };
}

function common({
  uuid,
  name,
  createdAt: created,
  state,
}: Pick<WireVolume, "uuid" | "name" | "createdAt" | "state">) {
  return { id: uuid, ids: [uuid], name, created, state };
}
