import { z } from "zod";
import type { Clock } from "../core/clock";
import { ApiError, ConnectionError, UserError } from "../core/errors";
import type { HttpClient, HttpResponse } from "../core/http/http";
import { pinned } from "../core/http/origin";
import type { Query } from "../core/http/query";
import { segment } from "../core/http/segment";
import { snake } from "../core/http/wire";
import { Shared } from "../core/shared";
import { isRecord, uuidIn } from "../core/values";
import { Experience } from "../core/wait/experience";
import { Turns } from "../core/wait/turns";
import { type Page, Watcher } from "../core/wait/watcher";
import { fromWire, orderFields, snapshotFields, volumeFields } from "./wire";

/** The collections of the API that the provider uses, by the name of their path. */
export type Kind =
  | "openstack-snapshots"
  | "openstack-volumes"
  | "openstack-volume-types"
  | "openstack-images"
  | "openstack-instances"
  | "openstack-volume-availability-zones"
  | "marketplace-orders"
  | "marketplace-resources"
  | "marketplace-public-offerings"
  | "projects";

/** The server caps pages silently at this length (contract, "lists"). */
const pageSize = 300;

/** One page, and how many rows all pages have. */
type CountedPage<T> = Page<T> & { total: number | undefined };

/** The few fields that a wait needs of each kind. */
const briefSnapshot = snapshotFields.pick({ uuid: true, state: true, errorMessage: true });
const briefVolume = volumeFields.pick({
  uuid: true,
  state: true,
  errorMessage: true,
  runtimeState: true,
  instance: true,
  action: true,
});
const briefOrder = orderFields.pick({ uuid: true, state: true, errorMessage: true, resourceUuid: true });

/**
 * Waldur's REST API: paths, references and paging. What an answer means is for the lifecycles to say.
 */
export class WaldurClient {
  /** How long operations take on this server. */
  readonly experience = new Experience();
  readonly snapshots: Watcher<z.output<typeof briefSnapshot>>;
  readonly volumes: Watcher<z.output<typeof briefVolume>>;
  readonly orders: Watcher<z.output<typeof briefOrder>>;
  /** Uuids of everything that this process has created. */
  readonly claimed = new Set<string>();
  /** Creations that nothing would tell apart if they ran side by side. */
  readonly turns = new Turns();
  #me: Promise<string> | undefined;
  readonly #access = new Map<string, Shared<boolean>>();

  /** @param root path of the API, e.g. `/api` */
  constructor(
    readonly http: HttpClient,
    readonly root: string,
    readonly clock: Clock,
  ) {
    this.snapshots = this.#watcher("openstack-snapshots", briefSnapshot);
    this.volumes = this.#watcher("openstack-volumes", briefVolume);
    this.orders = this.#watcher("marketplace-orders", briefOrder);
  }

  /** Path of a collection, or of an object of it, or of an action on that. */
  path(kind: Kind, uuid?: string, action?: string): string {
    const object = uuid === undefined ? undefined : segment(uuid);
    return [this.root, kind, object, action].filter(Boolean).join("/").concat("/");
  }

  /** The URL that names an object where the API wants a hyperlink. */
  url(kind: Kind, uuid: string): string {
    return this.http.origin + this.path(kind, uuid);
  }

  /**
   * The uuid that a reference of the user's means.
   *
   * @param reference uuid in any spelling, or URL of this server
   * @throws UserError for anything else
   */
  uuid(property: string, reference: string): string {
    const uuid = uuidIn(reference);
    if (uuid === undefined)
      throw new UserError(`"${reference}" is neither a uuid nor a URL of one`, property);
    if (reference.includes("://")) pinned(this.http.origin, reference);
    return uuid;
  }

  /** @returns the object, or `undefined` where the API itself answers that there is none */
  async get(kind: Kind, uuid: string, fields?: readonly string[], signal?: AbortSignal): Promise<unknown> {
    // By its uuid it is known that the answer is about this one.
    const query = fields ? { field: [...new Set(["uuid", ...fields])] } : undefined;
    const usable = (body: unknown) => isRecord(body) && uuidIn(body.uuid) === uuidIn(uuid);
    try {
      return (await this.http.request({ method: "GET", path: this.path(kind, uuid), query, signal, usable }))
        .body;
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw isForeign(error) ? new ConnectionError(`${error.message} (not in Waldur's words)`, true) : error;
    }
  }

  /** Whether a collection shows an object, by the filter for one uuid. */
  async lists(kind: Kind, uuid: string, signal?: AbortSignal): Promise<boolean> {
    const row = z.object({ uuid: z.string() });
    const isIt = (item: z.output<typeof row>) => uuidIn(item.uuid) === uuidIn(uuid);
    const { items } = await this.page(kind, row, { uuid, field: ["uuid"] }, signal);
    // Whoever does not know a filter ignores it (contract, "filters").
    if (items.every(isIt)) return items.length > 0;
    return (await this.all(kind, row, { field: ["uuid"] }, signal)).some(isIt);
  }

  /** Sends a write, once. */
  async send(
    method: "POST" | "PATCH" | "DELETE",
    path: string,
    body?: unknown,
    signal?: AbortSignal,
  ): Promise<HttpResponse> {
    return this.http.request({ method, path, body, signal });
  }

  /** Every row of a collection, however many pages it has. */
  async all<T extends z.ZodType>(
    kind: Kind,
    schema: T,
    query: Query,
    signal?: AbortSignal,
  ): Promise<z.output<T>[]> {
    return this.follow(this.path(kind), schema, { page_size: pageSize, ...query }, signal);
  }

  /** Every row of a list, from page to page as the server links them. */
  async follow<T extends z.ZodType>(
    path: string,
    schema: T,
    query: Query,
    signal?: AbortSignal,
  ): Promise<z.output<T>[]> {
    // Rows move between pages while they are read: none is to come twice.
    const rows = new Map<unknown, z.output<T>>();
    for (let page = 1, last = false; !last; page++) {
      const read = () => this.#rows(path, schema, page === 1 ? query : { ...query, page }, signal);
      const next = await (page === 1 ? read() : unlessBeyond(read));
      for (const row of next.items) rows.set((row as { uuid?: unknown }).uuid ?? row, row);
      last = next.last;
    }
    return [...rows.values()];
  }

  /** One page of a collection, and how many rows all of them have where the server says that. */
  async page<T extends z.ZodType>(
    kind: Kind,
    schema: T,
    query: Query,
    signal?: AbortSignal,
  ): Promise<CountedPage<z.output<T>>> {
    return this.#rows(this.path(kind), schema, { page_size: pageSize, ...query }, signal);
  }

  async #rows<T extends z.ZodType>(
    path: string,
    schema: T,
    query: Query,
    signal: AbortSignal | undefined,
  ): Promise<CountedPage<z.output<T>>> {
    const { body, headers } = await this.http.request({ method: "GET", path, query, signal });
    const items = z
      .array(z.unknown())
      .parse(body)
      .map((item) => fromWire(schema, item));
    const count = Number(headers["x-result-count"] ?? Number.NaN);
    const total = Number.isNaN(count) ? undefined : count;
    return { items, last: !/rel="?next/.test(String(headers.link ?? "")), total };
  }

  /**
   * Whether the token sees a project now; many who ask at the same moment are answered by one request. Waldur answers
   * 404 for an object that is gone and for one that the token may no longer see; only who sees the project can tell
   * the one from the other.
   */
  sees(projectUuid: string, signal?: AbortSignal): Promise<boolean> {
    const ask = async () => (await this.get("projects", projectUuid, ["uuid"])) !== undefined;
    const shared = this.#access.get(projectUuid) ?? new Shared(this.clock, ask);
    this.#access.set(projectUuid, shared);
    return shared.answer(signal);
  }

  /** The server's present time, in milliseconds since the epoch; asks it something where it has told none yet. */
  async serverNow(): Promise<number> {
    if (!this.http.timeKnown) await this.me();
    return this.http.serverNow();
  }

  /** UUID of the user whose token it is. */
  me(): Promise<string> {
    this.#me ??= this.http
      .request({ method: "GET", path: `${this.root}/users/me/`, query: { field: ["uuid"] } })
      .then(({ body }) => z.object({ uuid: z.string() }).parse(body).uuid);
    // A failure is not for ever.
    this.#me.catch(() => (this.#me = undefined));
    return this.#me;
  }

  #watcher<T extends z.ZodObject & z.ZodType<{ uuid: string }>>(kind: Kind, schema: T): Watcher<z.output<T>> {
    const fields = Object.keys(schema.shape).map(snake);
    const collection = {
      // The newest first: who is waited for is most often new.
      list: (page: number) => {
        const read = () => this.page(kind, schema, { o: "-created", field: fields, page: String(page) });
        return page === 1 ? read() : unlessBeyond(read);
      },
      get: async (id: string) => {
        const body = await this.get(kind, id, fields);
        return body === undefined ? undefined : fromWire(schema, body);
      },
      idOf: (item: z.output<T>) => item.uuid,
    };
    return new Watcher(collection, this.clock);
  }
}

/** A page that is no longer there, since rows have gone while the pages before it were read, is the end. */
async function unlessBeyond<T>(read: () => Promise<Page<T>>): Promise<Page<T>> {
  try {
    return await read();
  } catch (error) {
    if (isNotFound(error)) return { items: [], last: true };
    throw error;
  }
}

/**
 * Whether an answer says in Waldur's own words that there is no such object: `{"detail": "..."}` (contract, "error
 * bodies"). A 404 of a gateway, or a page of a web server that knows no such route, says nothing of the object.
 */
export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404 && error.keys.includes("detail");
}

/** A 404 that is somebody else's: to ask again later can help. */
function isForeign(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 404 && !error.keys.includes("detail");
}
