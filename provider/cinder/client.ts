import { z } from "zod";
import type { Clock } from "../core/clock";
import { ApiError, ConnectionError } from "../core/errors";
import type { HttpResponse } from "../core/http/http";
import type { Query } from "../core/http/query";
import { segment } from "../core/http/segment";
import type { Witnesses } from "../core/http/witnesses";
import { Remembered } from "../core/resource/sharedList";
import { Shared } from "../core/shared";

import { isRecord } from "../core/values";
import type { Experience } from "../core/wait/experience";
import { Watcher } from "../core/wait/watcher";
import type { ServiceClient } from "../openstack/serviceClient";
import { readRows } from "./rows";
import { snapshotRow } from "./snapshot/schema";
import { volumeRow } from "./volume/schema";
import { type ListPage, pageOf, under } from "./wire";

/** The collections of the API that have objects of their own, with what one of them is called. */
export const collections = {
  snapshot: { path: "snapshots", list: "snapshots", fields: snapshotRow },
  // The short list of volumes has no status.
  volume: { path: "volumes", list: "volumes/detail", fields: volumeRow },
} as const;

/** A kind of object. */
export type Kind = keyof typeof collections;

/** Who misses an object within this time shares one reading of a list. */
const gatherMs = 500;

/** Rows of a page that a wait asks for: enough for a large run, and no burden for the server. */
const watchedRows = 300;

/** The few fields that a wait needs of each kind. */
const briefSnapshot = snapshotRow.pick({ id: true, status: true, updatedAt: true });
const briefVolume = volumeRow.pick({
  id: true,
  status: true,
  size: true,
  volumeType: true,
  volumeTypeId: true,
  updatedAt: true,
  migrationStatus: true,
});

/** What a wait sees of an object. */
export type Brief = Partial<z.output<typeof briefVolume>> & { id: string };

/**
 * Cinder's API v3: paths, references and paging. What an answer means is for the lifecycles to say.
 */
export class CinderClient {
  readonly snapshots: Watcher<Brief>;
  readonly volumes: Watcher<Brief>;
  /** Every clock that tells what is over. */
  readonly time: Witnesses;
  /** The ids in a list, by its kind and the volume that it is of. */
  readonly #ids = new Map<string, Shared<Set<string>>>();

  /** What creations look through for what killed runs have left, by kind. */
  readonly leftovers: Remembered<readonly (z.output<typeof snapshotRow> | z.output<typeof volumeRow>)[]>;

  constructor(readonly service: ServiceClient) {
    this.leftovers = new Remembered(service.clock);
    const path = `/${collections.snapshot.path}`;
    this.time = service.witnesses(() =>
      // The first answer of a service tells its time, and every request waits for the microversion anyway.
      service.serverClock === undefined
        ? service.microversion()
        : service.request({ method: "GET", path, query: { limit: 1 } }),
    );
    this.snapshots = this.#watcher("snapshot", briefSnapshot);
    this.volumes = this.#watcher("volume", briefVolume);
  }

  /** How long operations take on this server. */
  get experience(): Experience {
    return this.service.experience;
  }

  /** UUIDs of everything that this process has created. */
  get claimed(): Set<string> {
    return this.service.claimed;
  }

  get clock(): Clock {
    return this.service.clock;
  }

  /** Path of an object, or of a part of it. @throws UserError for an id that can be none */
  path(kind: Kind, id: string, ...parts: string[]): string {
    return ["", collections[kind].path, ...[id, ...parts].map(segment)].join("/");
  }

  /** @returns the body of the object, or `undefined` where the service says that it does not exist */
  async get(kind: Kind, id: string, signal?: AbortSignal): Promise<unknown> {
    const usable = (body: unknown) => isRecord(body) && isRecord(body[kind]) && body[kind].id === id;
    try {
      return (await this.service.request({ method: "GET", path: this.path(kind, id), signal, usable })).body;
    } catch (error) {
      if (isNotFound(error, id)) return undefined;
      throw isForeign(error) ? new ConnectionError(`${error.message} (not in Cinder's words)`, true) : error;
    }
  }

  /**
   * Whether a list shows an object. There is no filter for one id, so a snapshot is looked for among those of its
   * volume, where that is known. The list is read once for all who ask at about the same moment.
   */
  async lists(kind: Kind, id: string, volume: string | undefined, signal?: AbortSignal): Promise<boolean> {
    const query = kind === "snapshot" && volume !== undefined ? { volume_id: volume } : {};
    const key = JSON.stringify([kind, query]);
    const ids = this.#ids.get(key) ?? new Shared(this.clock, () => this.#idsOf(kind, query), gatherMs);
    this.#ids.set(key, ids);
    return (await ids.answer(signal)).has(id);
  }

  async #idsOf(kind: Kind, query: Query): Promise<Set<string>> {
    const { path } = collections[kind];
    const rows = await this.all(`/${path}`, path, z.object({ id: z.string() }), query);
    return new Set(rows.map(({ id }) => id));
  }

  /** Sends a write, once. */
  async send(
    method: "POST" | "PUT" | "DELETE",
    path: string,
    body?: unknown,
    options: { query?: Query; signal?: AbortSignal | undefined } = {},
  ): Promise<HttpResponse> {
    return this.service.request({ method, path, body, ...options });
  }

  /** One page of a list. @param path below the endpoint, e.g. `/snapshots/detail` @param key of the rows */
  async page<T extends z.ZodType>(
    path: string,
    key: string,
    schema: T,
    query: Query,
    signal?: AbortSignal,
  ): Promise<ListPage<z.output<T>>> {
    const usable = (body: unknown) => isRecord(body) && Array.isArray(body[key]);
    const { body } = await this.service.request({ method: "GET", path, query, signal, usable });
    return pageOf(key, schema, body);
  }

  /** Every row of a list that is there all the time; see {@link readRows}. */
  async all<T extends z.ZodType<{ id: string }>>(
    path: string,
    key: string,
    schema: T,
    query: Query,
    signal?: AbortSignal,
  ): Promise<z.output<T>[]> {
    const page = (part: Query) => this.page(path, key, schema, { ...query, ...part }, signal);
    return (await readRows<z.output<T>>(path, page)).rows;
  }

  #watcher<T extends z.ZodType<Brief>>(kind: Kind, schema: T): Watcher<Brief> {
    const { path, list } = collections[kind];
    let marker: string | undefined;
    const collection = {
      // The newest come first, and who is waited for is most often new.
      list: async (number: number) => {
        const query = { limit: watchedRows, ...(number > 1 && marker ? { marker } : {}) };
        const page = await this.page(`/${list}`, path, schema, query).catch((error) => {
          // The row that the last page ended with has gone since: who is missing is asked for by itself.
          if (number > 1 && error instanceof ApiError && error.status === 404) return undefined;
          throw error;
        });
        marker = page?.items.at(-1)?.id;
        return { items: page?.items ?? [], last: !page?.more || marker === undefined };
      },
      get: async (id: string) => {
        const body = await this.get(kind, id);
        return body === undefined ? undefined : (under(kind, schema, body) as Brief);
      },
      idOf: (item: Brief) => item.id,
    };
    return new Watcher(collection, this.clock);
  }
}

/**
 * Whether an answer says in Cinder's own words that an object does not exist: `{"itemNotFound": ...}` that names it. A
 * route that the service does not know is a 404 as well, and so is one of a proxy before it (contract, "Errors").
 */
export function isNotFound(error: unknown, id: string): boolean {
  return (
    error instanceof ApiError &&
    error.status === 404 &&
    error.fault === "itemNotFound" &&
    error.reason.includes(id)
  );
}

/** A 404 that is somebody else's: to ask again later can help. */
function isForeign(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 404 && error.fault !== "itemNotFound";
}
