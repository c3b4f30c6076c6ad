import type { Route } from "../../http/service";
import {
  listInstances,
  listOfferings,
  listProjects,
  listTypes,
  readConfiguration,
  readInstance,
  readMe,
  readOffering,
  readProject,
  readType,
  readVersion,
} from "../catalogue";
import { approveOrder, createOrder, listOrders, readOrder, rejectOrder } from "../order/handlers";
import { listResources, readResource, terminateResource } from "../resource/handlers";
import {
  createSnapshot,
  deleteSnapshot,
  listRestorations,
  listSnapshots,
  pullSnapshot,
  readSnapshot,
  unlinkSnapshot,
  updateSnapshot,
} from "../snapshot/handlers";
import { restoreSnapshot } from "../snapshot/restore";
import { attachVolume, detachVolume, extendVolume, retypeVolume } from "../volume/actions";
import {
  listVolumes,
  pullVolume,
  readVolume,
  refuseMethod,
  unlinkVolume,
  updateVolume,
} from "../volume/handlers";
import { logIn } from "./authenticate";
import type { Handler, OpenHandler } from "./call";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/** A method that a view of the API can have; `HEAD` answers what `GET` does, `OPTIONS` is always there. */
type Method = (typeof methods)[number];

/** Whether a method is one that a view can have. */
export function isHandled(method: string): method is Method {
  return methods.some((known) => known === method);
}

/** One path of the API. */
export interface ApiRoute extends Route {
  /** With `{uuid}` where an id stands. */
  template: string;
  /** The `Allow` header, which names more than works (recording 02). */
  allow: string;
  handlers?: Partial<Record<Method, Handler>>;
  /** What anyone may call without a token. */
  open?: Partial<Record<Method, OpenHandler>>;
}

/** A path of the API without its slash at the end. */
export interface Redirect extends Route {
  redirect: true;
}

const collection = "GET, POST, HEAD, OPTIONS";
const object = "GET, PUT, PATCH, DELETE, HEAD, OPTIONS";
const readOnly = "GET, HEAD, OPTIONS";
const action = "POST, OPTIONS";
const plain = "OPTIONS, GET";

function view(template: string, allow: string, views: Pick<ApiRoute, "handlers" | "open">): ApiRoute {
  // An id has no dot, as in the server's own routes (recording 02).
  return { template, path: template.replace("{uuid}", ":uuid{[^/.]+}"), allow, ...views };
}

function post(template: string, handler: Handler): ApiRoute {
  return view(template, action, { handlers: { POST: handler } });
}

function get(template: string, handler: Handler, allow: string): ApiRoute {
  return view(template, allow, { handlers: { GET: handler } });
}

const snapshots = "/api/openstack-snapshots/";
const volumes = "/api/openstack-volumes/";
const orders = "/api/marketplace-orders/";
const resources = "/api/marketplace-resources/";

const views: readonly ApiRoute[] = [
  get(snapshots, listSnapshots, collection),
  view(`${snapshots}{uuid}/`, object, {
    handlers: { GET: readSnapshot, PUT: updateSnapshot, PATCH: updateSnapshot, DELETE: deleteSnapshot },
  }),
  post(`${snapshots}{uuid}/pull/`, pullSnapshot),
  post(`${snapshots}{uuid}/unlink/`, unlinkSnapshot),
  post(`${snapshots}{uuid}/restore/`, restoreSnapshot),
  get(`${snapshots}{uuid}/restorations/`, listRestorations, readOnly),
  view(volumes, collection, { handlers: { GET: listVolumes, POST: refuseMethod } }),
  view(`${volumes}{uuid}/`, object, {
    handlers: { GET: readVolume, PUT: updateVolume, PATCH: updateVolume, DELETE: refuseMethod },
  }),
  post(`${volumes}{uuid}/snapshot/`, createSnapshot),
  post(`${volumes}{uuid}/extend/`, extendVolume),
  post(`${volumes}{uuid}/retype/`, retypeVolume),
  post(`${volumes}{uuid}/attach/`, attachVolume),
  post(`${volumes}{uuid}/detach/`, detachVolume),
  post(`${volumes}{uuid}/pull/`, pullVolume),
  post(`${volumes}{uuid}/unlink/`, unlinkVolume),
  view(orders, collection, { handlers: { GET: listOrders, POST: createOrder } }),
  get(`${orders}{uuid}/`, readOrder, object),
  post(`${orders}{uuid}/approve_by_consumer/`, approveOrder),
  post(`${orders}{uuid}/reject_by_consumer/`, rejectOrder),
  get(resources, listResources, collection),
  get(`${resources}{uuid}/`, readResource, object),
  post(`${resources}{uuid}/terminate/`, terminateResource),
  get("/api/marketplace-public-offerings/", listOfferings, readOnly),
  get("/api/marketplace-public-offerings/{uuid}/", readOffering, readOnly),
  get("/api/openstack-volume-types/", listTypes, readOnly),
  get("/api/openstack-volume-types/{uuid}/", readType, readOnly),
  get("/api/openstack-instances/", listInstances, collection),
  get("/api/openstack-instances/{uuid}/", readInstance, object),
  get("/api/projects/", listProjects, collection),
  get("/api/projects/{uuid}/", readProject, object),
  get("/api/users/me/", readMe, readOnly),
  get("/api/version/", readVersion, plain),
  view("/api/configuration/", plain, { open: { GET: readConfiguration } }),
  view("/api-auth/password/", action, { open: { POST: logIn } }),
];

/** Every path that the emulator answers. */
export const routes: readonly (ApiRoute | Redirect)[] = [
  ...views,
  ...views.map(({ path }): Redirect => ({ path: path.replace(/\/$/, ""), redirect: true })),
];
