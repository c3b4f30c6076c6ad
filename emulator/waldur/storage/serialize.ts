import type { JsonObject } from "../../http/json";
import { link, merged, scopeFields, stateOf, type View } from "../api/view";
import type { CloudRow, Resource } from "../model";

/** The fields that volumes and snapshots begin with (recordings 03, 05). */
export function storageFields(
  view: View,
  row: CloudRow,
  collection: string,
  resourceType: string,
): JsonObject {
  return merged(
    {
      url: link(view, collection, row.uuid),
      uuid: row.uuid,
      name: row.name,
      description: row.description,
    },
    scopeFields(view, row.tenantUuid),
    {
      error_message: row.errorMessage,
      error_traceback: row.errorTraceback,
      resource_type: resourceType,
      state: stateOf(view, row.uuid, row.state),
      created: row.created,
      modified: row.modified,
      backend_id: row.backendId,
      access_url: null,
    },
  );
}

/** What volumes and snapshots end with: all null for what the marketplace does not know (recordings 03, 05). */
export function marketplaceFields({ world }: View, resource: Resource | undefined): JsonObject {
  const offering = world.offerings.get(resource?.offeringUuid ?? "");
  const known = resource !== undefined;
  return merged(
    {
      marketplace_offering_uuid: offering?.uuid ?? null,
      marketplace_offering_name: offering?.name ?? null,
    },
    world.rules.generation === "2026" ? { marketplace_offering_type: offering?.type ?? null } : {},
    {
      marketplace_offering_plugin_options: known ? {} : null,
      marketplace_category_uuid: offering?.categoryUuid ?? null,
      marketplace_category_name: known ? "Volume" : null,
      marketplace_resource_uuid: resource?.uuid ?? null,
      marketplace_plan_uuid: resource?.planUuid ?? null,
      marketplace_resource_state: resource?.state ?? null,
      is_usage_based: known ? false : null,
      is_limit_based: known ? false : null,
    },
  );
}
