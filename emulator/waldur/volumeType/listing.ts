import type { JsonObject } from "../../http/json";
import { inTenant } from "../api/access";
import { link, type View } from "../api/view";
import type { Filters } from "../list/filters";
import type { Listing } from "../list/listing";
import type { VolumeType } from "../model";

/** A volume type in the style of the other objects; no recording shows one. */
function body(view: View, type: VolumeType): JsonObject {
  return {
    url: link(view, "openstack-volume-types", type.uuid),
    uuid: type.uuid,
    name: type.name,
    description: type.description,
    settings: link(view, "service-settings", type.settingsUuid),
  };
}

const filters: Filters<VolumeType> = {
  name: { by: "contains", value: (row) => row.name },
  name_exact: { by: "exact", value: (row) => row.name },
  uuid: { by: "uuid", keep: (row, uuid) => row.uuid === uuid },
  settings_uuid: { by: "uuid", keep: (row, uuid) => row.settingsUuid === uuid },
  tenant_uuid: { by: "uuid", keep: (row, uuid) => row.tenantUuids.includes(uuid) },
};

/** `GET /api/openstack-volume-types/`. `tenant` takes a URL, `offering_uuid` an offering of volumes. */
export const typeListing: Listing<VolumeType> = {
  kind: {
    name: "VolumeType",
    rows: ({ volumeTypes }) => volumeTypes,
    isVisible: (call, { tenantUuids }) =>
      call.user.isStaff || tenantUuids.some((tenantUuid) => inTenant(call, { tenantUuid })),
  },
  filters: ({ world, query }) => ({
    ...filters,
    tenant: {
      by: "link",
      collection: "openstack-tenants",
      value: (row) => row.tenantUuids.find((uuid) => query.get("tenant")?.includes(uuid)) ?? null,
    },
    offering_uuid: {
      by: "uuid",
      keep: (row, uuid) => row.tenantUuids.includes(world.offerings.get(uuid)?.tenantUuid ?? ""),
    },
  }),
  keys: () => ({ name: (row) => row.name }),
  standard: "name",
  body,
};
