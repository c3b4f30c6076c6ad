import type { JsonObject } from "../../http/json";
import { find, type Kind, visible } from "../api/access";
import type { Call, Handler } from "../api/call";
import { pickFields, type View } from "../api/view";
import type { Row } from "../model";
import type { World } from "../world";
import { applyFilters, type Filters } from "./filters";
import { applyOrdering, type SortKeys } from "./ordering";
import { paginate } from "./paging";

/** How a kind of object is listed and read. */
export interface Listing<T extends Row> {
  kind: Kind<T>;
  filters: Filters<T> | ((call: Call) => Filters<T>);
  keys: (world: World) => SortKeys<T>;
  /** The order without `o=`. */
  standard: string;
  body: (view: View, row: T) => JsonObject;
}

/** Answers a list: filter, sort, cut into pages, keep the wanted fields (recordings 03, 04, 05). */
export function lists<T extends Row>({ kind, filters, keys, standard, body }: Listing<T>): Handler {
  return (call) => {
    const { query, view, path, world } = call;
    const all = typeof filters === "function" ? filters(call) : filters;
    const found = applyFilters(visible(call, kind), all, query);
    const sorted = applyOrdering(found, keys(world), standard, query);
    const page = paginate(sorted, query, `${view.origin}${path}`);
    const fields = query.getAll("field");
    return {
      status: 200,
      body: page.rows.map((row) => pickFields(body(view, row), fields)),
      headers: page.headers,
    };
  };
}

/** Answers one object with the wanted fields. */
export function reads<T extends Row>({ kind, body }: Pick<Listing<T>, "kind" | "body">): Handler {
  return (call) => ({
    status: 200,
    body: pickFields(body(call.view, find(call, kind)), call.query.getAll("field")),
  });
}
