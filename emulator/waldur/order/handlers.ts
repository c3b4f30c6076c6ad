import type { JsonObject } from "../../http/json";
import type { Reply } from "../../http/reply";
import { find, inProject, type Kind, requireState } from "../api/access";
import type { Call } from "../api/call";
import { forbidden } from "../api/errors";
import { bodyObject, FieldErrors } from "../api/fields";
import { hyperlink } from "../api/hyperlink";
import { link } from "../api/view";
import type { Filters } from "../list/filters";
import type { Listing } from "../list/listing";
import type { Offering, Order } from "../model";
import { mayOrder, mayWrite, seesProject } from "../permissions";
import { addResource } from "../resource/record";
import { addOrder, executeCreation, review } from "./lifecycle";
import { newOrderBody, orderBody } from "./serialize";
import { validateVolumeAttributes } from "./validation";

const orderStates = [
  "pending-consumer",
  "pending-provider",
  "executing",
  "done",
  "erred",
  "canceled",
  "rejected",
] as const;

/** Filters of `GET /api/marketplace-orders/` (contract "order create", recordings 20, 23). */
const filters: Filters<Order> = {
  state: {
    by: "choice",
    parse: (text) => orderStates.find((state) => state === text),
    value: (order) => order.state,
  },
  type: {
    by: "choice",
    parse: (text) => ["Create", "Update", "Terminate"].find((type) => type === text),
    value: (order) => order.type,
  },
  resource_uuid: { by: "uuid", keep: (order, uuid) => order.resourceUuid === uuid },
  project_uuid: { by: "uuid", keep: (order, uuid) => order.projectUuid === uuid },
  offering_uuid: { by: "uuid", keep: (order, uuid) => order.offeringUuid === uuid },
  created: { by: "since", value: (order) => order.created },
  query: { by: "contains", value: (order) => order.name },
};

const orderKind: Kind<Order> = {
  name: "Order",
  rows: ({ orders }) => orders,
  isVisible: inProject(({ projectUuid }) => projectUuid),
};

/** `GET /api/marketplace-orders/`: oldest first (recording 20). */
export const orderListing: Listing<Order> = {
  kind: orderKind,
  filters,
  keys: () => ({ created: (order) => order.created, state: (order) => order.state, cost: () => null }),
  standard: "created",
  body: orderBody,
};

interface Wanted {
  offering: Offering;
  projectUuid: string;
  attributes: JsonObject;
  limits: JsonObject;
  planUuid: string | null;
}

function readWanted(call: Call): Wanted {
  const { world, user } = call;
  const body = bodyObject(call.body);
  const errors = new FieldErrors();
  // Whoever may not see the project may still name the offering (recording 15: only the project is refused).
  const offering = hyperlink(
    body,
    "offering",
    {
      required: true,
      collection: "marketplace-public-offerings",
      find: (uuid) => world.offerings.get(uuid),
    },
    errors,
  );
  const findProject = (uuid: string) =>
    seesProject(world, user, uuid) ? world.projects.get(uuid) : undefined;
  const rules = { required: true, collection: "projects", find: findProject };
  const project = hyperlink(body, "project", rules, errors);
  for (const field of ["attributes", "limits"]) {
    if (body[field] === null) errors.add(field, "This field may not be null.");
  }
  errors.raise();
  if (offering === undefined || project === undefined) throw new Error("the links were checked");
  const plan = typeof body.plan === "string" ? body.plan : "";
  const planned = plan.includes(`/plans/${offering.planUuid}/`);
  return {
    offering,
    projectUuid: project.uuid,
    attributes: bodyObject(body.attributes),
    limits: bodyObject(body.limits),
    planUuid: planned ? offering.planUuid : null,
  };
}

/**
 * `POST /api/marketplace-orders/`: everything is checked before anything is made. Orders of users who may not
 * approve wait for a consumer (recordings 15, 20). Unknown attributes are kept for life (contract "order create").
 */
export function createOrder(call: Call): Reply {
  const { world, view, user } = call;
  const { offering, projectUuid, attributes, limits, planUuid } = readWanted(call);
  if (!mayOrder(world, user, projectUuid)) throw forbidden();
  validateVolumeAttributes(world, offering, attributes);
  const name = `${attributes.name}`.trim();
  const resource = addResource(world, offering, { name, projectUuid, planUuid, attributes, limits });
  const order = addOrder(world, resource, user, { type: "Create", attributes, limits });
  if (mayWrite(world, user, projectUuid) && !world.rules.approval) {
    review(world, order, user);
    executeCreation(world, order, resource);
  }
  const headers = { Location: link(view, "marketplace-orders", order.uuid) ?? "" };
  return { status: 201, body: newOrderBody(view, order), headers };
}

function decide(call: Call): Order {
  const order = find(call, orderKind);
  if (!mayWrite(call.world, call.user, order.projectUuid)) throw forbidden();
  requireState(order, "pending-consumer");
  review(call.world, order, call.user);
  return order;
}

/** `POST .../approve_by_consumer/` (recording 20): an empty 200. */
export function approveOrder(call: Call): Reply {
  const order = decide(call);
  const resource = call.world.resources.get(order.resourceUuid);
  if (resource !== undefined) executeCreation(call.world, order, resource);
  return { status: 200 };
}

/** `POST .../reject_by_consumer/` (recording 20): the resource ends too. */
export function rejectOrder(call: Call): Reply {
  const order = decide(call);
  call.world.touch(order, { state: "rejected" });
  const resource = call.world.resources.get(order.resourceUuid);
  if (resource !== undefined) call.world.touch(resource, { state: "Terminated" });
  return { status: 200 };
}
