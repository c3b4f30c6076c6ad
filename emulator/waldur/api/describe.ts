import type { JsonObject } from "../../http/json";

const parses = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"];

/** What `OPTIONS` says of fields that are not plain read-only ones (recording 02). */
const special: Record<string, JsonObject> = {
  uuid: { type: "string" },
  error_message: { type: "string" },
  error_traceback: { type: "string" },
  created: { type: "datetime" },
  modified: { type: "datetime" },
  backend_id: { type: "string" },
  runtime_state: { type: "string" },
  action: { type: "string" },
  image_metadata: { type: "string" },
  image_name: { type: "string" },
  type_name: { type: "string" },
  availability_zone_name: { type: "string" },
};

const writableName: JsonObject = { type: "string", required: true, read_only: false, max_length: 150 };
const writableDescription: JsonObject = { type: "string", read_only: false, max_length: 2000 };

function describe(names: string, details: Record<string, JsonObject>): JsonObject {
  const fields: JsonObject = {};
  for (const name of names.split(" ")) {
    const label = name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " ");
    fields[name] = {
      type: "field",
      required: false,
      read_only: true,
      label,
      ...special[name],
      ...details[name],
    };
  }
  return fields;
}

const scope =
  "url uuid name description service_name service_settings service_settings_uuid service_settings_state service_settings_error_message project project_name project_uuid customer customer_name customer_native_name customer_abbreviation error_message error_traceback resource_type state created modified backend_id access_url";

const marketplace =
  "marketplace_offering_uuid marketplace_offering_name marketplace_offering_plugin_options marketplace_category_uuid marketplace_category_name marketplace_resource_uuid marketplace_plan_uuid marketplace_resource_state is_usage_based is_limit_based";

const snapshotFields = `${scope} source_volume size metadata runtime_state source_volume_name source_volume_marketplace_uuid action action_details restorations kept_until snapshot_schedule snapshot_schedule_uuid ${marketplace}`;

const volumeFields = `${scope} source_snapshot size bootable metadata image image_metadata image_name type type_name runtime_state availability_zone availability_zone_name device action action_details instance instance_name instance_marketplace_uuid tenant tenant_uuid ${marketplace}`;

const restoration = describe(
  "uuid created name description volume volume_name volume_state volume_runtime_state volume_size volume_device",
  {
    name: { type: "string", required: true, read_only: false, help_text: "New volume name." },
    description: { type: "string", read_only: false, help_text: "New volume description." },
  },
);

const snapshotDetails: Record<string, JsonObject> = {
  name: writableName,
  description: writableDescription,
  size: { type: "integer", help_text: "Size in MiB" },
  metadata: { read_only: false },
  restorations: { child: { type: "nested object", required: false, read_only: true, children: restoration } },
  kept_until: {
    type: "datetime",
    read_only: false,
    help_text: "Guaranteed time of snapshot retention. If null - keep forever.",
  },
};

const volumeDetails: Record<string, JsonObject> = {
  name: writableName,
  description: writableDescription,
  project: { required: true },
  tenant: { required: true },
  size: { type: "integer", help_text: "Size in MiB", min_value: 0, max_value: 2_147_483_647 },
  bootable: { type: "boolean", read_only: false },
  device: { type: "string", help_text: "Name of volume as instance device e.g. /dev/vdb." },
};

/** The answer to `OPTIONS` (recording 02): fields for snapshots and volumes, the bare frame for all else. */
export function describeRoute(template: string): JsonObject {
  const frame = { description: "", renders: ["application/json", "text/html"], parses };
  const one = /\{uuid\}\/$/.test(template);
  const kind = template.includes("openstack-snapshots/")
    ? "Snapshot"
    : template.includes("openstack-volumes/")
      ? "Volume"
      : undefined;
  if (kind === undefined) return { name: template, ...frame };
  const fields =
    kind === "Snapshot" ? describe(snapshotFields, snapshotDetails) : describe(volumeFields, volumeDetails);
  return {
    name: `${kind} ${one ? "Instance" : "List"}`,
    ...frame,
    actions: { [one ? "PUT" : "POST"]: fields },
  };
}
