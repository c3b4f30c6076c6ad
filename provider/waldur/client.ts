import { z } from "zod";
import { abortable } from "../core/abortable";
import type { Clock } from "../core/clock";
import { ConnectionError, UserError } from "../core/errors";
import type { HttpClient, HttpResponse } from "../core/http/http";
import { pinned } from "../core/http/origin";
import { overQuota } from "../core/http/overQuota";
import type { Query } from "../core/http/query";
import { segment } from "../core/http/segment";
import { understood } from "../core/http/wire";
import { Witnesses } from "../core/http/witnesses";
import { Shared } from "../core/shared";
import { isRecord, uuidIn } from "../core/values";
import { Experience } from "../core/wait/experience";
import { Turns } from "../core/wait/turns";
import { type Page, Watcher } from "../core/wait/watcher";
import { follow, type ListReader, pageSize, readPage, readUpTo, readWhole, unlessBeyond } from "./lists";
import { fieldsOf } from "./names";
import { isForeign, isNotFound } from "./notFound";
import { readOrdered } from "./ordered";
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

/** The collections that can be read in the order of `created`. */
const byAge: ReadonlySet<Kind> = new Set([
  "openstack-snapshots",
  "openstack-volumes",
  "marketplace-orders",
  "marketplace-resources",
]);

/** The few fields that a wait needs of each kind. */
const common = { uuid: true, state: true, errorMessage: true, runtimeState: true, backendId: true } as const;
const briefSnapshot = snapshotFields.pick(common);
const briefVolume = volumeFields.pick({ ...common, instanceId: true, action: true });
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
  /** Every clock that tells what is over. */
  readonly time: Witnesses;
  #me: Promise<string> | undefined;
  readonly #access = new Map<string, Shared<boolean>>();

  /** @param root path of the API, e.g. `/api` */
  constructor(
    readonly http: HttpClient,
    readonly root: string,
    readonly clock: Clock,
  ) {
    const service = () => this.http.serverClock;
    this.time = new Witnesses({ title: "Waldur", local: clock, service, ask: () => this.#askForMe() });
    this.snapshots = this.#watcher("openstack-snapshots", briefSnapshot);
    this.volumes = this.#watcher("openstack-volumes", briefVolume);
    this.orders = this.#watcher("marketplace-orders", briefOrder);
  }

  /** The server's time, as well as it is known, in milliseconds since the epoch. */
  now(): number {
    return this.http.serverClock.now();
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
    try {
      return await this.http.request({ method, path, body, signal });
    } catch (error) {
      throw overQuota(error, "the portal's operator");
    }
  }

  /**
   * Every row of a collection that is there all the time, however many pages it has and whatever comes and goes
   * meanwhile; the oldest first, or the newest where `o` is `-created`.
   */
  async all<T extends z.ZodType>(
    kind: Kind,
    schema: T,
    { o, ...query }: Query,
    signal?: AbortSignal,
  ): Promise<z.output<T>[]> {
    const reader = this.#reader(this.path(kind), schema, signal);
    if (!byAge.has(kind)) return follow(reader, { page_size: pageSize, ...query });
    const rows = await readWhole(reader, query);
    return o === "-created" ? rows.reverse() : rows;
  }

  /** The same in the order of `o`, by name where there is none. */
  ordered<T extends z.ZodType>(
    kind: Kind,
    schema: T,
    query: Query,
    signal?: AbortSignal,
  ): Promise<z.output<T>[]> {
    return readOrdered(this.#reader(this.path(kind), schema, signal), query);
  }

  /** Every row of a list that is no collection. */
  follow<T extends z.ZodType>(path: string, schema: T, signal?: AbortSignal): Promise<z.output<T>[]> {
    return follow(this.#reader(path, schema, signal), {});
  }

  /** One page of a collection. */
  page<T extends z.ZodType>(
    kind: Kind,
    schema: T,
    query: Query,
    signal?: AbortSignal,
  ): Promise<Page<z.output<T>>> {
    return readPage(this.#reader(this.path(kind), schema, signal), { page_size: pageSize, ...query });
  }

  /** Every row of a collection that is read by age, as {@link all} gives them; `undefined` where there are more pages. */
  upTo<T extends z.ZodType>(
    pages: number,
    kind: Kind,
    schema: T,
    query: Query,
  ): Promise<z.output<T>[] | undefined> {
    return readUpTo(pages, this.#reader(this.path(kind), schema, undefined), query);
  }

  #reader<T extends z.ZodType>(path: string, schema: T, signal: AbortSignal | undefined): ListReader<T> {
    return { http: this.http, path, schema, signal };
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

  /** UUID of the user whose token it is. */
  me(signal?: AbortSignal): Promise<string> {
    this.#me ??= this.#askForMe();
    // A failure is not for ever.
    this.#me.catch(() => (this.#me = undefined));
    return abortable(this.#me, signal);
  }

  async #askForMe(): Promise<string> {
    const query = { field: ["uuid"] };
    const { body } = await this.http.request({ method: "GET", path: `${this.root}/users/me/`, query });
    return understood(z.object({ uuid: z.string() }), body).uuid;
  }

  #watcher<T extends z.ZodObject & z.ZodType<{ uuid: string }>>(kind: Kind, schema: T): Watcher<z.output<T>> {
    const fields = fieldsOf(schema);
    const collection = {
      // The newest first: who is waited for is most often new.
      list: (page: number) => {
        const query = { page_size: pageSize, o: "-created", field: fields, page: String(page) };
        const read = () => readPage(this.#reader(this.path(kind), schema, undefined), query);
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
