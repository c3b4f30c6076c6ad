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
import type { Handler } from "./call";

/** One path of the API. `HEAD` answers what `GET` does, `OPTIONS` is always there. */
export interface Route {
  /** With `{uuid}` where an id stands. */
  template: string;
  handlers: Partial<Record<"GET" | "POST" | "PUT" | "PATCH" | "DELETE", Handler>>;
  /** The `Allow` header, which names more than works (recording 02). */
  allow: string;
  /** Anyone may call it without a token. */
  open?: boolean;
}

const collection = "GET, POST, HEAD, OPTIONS";
const object = "GET, PUT, PATCH, DELETE, HEAD, OPTIONS";
const readOnly = "GET, HEAD, OPTIONS";
const action = "POST, OPTIONS";
const plain = "OPTIONS, GET";

function post(template: string, handler: Handler): Route {
  return { template, handlers: { POST: handler }, allow: action };
}

function get(template: string, handler: Handler, allow: string): Route {
  return { template, handlers: { GET: handler }, allow };
}

const snapshots = "/api/openstack-snapshots/";
const volumes = "/api/openstack-volumes/";
const orders = "/api/marketplace-orders/";
const resources = "/api/marketplace-resources/";

/** Every path that the emulator answers. */
export const routes: Route[] = [
  get(snapshots, listSnapshots, collection),
  {
    template: `${snapshots}{uuid}/`,
    handlers: { GET: readSnapshot, PUT: updateSnapshot, PATCH: updateSnapshot, DELETE: deleteSnapshot },
    allow: object,
  },
  post(`${snapshots}{uuid}/pull/`, pullSnapshot),
  post(`${snapshots}{uuid}/unlink/`, unlinkSnapshot),
  post(`${snapshots}{uuid}/restore/`, restoreSnapshot),
  get(`${snapshots}{uuid}/restorations/`, listRestorations, readOnly),
  { template: volumes, handlers: { GET: listVolumes, POST: refuseMethod }, allow: collection },
  {
    template: `${volumes}{uuid}/`,
    handlers: { GET: readVolume, PUT: updateVolume, PATCH: updateVolume, DELETE: refuseMethod },
    allow: object,
  },
  post(`${volumes}{uuid}/snapshot/`, createSnapshot),
  post(`${volumes}{uuid}/extend/`, extendVolume),
  post(`${volumes}{uuid}/retype/`, retypeVolume),
  post(`${volumes}{uuid}/attach/`, attachVolume),
  post(`${volumes}{uuid}/detach/`, detachVolume),
  post(`${volumes}{uuid}/pull/`, pullVolume),
  post(`${volumes}{uuid}/unlink/`, unlinkVolume),
  { template: orders, handlers: { GET: listOrders, POST: createOrder }, allow: collection },
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
  { ...get("/api/configuration/", readConfiguration, plain), open: true },
  { ...post("/api-auth/password/", logIn), open: true },
];

const compiled = routes.map((route) => ({
  route,
  pattern: new RegExp(`^${route.template.replace("{uuid}", "([^/.]+)")}$`),
}));

/** The route of a path and the id in it, or undefined. Fixed paths win over ids (`users/me`). */
export function matchRoute(path: string): { route: Route; uuid: string } | undefined {
  for (const { route, pattern } of compiled) {
    const match = pattern.exec(path);
    if (match !== null) return { route, uuid: match[1] ?? "" };
  }
  return undefined;
}
