import type { JsonObject } from "../../http/json";
import { link, type View } from "../api/view";
import type { Order, Resource } from "../model";
import { offeringFields, projectFields } from "../offering/fields";
import { orderBody } from "../order/serialize";

/**
 * A marketplace resource; lists leave the orders out (recordings 09, 15, 16). `how` says who reads it: a list, one
 * who wants certain fields, or one who wants everything.
 */
export function resourceBody(view: View, resource: Resource, how: "listed" | "picked" | "whole"): JsonObject {
  const { world } = view;
  const offering = world.offerings.get(resource.offeringUuid);
  const tenant = world.tenants.get(offering?.tenantUuid ?? "");
  const orders = [...world.orders.values()].filter((order) => order.resourceUuid === resource.uuid);
  const creation = orders.find((order) => order.type === "Create");
  const busy = orders.find((order) => order.state === "executing" || order.state === "pending-consumer");
  const bound = resource.volumeUuid !== null;
  return {
    ...offeringFields(view, resource.offeringUuid, resource.planUuid),
    attributes: resource.attributes,
    limits: resource.limits,
    uuid: resource.uuid,
    created: resource.created,
    modified: resource.modified,
    url: link(view, "marketplace-resources", resource.uuid),
    scope: link(view, "openstack-volumes", resource.volumeUuid),
    description: "",
    state: resource.state,
    resource_uuid: resource.volumeUuid,
    backend_id: resource.backendId,
    effective_id: "",
    resource_type: bound ? "OpenStack.Volume" : null,
    project: link(view, "projects", resource.projectUuid),
    ...projectFields(view, resource.projectUuid),
    project_end_date: null,
    project_end_date_requested_by: null,
    parent_uuid: tenant?.resourceUuid ?? null,
    parent_name: tenant?.name ?? null,
    backend_metadata: resource.backendMetadata,
    is_usage_based: false,
    is_limit_based: false,
    name: resource.name,
    slug: resource.slug,
    current_usages: {},
    can_terminate: resource.state === "OK" || resource.state === "Erred",
    report: null,
    end_date: null,
    end_date_requested_by: null,
    username: null,
    limit_usage: null,
    downscaled: false,
    restrict_member_access: false,
    paused: false,
    endpoints: [],
    error_message: "",
    error_traceback: "",
    offering_customer_uuid: offering?.customerUuid ?? null,
    options: resource.options,
    available_actions: [],
    ...(how !== "listed"
      ? {
          order_in_progress: busy === undefined ? null : orderBody(view, busy),
          creation_order:
            creation === undefined ? null : creationOrder(view, resource, creation, how === "whole"),
        }
      : {}),
  };
}

/** The recorded server keeps the creation order as it was when the resource was first read in full (recording 15). */
function creationOrder(view: View, resource: Resource, order: Order, keep: boolean): JsonObject {
  const body = resource.seenCreationOrder ?? orderBody(view, order);
  if (keep && view.world.rules.generation === "2024") resource.seenCreationOrder = body;
  return body;
}
