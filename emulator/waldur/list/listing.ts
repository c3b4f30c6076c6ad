import type { JsonObject } from "../../http/json";
import type { Reply } from "../../http/reply";
import type { Call } from "../api/call";
import { pickFields } from "../api/view";
import { applyFilters, type Filters } from "./filters";
import { applyOrdering, type SortKeys } from "./ordering";
import { paginate } from "./paging";

/** How one collection is listed. */
export interface Listing<T> {
  filters: Filters<T>;
  keys: SortKeys<T>;
  /** The order without `o=`. */
  standard: string;
  body: (row: T) => JsonObject;
}

/** Answers a list: filter, sort, cut into pages, keep the wanted fields (recordings 03, 04, 05). */
export function listReply<T extends { pk: number }>(call: Call, rows: T[], listing: Listing<T>): Reply {
  const found = applyFilters(rows, listing.filters, call.query);
  const sorted = applyOrdering(found, listing.keys, listing.standard, call.query);
  const page = paginate(sorted, call.query, `${call.view.origin}${call.path}`);
  const fields = call.query.getAll("field");
  return {
    status: 200,
    body: page.rows.map((row) => pickFields(listing.body(row), fields)),
    headers: page.headers,
  };
}

/** Answers one object with the wanted fields. */
export function oneReply(call: Call, body: JsonObject): Reply {
  return { status: 200, body: pickFields(body, call.query.getAll("field")) };
}
