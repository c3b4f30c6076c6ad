import type { Reply } from "../../http/reply";
import type { Call } from "../api/call";
import { badRequest, conflict, forbidden, wrongRuntimeState, wrongState } from "../api/errors";
import { findRow } from "../api/lookup";
import type { Filters } from "../list/filters";
import { listReply, oneReply } from "../list/listing";
import type { Resource, Volume } from "../model";
import { executeTermination, makeOrder, review } from "../order/lifecycle";
import { resourceBody } from "../order/serialize";
import { mayWrite, seesProject } from "../permissions";

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

/** `GET /api/marketplace-resources/` (recording 09). */
export function listResources(call: Call): Reply {
  const { world, view, user } = call;
  const rows = [...world.resources.values()].filter((row) => seesProject(world, user, row.projectUuid));
  return listReply(call, rows, {
    filters,
    keys: { name: (row) => row.name, created: (row) => row.created, state: (row) => row.state },
    standard: "created",
    body: (row) => resourceBody(view, row, "listed"),
  });
}

function findResource(call: Call): Resource {
  return findRow(call, call.world.resources, "Resource", (row) => row.projectUuid);
}

/** `GET /api/marketplace-resources/{uuid}/`. */
export function readResource(call: Call): Reply {
  return oneReply(
    call,
    resourceBody(call.view, findResource(call), call.query.has("field") ? "picked" : "whole"),
  );
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
  const resource = findResource(call);
  if (!mayWrite(world, user, resource.projectUuid)) throw forbidden();
  const volume = requireTerminable(call, resource);
  const order = makeOrder(world, resource, user, { type: "Terminate", planUuid: null });
  review(world, order, user);
  executeTermination(world, order, volume);
  return { status: 200, body: { order_uuid: order.uuid } };
}
