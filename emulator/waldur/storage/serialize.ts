import type { JsonObject } from "../../http/json";
import { link, scopeFields, stateOf, type View } from "../api/view";
import type { CloudRow, Instance, Restoration, Snapshot, Volume } from "../model";
import { writableFields } from "../snapshot/fields";

function commonFields(view: View, row: CloudRow, collection: string, resourceType: string): JsonObject {
  return {
    url: link(view, collection, row.uuid),
    uuid: row.uuid,
    name: row.name,
    description: row.description,
    ...scopeFields(view, row.tenantUuid),
    error_message: row.errorMessage,
    error_traceback: row.errorTraceback,
    resource_type: resourceType,
    state: stateOf(view, row.uuid, row.state),
    created: row.created,
    modified: row.modified,
    backend_id: row.backendId,
    access_url: null,
  };
}

/** A snapshot as recordings 03 and 07 show it; newer fields per contract "Newer servers". */
export function snapshotBody(view: View, snapshot: Snapshot): JsonObject {
  const { world } = view;
  const modern = world.rules.generation === "2026";
  const source =
    snapshot.sourceVolumeUuid === null ? undefined : world.volumes.get(snapshot.sourceVolumeUuid);
  return {
    ...commonFields(view, snapshot, "openstack-snapshots", "OpenStack.Snapshot"),
    source_volume: link(view, "openstack-volumes", source?.uuid ?? null),
    size: snapshot.size,
    ...Object.fromEntries(writableFields.map(([name, { key }]) => [key, snapshot[name as keyof Snapshot]])),
    runtime_state: snapshot.runtimeState,
    source_volume_name: source?.name ?? null,
    source_volume_marketplace_uuid:
      source === undefined ? null : (world.resourceOf(source.uuid)?.uuid ?? null),
    action: snapshot.action,
    action_details: snapshot.actionDetails,
    restorations: world
      .restorationsOf(snapshot.uuid)
      .map((restoration) => restorationBody(view, restoration)),
    ...(modern ? { backups: [] } : {}),
    ...(modern ? {} : scheduleFields(view, snapshot)),
    marketplace_offering_uuid: null,
    marketplace_offering_name: null,
    ...(modern ? { marketplace_offering_type: null } : {}),
    marketplace_offering_plugin_options: null,
    marketplace_category_uuid: null,
    marketplace_category_name: null,
    marketplace_resource_uuid: null,
    marketplace_plan_uuid: null,
    marketplace_resource_state: null,
    is_usage_based: null,
    is_limit_based: null,
  };
}

/** `snapshot_schedule_uuid` is absent without a schedule (recording 03). */
function scheduleFields(view: View, snapshot: Snapshot): JsonObject {
  if (snapshot.scheduleUuid === null) return { snapshot_schedule: null };
  return {
    snapshot_schedule: link(view, "openstack-snapshot-schedules", snapshot.scheduleUuid),
    snapshot_schedule_uuid: snapshot.scheduleUuid,
  };
}

/** A row of `restorations`; the 2024 server never returns its description (recording 09). */
export function restorationBody(view: View, restoration: Restoration): JsonObject {
  const { world } = view;
  const volume = world.volumes.get(restoration.volumeUuid);
  return {
    uuid: restoration.uuid,
    created: restoration.created,
    ...(world.rules.generation === "2026" ? { description: restoration.description } : {}),
    volume: link(view, "openstack-volumes", restoration.volumeUuid),
    volume_name: volume?.name ?? null,
    volume_state: volume === undefined ? null : stateOf(view, volume.uuid, volume.state),
    volume_runtime_state: volume?.runtimeState ?? null,
    volume_size: volume?.size ?? null,
    volume_device: volume?.device ?? null,
  };
}

/** A volume as recordings 05, 09 and 15 show it; what has no value is partly absent rather than null. */
export function volumeBody(view: View, volume: Volume): JsonObject {
  const { world } = view;
  const modern = world.rules.generation === "2026";
  const type = volume.typeUuid === null ? undefined : world.volumeTypes.get(volume.typeUuid);
  const instance = volume.instanceUuid === null ? undefined : world.instances.get(volume.instanceUuid);
  return {
    ...commonFields(view, volume, "openstack-volumes", "OpenStack.Volume"),
    source_snapshot: link(view, "openstack-snapshots", volume.sourceSnapshotUuid),
    size: volume.size,
    bootable: volume.bootable,
    metadata: volume.metadata,
    image: link(view, "openstack-images", volume.imageUuid),
    image_metadata: "",
    image_name: volume.imageName,
    type: link(view, "openstack-volume-types", type?.uuid ?? null),
    ...(type === undefined ? {} : { type_name: type.name }),
    runtime_state: volume.runtimeState,
    availability_zone: null,
    device: volume.device,
    action: volume.action,
    action_details: volume.actionDetails,
    instance: link(view, "openstack-instances", instance?.uuid ?? null),
    ...(instance === undefined
      ? {}
      : { instance_name: instance.name, instance_marketplace_uuid: instance.resourceUuid }),
    tenant: link(view, "openstack-tenants", volume.tenantUuid),
    tenant_uuid: volume.tenantUuid,
    ...(modern ? { extend_enabled: true } : {}),
    ...marketplaceFields(view, volume, modern),
  };
}

function marketplaceFields(view: View, volume: Volume, modern: boolean): JsonObject {
  const { world } = view;
  const resource = world.resourceOf(volume.uuid);
  const offering = resource === undefined ? undefined : world.offerings.get(resource.offeringUuid);
  const known = resource !== undefined;
  return {
    marketplace_offering_uuid: offering?.uuid ?? null,
    marketplace_offering_name: offering?.name ?? null,
    ...(modern ? { marketplace_offering_type: offering?.type ?? null } : {}),
    marketplace_offering_plugin_options: known ? {} : null,
    marketplace_category_uuid: offering?.categoryUuid ?? null,
    marketplace_category_name: known ? "Volume" : null,
    marketplace_resource_uuid: resource?.uuid ?? null,
    marketplace_plan_uuid: resource?.planUuid ?? null,
    marketplace_resource_state: resource?.state ?? null,
    is_usage_based: known ? false : null,
    is_limit_based: known ? false : null,
  };
}

/** An instance, as far as a volume's user needs one (recording 12 shows `state` and `action`). */
export function instanceBody(view: View, instance: Instance): JsonObject {
  return {
    url: link(view, "openstack-instances", instance.uuid),
    uuid: instance.uuid,
    name: instance.name,
    ...scopeFields(view, instance.tenantUuid),
    resource_type: "OpenStack.Instance",
    state: stateOf(view, instance.uuid, instance.state),
    runtime_state: instance.runtimeState,
    created: instance.created,
    modified: instance.modified,
    backend_id: instance.backendId,
    action: "",
    action_details: {},
    tenant: link(view, "openstack-tenants", instance.tenantUuid),
    tenant_uuid: instance.tenantUuid,
    marketplace_resource_uuid: instance.resourceUuid,
  };
}
