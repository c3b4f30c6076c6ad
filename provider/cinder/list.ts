import type { z } from "zod";
import { ApiError } from "../core/errors";
import type { Query } from "../core/http/query";
import type { Lookup } from "../core/resource/lifecycle";
import { defined } from "../core/values";
import { type CinderClient, collections, type Kind } from "./client";
import { filtersOf, snapshotFilters, sortOf, volumeFilters } from "./filters";
import { uuidOf } from "./references";
import { type Part, readRows } from "./rows";

/** What a look-up works with. */
export type LookupContext = Parameters<Lookup<CinderClient>["invoke"]>[1];

/** Arguments of a list: filters, and which part of it. */
export interface ListArgs {
  allTenants?: boolean;
  sort?: string[];
  limit?: number;
  marker?: string;
  offset?: number;
  withCount?: boolean;
  [filter: string]: unknown;
}

/** Rows of a list, and how many match where that was asked for. */
export interface Listed<Row> {
  rows: Row[];
  count: number | undefined;
}

const shapes: Record<Kind, Record<string, z.ZodType>> = { snapshot: snapshotFilters, volume: volumeFilters };

/** What the lists without details show at every microversion. API page: List accessible snapshots. */
export const shortFields: Record<Kind, readonly string[]> = {
  snapshot: ["id", "name", "description", "status", "volumeId", "size", "metadata", "createdAt", "updatedAt"],
  volume: ["id", "name"],
};

/** A service counts from this microversion on. */
const counts = "3.45";
/** From this microversion on a name can be sorted by under that name. */
const sortsByName = "3.30";

/**
 * The rows that match, however many pages there are. What the service cannot do at its microversion is done here:
 * filters that it would ignore, counting, and the part of the list where either is so.
 *
 * @param short whether the list without details does, where the filters need no more than it shows
 */
export async function list<T extends z.ZodType<{ id: string }>>(
  kind: Kind,
  row: T,
  args: ListArgs,
  { client, signal }: LookupContext,
  short = false,
): Promise<Listed<z.output<T>>> {
  const { allTenants, sort, limit, marker, offset, withCount = false, ...filters } = args;
  const version = (await client.service.microversion(signal)) ?? "3.0";
  const knows = (wanted: string) => minorOf(version) >= minorOf(wanted);
  // The service takes this filter from administrators alone; everybody sees just the own project without it.
  const own = filters.projectId !== undefined && !allTenants && (await client.service.projectId(signal));
  const server = own === filters.projectId ? { ...filters, projectId: undefined } : filters;

  const shows = Object.keys(filters).every((name) => shortFields[kind].includes(name));
  const path = `/${collections[kind].path}${short && shows ? "" : "/detail"}`;
  const refused: string[] = [];
  for (;;) {
    const { query, ours } = filtersOf(shapes[kind], server, knows, refused);
    const { matches } = filtersOf(shapes[kind], filters, knows, refused);
    const all = defined({
      ...query,
      all_tenants: allTenants ? "1" : undefined,
      sort: sortFor(sort, knows),
      marker: marker === undefined ? undefined : uuidOf("marker", marker),
    });
    const here = ours.length > 0 || (withCount && !knows(counts));
    try {
      if (here) {
        const found = (await read(client, path, kind, row, all, {}, signal)).rows.filter((each) =>
          matches(each),
        );
        const start = offset ?? 0;
        const end = limit === undefined ? undefined : start + limit;
        return { rows: found.slice(start, end), count: withCount ? found.length : undefined };
      }
      const part = { offset, limit, withCount };
      const { rows, count } = await read(client, path, kind, row, all, part, signal);
      return { rows: rows.filter((each) => matches(each)), count };
    } catch (error) {
      // Another project's rows are not among those that the service would show instead.
      const unknown = unknownFilters(error).filter((name) => name in query && name !== "project_id");
      if (unknown.length === 0) throw error;
      refused.push(...unknown);
    }
  }
}

/** Reads the rows that are there all the time, or a part of them. */
async function read<T extends z.ZodType<{ id: string }>>(
  client: CinderClient,
  path: string,
  kind: Kind,
  row: T,
  query: Record<string, string>,
  { withCount, ...part }: Part & { withCount?: boolean | undefined },
  signal: AbortSignal | undefined,
): Promise<Listed<z.output<T>>> {
  const asked = { ...query, ...(withCount ? { with_count: "true" } : {}) };
  const page = (more: Query) => client.page(path, collections[kind].path, row, { ...asked, ...more }, signal);
  const { rows, count, pages } = await readRows<z.output<T>>(path, page, part);
  const { sort, ...unsorted } = asked as Record<string, string>;
  const isPart = part.limit !== undefined || part.offset !== undefined;
  if (pages === 1 || isPart || sort === undefined || !canMove(sort)) return { rows, count };
  // A row whose place in the order changed may have moved over a marker; by age none does.
  const byAge = (more: Query) =>
    client.page(path, collections[kind].path, row, { ...unsorted, ...more }, signal);
  const seen = new Set(rows.map(({ id }) => id));
  const others = (await readRows<z.output<T>>(path, byAge)).rows;
  return { rows: [...rows, ...others.filter(({ id }) => !seen.has(id))], count };
}

/** Whether a row can get another place in an order while it lives. */
function canMove(sort: string): boolean {
  return sort.split(",").some((key) => !/^(created_at|id)(:|$)/.test(key));
}

/** Services before 3.30 call it `display_name` when they sort, and say so of no other field. */
function sortFor(
  sort: readonly string[] | undefined,
  knows: (version: string) => boolean,
): string | undefined {
  const keys = sortOf(sort);
  return knows(sortsByName) ? keys : keys?.replace(/(^|,)name(?=[:,]|$)/g, "$1display_name");
}

/** The filters that a service says it does not know, by their names on the wire. */
function unknownFilters(error: unknown): string[] {
  if (!(error instanceof ApiError) || error.status !== 400) return [];
  const [, names = ""] = /Invalid filters (.*) are found/.exec(error.reason) ?? [];
  return names.split(",").map((name) => name.trim());
}

function minorOf(version: string): number {
  return Number(version.split(".")[1] ?? 0);
}
