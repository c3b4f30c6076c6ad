import type { JsonObject } from "../../http/json";
import { inTenant } from "../api/access";
import { link, merged, scopeFields, stateOf, type View } from "../api/view";
import type { Filters } from "../list/filters";
import type { Listing } from "../list/listing";
import type { Instance } from "../model";
import { projectOf } from "../permissions";

/** An instance, as far as a volume's user needs one (recording 12 shows `state` and `action`). */
function body(view: View, instance: Instance): JsonObject {
  return merged(
    {
      url: link(view, "openstack-instances", instance.uuid),
      uuid: instance.uuid,
      name: instance.name,
    },
    scopeFields(view, instance.tenantUuid),
    {
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
    },
  );
}

const filters: Filters<Instance> = {
  name: { by: "contains", value: (row) => row.name },
  name_exact: { by: "exact", value: (row) => row.name },
  uuid: { by: "uuid", keep: (row, uuid) => row.uuid === uuid },
  tenant_uuid: { by: "uuid", keep: (row, uuid) => row.tenantUuid === uuid },
  runtime_state: { by: "exact", value: (row) => row.runtimeState },
};

/** `GET /api/openstack-instances/` (recording 12). */
export const instanceListing: Listing<Instance> = {
  kind: { name: "Instance", rows: ({ instances }) => instances, isVisible: inTenant },
  filters: ({ world }) => ({
    ...filters,
    project_uuid: { by: "uuid", keep: (row, uuid) => projectOf(world, row.tenantUuid) === uuid },
  }),
  keys: () => ({ name: (row) => row.name, created: (row) => row.created }),
  standard: "name",
  body,
};
