import type { JsonObject } from "../../http/json";
import { link, merged, stateOf, type View } from "../api/view";
import type { Restoration, Snapshot } from "../model";
import { marketplaceFields, storageFields } from "../storage/serialize";
import { writableFields } from "./fields";

/** A snapshot as recordings 03 and 07 show it; newer fields per contract "Newer servers". */
export function snapshotBody(view: View, snapshot: Snapshot): JsonObject {
  const { world } = view;
  const modern = world.rules.generation === "2026";
  const source = world.volumes.get(snapshot.sourceVolumeUuid ?? "");
  const resource = source === undefined ? undefined : world.resourceOf(source.uuid);
  const restorations = world.restorationsOf(snapshot.uuid);
  return merged(
    storageFields(view, snapshot, "openstack-snapshots", "OpenStack.Snapshot"),
    {
      source_volume: link(view, "openstack-volumes", source?.uuid ?? null),
      size: snapshot.size,
    },
    writtenFields(snapshot),
    {
      runtime_state: snapshot.runtimeState,
      source_volume_name: source?.name ?? null,
      source_volume_marketplace_uuid: resource?.uuid ?? null,
      action: snapshot.action,
      action_details: snapshot.actionDetails,
      restorations: restorations.map((restoration) => restorationBody(view, restoration)),
    },
    modern ? { backups: [] } : scheduleFields(view, snapshot),
    // The marketplace does not know snapshots.
    marketplaceFields(view, undefined),
  );
}

function writtenFields(snapshot: Snapshot): JsonObject {
  const fields: JsonObject = {};
  for (const [name, { key }] of writableFields) fields[key] = snapshot[name as keyof Snapshot];
  return fields;
}

/** `snapshot_schedule_uuid` is absent without a schedule (recording 03). */
function scheduleFields(view: View, { scheduleUuid }: Snapshot): JsonObject {
  const schedule = { snapshot_schedule: link(view, "openstack-snapshot-schedules", scheduleUuid) };
  return scheduleUuid === null ? schedule : { ...schedule, snapshot_schedule_uuid: scheduleUuid };
}

/** A row of `restorations`; the 2024 server never returns its description (recording 09). */
export function restorationBody(view: View, restoration: Restoration): JsonObject {
  const { world } = view;
  const volume = world.volumes.get(restoration.volumeUuid);
  return merged(
    { uuid: restoration.uuid, created: restoration.created },
    world.rules.generation === "2026" ? { description: restoration.description } : {},
    {
      volume: link(view, "openstack-volumes", restoration.volumeUuid),
      volume_name: volume?.name ?? null,
      volume_state: volume === undefined ? null : stateOf(view, volume.uuid, volume.state),
      volume_runtime_state: volume?.runtimeState ?? null,
      volume_size: volume?.size ?? null,
      volume_device: volume?.device ?? null,
    },
  );
}
