import { badRequest } from "../api/errors";
import { parseLink } from "../api/hyperlink";
import { parseUuid } from "../ids";

/** How one query parameter narrows a list (recordings 03, 05). */
type Filter<T> =
  | { by: "contains"; value: (row: T) => string | null }
  | { by: "exact"; value: (row: T) => string | null }
  /** A bare uuid; anything else is a 400. `crashes` names values that crash the server (recording 05). */
  | { by: "uuid"; keep: (row: T, uuid: string) => boolean; check?: (uuid: string) => void }
  /** A URL; what is none, or points elsewhere, finds nothing (recording 03). */
  | { by: "link"; collection: string; value: (row: T) => string | null }
  /** Choices; may be repeated, every value must be one of them, the empty string too (recording 03). */
  | { by: "choice"; parse: (text: string) => unknown; value: (row: T) => unknown }
  | { by: "since"; value: (row: T) => string }
  | { by: "nothing" };

/** Filters by parameter name. Unknown parameters are ignored: all rows (contract "filters"). */
export type Filters<T> = Record<string, Filter<T>>;

/** Narrows rows by the query, or refuses bad values with 400. Of a repeated parameter the last counts (recording 03). */
export function applyFilters<T>(rows: T[], filters: Filters<T>, query: URLSearchParams): T[] {
  const errors: Record<string, string[]> = {};
  let kept = rows;
  for (const [name, filter] of Object.entries(filters)) {
    const values = query.getAll(name);
    const last = values.at(-1);
    if (last === undefined) continue;
    const test = testOf(filter, values, last);
    if (typeof test === "string") errors[name] = [test];
    else if (test !== undefined) kept = kept.filter(test);
  }
  if (Object.keys(errors).length > 0) throw badRequest(errors);
  return kept;
}

/** The test that a filter makes of its values, an error text, or undefined for "all rows". */
function testOf<T>(
  filter: Filter<T>,
  values: string[],
  last: string,
): ((row: T) => boolean) | string | undefined {
  if (filter.by === "choice") {
    const bad = values.find((value) => filter.parse(value) === undefined);
    if (bad !== undefined) return `Select a valid choice. ${bad} is not one of the available choices.`;
    const wanted = values.map((value) => filter.parse(value));
    return (row) => wanted.includes(filter.value(row));
  }
  if (last === "") return undefined;
  switch (filter.by) {
    case "contains":
      return (row) => (filter.value(row) ?? "").toLowerCase().includes(last.toLowerCase());
    case "exact":
      return (row) => filter.value(row) === last;
    case "since":
      return (row) => Date.parse(filter.value(row)) >= Date.parse(last);
    case "nothing":
      return () => false;
    case "link": {
      const target = parseLink(last);
      return (row) => target?.collection === filter.collection && filter.value(row) === target.uuid;
    }
    case "uuid": {
      const uuid = parseUuid(last);
      if (uuid === undefined) return "Enter a valid UUID.";
      filter.check?.(uuid);
      return (row) => filter.keep(row, uuid);
    }
  }
}
