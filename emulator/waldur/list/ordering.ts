import { badRequest } from "../api/errors";

/** What a list can be sorted by; a missing value sorts last, as in the database (recording 04). */
export type SortKeys<T> = Record<string, (row: T) => string | number | null>;

/**
 * Sorts by `o=`: several keys with commas, `-` reverses, the last parameter counts. Equal rows stay in the order of
 * their creation either way; text is compared by code points, so capitals come first (recording 04).
 */
export function applyOrdering<T extends { pk: number }>(
  rows: T[],
  keys: SortKeys<T>,
  standard: string,
  query: URLSearchParams,
): T[] {
  const asked = query.getAll("o").at(-1) ?? "";
  const parts = (asked === "" ? standard : asked).split(",");
  const bad = parts.find((part) => keys[part.replace(/^-/, "")] === undefined);
  if (bad !== undefined)
    throw badRequest({ o: [`Select a valid choice. ${bad} is not one of the available choices.`] });
  return [...rows].sort((a, b) => {
    for (const part of parts) {
      const key = keys[part.replace(/^-/, "")];
      const order = key === undefined ? 0 : compare(key(a), key(b));
      if (order !== 0) return part.startsWith("-") ? -order : order;
    }
    return a.pk - b.pk;
  });
}

function compare(a: string | number | null, b: string | number | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}
