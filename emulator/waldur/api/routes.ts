import type { Route } from "../../http/service";
import { instanceListing } from "../instance/listing";
import { type Listing, lists, reads } from "../list/listing";
import type { Row } from "../model";
import { offeringListing } from "../offering/listing";
import { approveOrder, createOrder, orderListing, rejectOrder } from "../order/handlers";
import { projectListing } from "../project/listing";
import { readResource, resourceListing, terminateResource } from "../resource/handlers";
import {
  createSnapshot,
  deleteSnapshot,
  listRestorations,
  pullSnapshot,
  unlinkSnapshot,
  updateSnapshot,
} from "../snapshot/handlers";
import { snapshotListing } from "../snapshot/listing";
import { restoreSnapshot } from "../snapshot/restore";
import { attachVolume, detachVolume, extendVolume, retypeVolume } from "../volume/actions";
import { pullVolume, refuseMethod, unlinkVolume, updateVolume } from "../volume/handlers";
import { volumeListing } from "../volume/listing";
import { typeListing } from "../volumeType/listing";
import { readConfiguration, readMe, readVersion } from "./about";
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

/** A list and its objects, which are read and nothing else. */
function catalogue<T extends Row>(path: string, allow: [string, string], listing: Listing<T>): ApiRoute[] {
  return [get(path, lists(listing), allow[0]), get(`${path}{uuid}/`, reads(listing), allow[1])];
}

const snapshots = "/api/openstack-snapshots/";
const volumes = "/api/openstack-volumes/";
const orders = "/api/marketplace-orders/";
const resources = "/api/marketplace-resources/";

const views: readonly ApiRoute[] = [
  get(snapshots, lists(snapshotListing), collection),
  view(`${snapshots}{uuid}/`, object, {
    handlers: {
      GET: reads(snapshotListing),
      PUT: updateSnapshot,
      PATCH: updateSnapshot,
      DELETE: deleteSnapshot,
    },
  }),
  post(`${snapshots}{uuid}/pull/`, pullSnapshot),
  post(`${snapshots}{uuid}/unlink/`, unlinkSnapshot),
  post(`${snapshots}{uuid}/restore/`, restoreSnapshot),
  get(`${snapshots}{uuid}/restorations/`, listRestorations, readOnly),
  view(volumes, collection, { handlers: { GET: lists(volumeListing), POST: refuseMethod } }),
  view(`${volumes}{uuid}/`, object, {
    handlers: { GET: reads(volumeListing), PUT: updateVolume, PATCH: updateVolume, DELETE: refuseMethod },
  }),
  post(`${volumes}{uuid}/snapshot/`, createSnapshot),
  post(`${volumes}{uuid}/extend/`, extendVolume),
  post(`${volumes}{uuid}/retype/`, retypeVolume),
  post(`${volumes}{uuid}/attach/`, attachVolume),
  post(`${volumes}{uuid}/detach/`, detachVolume),
  post(`${volumes}{uuid}/pull/`, pullVolume),
  post(`${volumes}{uuid}/unlink/`, unlinkVolume),
  view(orders, collection, { handlers: { GET: lists(orderListing), POST: createOrder } }),
  get(`${orders}{uuid}/`, reads(orderListing), object),
  post(`${orders}{uuid}/approve_by_consumer/`, approveOrder),
  post(`${orders}{uuid}/reject_by_consumer/`, rejectOrder),
  get(resources, lists(resourceListing), collection),
  get(`${resources}{uuid}/`, readResource, object),
  post(`${resources}{uuid}/terminate/`, terminateResource),
  ...catalogue("/api/marketplace-public-offerings/", [readOnly, readOnly], offeringListing),
  ...catalogue("/api/openstack-volume-types/", [readOnly, readOnly], typeListing),
  ...catalogue("/api/openstack-instances/", [collection, object], instanceListing),
  ...catalogue("/api/projects/", [collection, object], projectListing),
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
