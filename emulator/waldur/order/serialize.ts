import type { JsonObject } from "../../http/json";
import { link, type View } from "../api/view";
import type { Order, Resource } from "../model";

/** What orders and resources say about their offering and plan (recording 15). */
function offeringFields(view: View, offeringUuid: string, planUuid: string | null): JsonObject {
  const { world } = view;
  const offering = world.offerings.get(offeringUuid);
  const customer = world.customers.get(offering?.customerUuid ?? "");
  const base = {
    offering: link(view, "marketplace-public-offerings", offeringUuid),
    offering_name: offering?.name ?? null,
    offering_uuid: offeringUuid,
    offering_description: "",
    offering_image: null,
    offering_thumbnail: null,
    offering_type: offering?.type ?? null,
    offering_terms_of_service: "",
    offering_shared: false,
    offering_billable: false,
    offering_plugin_options: {},
    provider_name: customer?.name ?? null,
    provider_uuid: customer?.uuid ?? null,
    category_title: "Volume",
    category_uuid: offering?.categoryUuid ?? null,
    category_icon: null,
  };
  if (planUuid === null) return { ...base, plan: null };
  return {
    ...base,
    plan: `${view.origin}/api/marketplace-public-offerings/${offeringUuid}/plans/${planUuid}/`,
    plan_unit: "quantity",
    plan_name: "default",
    plan_uuid: planUuid,
    plan_description: "",
  };
}

function projectFields(view: View, projectUuid: string): JsonObject {
  const project = view.world.projects.get(projectUuid);
  const customer = view.world.customers.get(project?.customerUuid ?? "");
  return {
    project_uuid: projectUuid,
    project_name: project?.name ?? null,
    project_description: project?.description ?? "",
    customer_name: customer?.name ?? null,
    customer_uuid: customer?.uuid ?? null,
  };
}

function orderCore(view: View, order: Order): JsonObject {
  const resource = view.world.resources.get(order.resourceUuid);
  const volumeUuid = resource?.volumeUuid ?? null;
  return {
    ...offeringFields(view, order.offeringUuid, order.planUuid),
    attributes: order.attributes,
    limits: order.limits,
    uuid: order.uuid,
    created: order.created,
    modified: order.modified,
    type: order.type,
    resource_uuid: volumeUuid,
    resource_type: volumeUuid === null ? null : "OpenStack.Volume",
    resource_name: resource?.name ?? order.name,
    cost: order.planUuid === null ? null : "0.0000000000",
    state: order.state,
    output: "",
    marketplace_resource_uuid: order.resourceUuid,
    error_message: order.errorMessage,
    callback_url: null,
  };
}

/** The answer to a new order: other fields than when it is read (recording 15). */
export function newOrderBody(view: View, order: Order): JsonObject {
  const { world } = view;
  const author = world.users.get(order.createdByUuid);
  const reviewer = order.reviewedByUuid === null ? undefined : world.users.get(order.reviewedByUuid);
  return {
    ...orderCore(view, order),
    url: link(view, "marketplace-orders", order.uuid),
    created_by: link(view, "users", order.createdByUuid),
    created_by_username: author?.username ?? null,
    created_by_full_name: author?.fullName ?? null,
    consumer_reviewed_by: link(view, "users", order.reviewedByUuid),
    consumer_reviewed_at: order.reviewedAt,
    ...(reviewer === undefined
      ? {}
      : {
          consumer_reviewed_by_username: reviewer.username,
          consumer_reviewed_by_full_name: reviewer.fullName,
        }),
    project: link(view, "projects", order.projectUuid),
    ...projectFields(view, order.projectUuid),
  };
}

/** An order as it is read (recordings 15, 16, 20). */
export function orderBody(view: View, order: Order): JsonObject {
  const { world } = view;
  const author = world.users.get(order.createdByUuid);
  const reviewer = order.reviewedByUuid === null ? undefined : world.users.get(order.reviewedByUuid);
  const project = world.projects.get(order.projectUuid);
  const customer = world.customers.get(project?.customerUuid ?? "");
  const planned = order.planUuid !== null;
  return {
    ...orderCore(view, order),
    consumer_reviewed_by: reviewer?.username ?? null,
    ...(reviewer === undefined ? {} : { consumer_reviewed_by_full_name: reviewer.fullName }),
    consumer_reviewed_at: order.reviewedAt,
    provider_reviewed_at: null,
    created_by_full_name: author?.fullName ?? null,
    created_by_civil_number: author?.civilNumber ?? null,
    customer_slug: customer?.slug ?? null,
    ...projectFields(view, order.projectUuid),
    project_slug: project?.slug ?? null,
    old_cost_estimate: planned ? 0 : null,
    new_cost_estimate: planned ? 0 : null,
    can_terminate: false,
    ...(planned || order.type === "Terminate" ? { fixed_price: 0, activation_price: 0 } : {}),
    ...(planned ? { new_plan_name: "default", new_plan_uuid: order.planUuid } : {}),
    termination_comment: null,
    backend_id: "",
    issue: null,
  };
}

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
