import type { Reply } from "../../http/reply";
import { find, inProject, type Kind } from "../api/access";
import type { Call } from "../api/call";
import { badRequest, conflict, forbidden, wrongRuntimeState, wrongState } from "../api/errors";
import type { Filters } from "../list/filters";
import { type Listing, reads } from "../list/listing";
import type { Resource, Volume } from "../model";
import { addOrder, executeTermination, review } from "../order/lifecycle";
import { mayWrite } from "../permissions";
import { resourceBody } from "./serialize";

/** Runtime states in which a volume may be terminated; the last one is the empty one (recording 16). */
const terminable = ["available", "error", "error_restoring", "error_extending", ""];

const resourceStates = ["Creating", "OK", "Erred", "Updating", "Terminating", "Terminated"];

const filters: Filters<Resource> = {
  name: { by: "contains", value: (row) => row.name },
  name_exact: { by: "exact", value: (row) => row.name },
  query: { by: "contains", value: (row) => row.name },
  state: {
    by: "choice",
    parse: (text) => resourceStates.find((state) => state === text),
    value: (row) => row.state,
  },
  project_uuid: { by: "uuid", keep: (row, uuid) => row.projectUuid === uuid },
  offering_uuid: { by: "uuid", keep: (row, uuid) => row.offeringUuid === uuid },
  backend_id: { by: "exact", value: (row) => row.backendId },
  created: { by: "since", value: (row) => row.created },
};

const resourceKind: Kind<Resource> = {
  name: "Resource",
  rows: ({ resources }) => resources,
  isVisible: inProject(({ projectUuid }) => projectUuid),
};

/** `GET /api/marketplace-resources/` (recording 09). */
export const resourceListing: Listing<Resource> = {
  kind: resourceKind,
  filters,
  keys: () => ({ name: (row) => row.name, created: (row) => row.created, state: (row) => row.state }),
  standard: "created",
  body: (view, row) => resourceBody(view, row, "listed"),
};

/** `GET /api/marketplace-resources/{uuid}/`. */
export function readResource(call: Call): Reply {
  const how = call.query.has("field") ? "picked" : "whole";
  return reads({ kind: resourceKind, body: (view, row) => resourceBody(view, row, how) })(call);
}

/** The checks of a termination in the order in which recordings 16 and 23 show them. */
function requireTerminable(call: Call, resource: Resource): Volume {
  const { world } = call;
  const pending = [...world.orders.values()].some(
    (order) =>
      order.resourceUuid === resource.uuid &&
      (order.state === "executing" || order.state === "pending-consumer"),
  );
  if (pending) throw badRequest(["Pending order for resource already exists."]);
  const volume = world.volumes.get(resource.volumeUuid ?? "");
  const settled = resource.state === "OK" || resource.state === "Erred";
  if (!settled || volume === undefined) throw wrongState(["OK", "Erred"]);
  if (world.snapshotsOf(volume.uuid).length > 0) throw conflict("Volume has dependent snapshots.");
  if (volume.state !== "OK" && volume.state !== "Erred") throw wrongState(["OK", "Erred"]);
  if (!terminable.includes(volume.runtimeState)) throw wrongRuntimeState(terminable);
  return volume;
}

/** `POST .../terminate/`: answers the order that removes the volume (recordings 16, 23). */
export function terminateResource(call: Call): Reply {
  const { world, user } = call;
  const resource = find(call, resourceKind);
  if (!mayWrite(world, user, resource.projectUuid)) throw forbidden();
  const volume = requireTerminable(call, resource);
  const order = addOrder(world, resource, user, { type: "Terminate", planUuid: null });
  review(world, order, user);
  executeTermination(world, order, volume);
  return { status: 200, body: { order_uuid: order.uuid } };
}
