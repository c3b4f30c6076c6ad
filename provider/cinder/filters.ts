import { z } from "zod";
import type { Query } from "../core/http/query";
import { snake } from "../core/http/wire";
import { ownValue, sameJson } from "../core/values";
import { dashed, reference, sameReference } from "./references";

/** How the service takes a filter. */
interface FilterMeta {
  /** Older services ignore it silently; then it is applied on our side (contract, "List"). */
  since?: string;
  /** Its value on the wire is a text of key and value. */
  texts?: true;
  /** The value is a uuid. */
  uuid?: true;
}

type Filter<T extends z.ZodType> = z.ZodOptional<T>;

const filter = <T extends z.ZodType>(type: T, description: string, meta: FilterMeta = {}): Filter<T> =>
  type.meta({ description, ...meta }).optional();

const text = (description: string, meta?: FilterMeta) => filter(z.string(), description, meta);

const common = {
  name: text("The whole name; case counts."),
  status: text("Status, e.g. available."),
  metadata: filter(
    z.record(z.string(), z.string(), { message: "expected an object of texts" }),
    "Metadata that it has: every key given, with that value.",
    { since: "3.22", texts: true },
  ),
  projectId: text(
    "UUID of the project. Another than that of the credentials: with allTenants, for administrators.",
  ),
  consumesQuota: filter(z.boolean(), "Whether it counts against the quota.", { since: "3.65" }),
};

/** Filters of snapshots. API page: List snapshots and details; contract, "List". */
export const snapshotFilters = {
  ...common,
  volumeId: filter(reference(""), "The volume that the snapshot was taken of: uuid.", { uuid: true }),
};

/** Filters of volumes. Block Storage API v3, List accessible volumes with details. */
export const volumeFilters = {
  ...common,
  bootable: filter(z.boolean(), "Whether an instance can boot from it."),
  availabilityZone: text("Availability zone."),
  size: filter(z.int().positive(), "Size in GiB: 10 GiB is 10."),
  snapshotId: filter(reference(""), "The snapshot that it was made from: uuid.", { uuid: true }),
  volumeType: text("Name of the volume type."),
};

/** Which part of a list is wanted. API page: List snapshots and details. */
export const pagingArgs = {
  allTenants: z.boolean().describe("Those of every project; for administrators. Default: false.").optional(),
  sort: z
    .array(
      z.string().regex(/^[A-Za-z_]+(:(asc|desc))?$/, {
        message: 'expected a name of a field and a direction, e.g. "createdAt:desc"',
      }),
    )
    .describe('Order of the rows, e.g. ["createdAt:desc", "id:asc"]. Default: the newest first.')
    .optional(),
  limit: z.int().positive().describe("So many rows at most. Default: all.").optional(),
  marker: reference("Only rows that come after the one with this uuid.").optional(),
  offset: z.int().nonnegative().describe("Leave so many rows out first. Default: 0.").optional(),
  withCount: z
    .boolean()
    .describe("Count what matches, whatever limit and offset say. Default: false.")
    .optional(),
};

/** The arguments of a list apart: what the service filters by, and what is done on our side. */
export interface Filters {
  /** For the service. */
  query: Query;
  /** Whether a row matches, whatever the service made of the query. */
  matches: (row: Record<string, unknown>) => boolean;
  /** Filters that the service does not know, so that it shows more than what matches. */
  ours: string[];
}

/**
 * Writes filters as a query. The service gets those that it knows; all are applied to what it answers, since what it
 * does not know it may ignore silently.
 *
 * @param shape the filters
 * @param values their values, by name
 * @param knows whether the service knows a microversion
 * @param refused names of filters that the service has refused
 */
export function filtersOf(
  shape: Record<string, z.ZodType>,
  values: Record<string, unknown>,
  knows: (version: string) => boolean,
  refused: readonly string[],
): Filters {
  const query: Record<string, string> = {};
  const ours: string[] = [];
  const given = Object.keys(shape).filter((name) => values[name] !== undefined);
  for (const name of given) {
    const { since, texts, uuid } = metaOf(shape[name]);
    const wire = snake(name);
    if ((since && !knows(since)) || refused.includes(wire)) ours.push(name);
    else if (texts) query[wire] = JSON.stringify(values[name]);
    // The service knows one spelling of a uuid alone, and finds nothing by another.
    else query[wire] = (uuid && dashed(String(values[name]))) || String(values[name]);
  }
  return {
    query,
    ours,
    matches: (row) => given.every((name) => same(metaOf(shape[name]), row[name], values[name])),
  };
}

function same({ texts, uuid }: FilterMeta, actual: unknown, wanted: unknown): boolean {
  if (texts) {
    const metadata = (actual ?? {}) as Record<string, unknown>;
    return Object.entries(wanted as Record<string, unknown>).every(
      ([key, value]) => ownValue(metadata, key) === value,
    );
  }
  if (uuid) return sameReference(actual, wanted);
  if (typeof wanted === "string") return String(actual ?? "").toLowerCase() === wanted.toLowerCase();
  return sameJson(actual, wanted);
}

function metaOf(field: unknown): FilterMeta {
  const inner = field instanceof z.ZodOptional ? field.unwrap() : field;
  return ((inner as z.ZodType | undefined)?.meta() ?? {}) as FilterMeta;
}

/** Names of fields in an order, as the service writes them: `createdAt:desc` is `created_at:desc`. */
export function sortOf(sort: readonly string[] | undefined): string | undefined {
  return sort?.map(snake).join(",");
}
