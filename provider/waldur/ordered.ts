import type { z } from "zod";
import type { Query } from "../core/http/query";
import { type ListReader, pageSize, readPage, readWhole } from "./lists";
import { nameOf } from "./names";
import { stateRank } from "./states";

type Row = Record<string, unknown>;

/**
 * Every row of a list in the order that is asked for, by name where none is. A list of one page comes as the server
 * orders it; a longer one is read by age, so that it is whole, and ordered here: strings by their code points, what is
 * missing last (recording 04).
 *
 * @param query may hold `o` and `field`
 */
export async function readOrdered<T extends z.ZodType>(
  reader: ListReader<T>,
  query: Query,
): Promise<z.output<T>[]> {
  const first = await readPage(reader, { page_size: pageSize, ...query });
  if (first.last) return [...first.items];
  const order = String(query.o ?? "name").split(",");
  const wanted = Array.isArray(query.field) ? (query.field as string[]) : undefined;
  const needed = wanted && [...new Set([...wanted, ...order.map((key) => key.replace(/^-/, ""))])];
  const rows = (await readWhole(reader, { ...query, ...(needed ? { field: needed } : {}) })) as Row[];
  const added = (needed ?? []).filter((name) => !wanted?.includes(name)).map(nameOf);
  const sorted = rows.sort((one, other) => compareBy(order, one, other));
  return sorted.map((row) => without(row, added)) as z.output<T>[];
}

function compareBy(order: readonly string[], one: Row, other: Row): number {
  for (const key of order) {
    const name = nameOf(key.replace(/^-/, ""));
    const [a, b] = [one, other].map((row) => (name === "state" ? stateRank(row[name]) : row[name]));
    const compared = compare(a, b);
    if (compared !== 0) return key.startsWith("-") ? -compared : compared;
  }
  // As they were made, either way.
  return 0;
}

function compare(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (a === undefined || b === undefined) return a === undefined ? 1 : -1;
  return (a as string | number) < (b as string | number) ? -1 : 1;
}

function without(row: Row, names: readonly string[]): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));
}
