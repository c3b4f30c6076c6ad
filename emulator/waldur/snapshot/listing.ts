import { inTenant, type Kind } from "../api/access";
import type { Filters } from "../list/filters";
import type { Listing } from "../list/listing";
import type { SortKeys } from "../list/ordering";
import type { Snapshot } from "../model";
import { storageFilters, storageKeys } from "../storage/filters";
import type { World } from "../world";
import { snapshotBody } from "./serialize";

/** Snapshots. */
export const snapshotKind: Kind<Snapshot> = {
  name: "Snapshot",
  rows: ({ snapshots }) => snapshots,
  isVisible: inTenant,
};

/** Filters of `GET /api/openstack-snapshots/` (recording 03). */
function filters(world: World): Filters<Snapshot> {
  const common: Filters<Snapshot> = {
    ...storageFilters<Snapshot>(world),
    source_volume: { by: "link", collection: "openstack-volumes", value: (row) => row.sourceVolumeUuid },
    source_volume_uuid: { by: "uuid", keep: (row, uuid) => row.sourceVolumeUuid === uuid },
    backup: { by: "link", collection: "openstack-backups", value: (row) => row.backupUuid },
    backup_uuid: { by: "uuid", keep: (row, uuid) => row.backupUuid === uuid },
  };
  if (world.rules.generation === "2026") return common;
  return {
    ...common,
    snapshot_schedule: {
      by: "link",
      collection: "openstack-snapshot-schedules",
      value: (row) => row.scheduleUuid,
    },
    snapshot_schedule_uuid: { by: "uuid", keep: (row, uuid) => row.scheduleUuid === uuid },
  };
}

/** Sort keys of snapshots (recording 04). */
function keys(world: World): SortKeys<Snapshot> {
  return {
    ...storageKeys<Snapshot>(world),
    source_volume_name: (row) => world.volumes.get(row.sourceVolumeUuid ?? "")?.name ?? null,
  };
}

/** `GET /api/openstack-snapshots/` (recordings 03, 04). */
export const snapshotListing: Listing<Snapshot> = {
  kind: snapshotKind,
  filters: ({ world }) => filters(world),
  keys,
  standard: "name",
  body: snapshotBody,
};
