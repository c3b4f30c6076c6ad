import type { z } from "zod";
import type { Query } from "../core/http/query";
import { Remembered, SharedList } from "../core/resource/sharedList";
import type { Kind, WaldurClient } from "./client";
import { fieldsOf } from "./names";
import { snapshotFields, volumeFields, type WireOrder } from "./wire";

/** A collection of more pages than this is not read whole. */
const mostPages = 20;

const snapshotRow = snapshotFields.pick({
  uuid: true,
  name: true,
  projectId: true,
  description: true,
  state: true,
  createdAt: true,
  metadata: true,
  volumeId: true,
});
const volumeRow = volumeFields.pick({
  uuid: true,
  name: true,
  projectId: true,
  state: true,
  createdAt: true,
  description: true,
  snapshotId: true,
});

/** The fields of a snapshot by which it is known whose it is. */
type SnapshotBrief = z.output<typeof snapshotRow>;
/** The fields of a restored volume by which it is known whose it is. */
type RestoredBrief = z.output<typeof volumeRow>;

/** What the creations of one run look through together. */
class Leftovers {
  /** By project and offering. */
  readonly orders: Remembered<readonly WireOrder[]>;
  /** By the uuid of the volume that they were taken of. */
  readonly snapshots: SharedList<SnapshotBrief>;
  /** By the uuid of the snapshot that they were made from. */
  readonly restored: SharedList<RestoredBrief>;

  constructor(client: WaldurClient) {
    this.orders = new Remembered(client.clock);
    this.snapshots = new SharedList(
      {
        whole: () => whole(client, "openstack-snapshots", snapshotRow),
        some: (volume) => some(client, "openstack-snapshots", snapshotRow, { source_volume_uuid: volume }),
      },
      client.clock,
    );
    this.restored = new SharedList(
      {
        whole: () => whole(client, "openstack-volumes", volumeRow),
        some: (snapshot) => some(client, "openstack-volumes", volumeRow, { snapshot_uuid: snapshot }),
      },
      client.clock,
    );
  }
}

const known = new WeakMap<WaldurClient, Leftovers>();

/** What the creations of a client look through for what killed runs have left. */
export function leftoversOf(client: WaldurClient): Leftovers {
  const leftovers = known.get(client) ?? new Leftovers(client);
  known.set(client, leftovers);
  return leftovers;
}

function whole<T extends z.ZodObject>(client: WaldurClient, kind: Kind, schema: T) {
  return client.upTo(mostPages, kind, schema, { field: fieldsOf(schema) });
}

function some<T extends z.ZodObject>(client: WaldurClient, kind: Kind, schema: T, query: Query) {
  return client.all(kind, schema, { ...query, field: fieldsOf(schema) });
}
