import type { JsonObject } from "../../http/json";
import { link, type View } from "../api/view";
import type { Order } from "../model";
import { offeringFields, projectFields } from "../offering/fields";

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
