import { inTenant, type Kind } from "../api/access";
import { crash } from "../api/errors";
import type { Filters } from "../list/filters";
import type { Listing } from "../list/listing";
import type { SortKeys } from "../list/ordering";
import type { Volume } from "../model";
import { storageFilters, storageKeys } from "../storage/filters";
import type { World } from "../world";
import { volumeBody } from "./serialize";

/** Volumes. */
export const volumeKind: Kind<Volume> = {
  name: "Volume",
  rows: ({ volumes }) => volumes,
  isVisible: inTenant,
};

/** Filters of `GET /api/openstack-volumes/` (recording 05). */
function filters(world: World): Filters<Volume> {
  return {
    ...storageFilters<Volume>(world),
    instance: { by: "link", collection: "openstack-instances", value: (row) => row.instanceUuid },
    instance_uuid: { by: "uuid", keep: (row, uuid) => row.instanceUuid === uuid },
    snapshot: { by: "link", collection: "openstack-snapshots", value: (row) => row.sourceSnapshotUuid },
    snapshot_uuid: { by: "uuid", keep: (row, uuid) => row.sourceSnapshotUuid === uuid },
    availability_zone_name: { by: "nothing" },
    attach_instance_uuid: {
      by: "uuid",
      // The server looks the instance up and crashes when there is none (recording 05).
      check: (uuid) => {
        if (!world.instances.has(uuid)) throw crash();
      },
      keep: (row, uuid) =>
        row.instanceUuid !== uuid && row.tenantUuid === world.instances.get(uuid)?.tenantUuid,
    },
  };
}

/** Sort keys of volumes (recording 04). */
function keys(world: World): SortKeys<Volume> {
  return {
    ...storageKeys<Volume>(world),
    instance_name: (row) => world.instances.get(row.instanceUuid ?? "")?.name ?? null,
  };
}

/** `GET /api/openstack-volumes/` (recordings 04, 05). */
export const volumeListing: Listing<Volume> = {
  kind: volumeKind,
  filters: ({ world }) => filters(world),
  keys,
  standard: "name",
  body: volumeBody,
};
