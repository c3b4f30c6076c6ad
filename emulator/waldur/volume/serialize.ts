import type { JsonObject } from "../../http/json";
import { link, merged, type View } from "../api/view";
import type { Volume } from "../model";
import { typeOf } from "../quotas";
import { marketplaceFields, storageFields } from "../storage/serialize";

/** A volume as recordings 05, 09 and 15 show it; what has no value is partly absent rather than null. */
export function volumeBody(view: View, volume: Volume): JsonObject {
  const { world } = view;
  const type = typeOf(world, volume.typeUuid);
  return merged(
    storageFields(view, volume, "openstack-volumes", "OpenStack.Volume"),
    {
      source_snapshot: link(view, "openstack-snapshots", volume.sourceSnapshotUuid),
      size: volume.size,
      bootable: volume.bootable,
      metadata: volume.metadata,
      image: link(view, "openstack-images", volume.imageUuid),
      image_metadata: "",
      image_name: volume.imageName,
      type: link(view, "openstack-volume-types", type?.uuid ?? null),
    },
    type === undefined ? {} : { type_name: type.name },
    {
      runtime_state: volume.runtimeState,
      availability_zone: null,
      device: volume.device,
      action: volume.action,
      action_details: volume.actionDetails,
    },
    instanceFields(view, volume),
    {
      tenant: link(view, "openstack-tenants", volume.tenantUuid),
      tenant_uuid: volume.tenantUuid,
    },
    world.rules.generation === "2026" ? { extend_enabled: true } : {},
    marketplaceFields(view, world.resourceOf(volume.uuid)),
  );
}

function instanceFields(view: View, { instanceUuid }: Volume): JsonObject {
  const instance = view.world.instances.get(instanceUuid ?? "");
  if (instance === undefined) return { instance: null };
  return {
    instance: link(view, "openstack-instances", instance.uuid),
    instance_name: instance.name,
    instance_marketplace_uuid: instance.resourceUuid,
  };
}
