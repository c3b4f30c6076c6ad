import type { z } from "zod";
import { ConnectionError } from "../core/errors";
import type { HttpClient } from "../core/http/http";
import type { Query } from "../core/http/query";
import { mostPages, refuseEndless, untilNothingNew } from "../core/pages";
import type { Page } from "../core/wait/watcher";
import { isNotFound } from "./notFound";
import { fromWire } from "./wire";

/** The server caps pages silently at this length (contract, "lists"). */
export const pageSize = 300;

/** A page, and how many pages the server says come before it. */
interface LinkedPage<T> extends Page<T> {
  before: number;
}

/** What lists are read with. */
export interface ListReader<T extends z.ZodType> {
  http: HttpClient;
  path: string;
  schema: T;
  signal: AbortSignal | undefined;
}

/** One page. Of its links only numbers are taken: none is ever followed. */
export async function readPage<T extends z.ZodType>(
  { http, path, schema, signal }: ListReader<T>,
  query: Query,
): Promise<LinkedPage<z.output<T>>> {
  const usable = Array.isArray;
  const { body, headers } = await http.request({ method: "GET", path, query, signal, usable });
  const items = (body as unknown[]).map((item) => fromWire(schema, item));
  const links = String(headers.link ?? "");
  return { items, last: linkedPage(links, "next") === undefined, before: linkedPage(links, "prev") ?? 0 };
}

/** A page that is no longer there, since rows have gone while others were read, is empty. */
export async function unlessBeyond<T>(read: () => Promise<LinkedPage<T>>): Promise<LinkedPage<T>> {
  try {
    return await read();
  } catch (error) {
    if (isNotFound(error)) return { items: [], last: true, before: 0 };
    throw error;
  }
}

/**
 * Every row that is there all the time, the oldest first, however rows come and go meanwhile: the list is read by age
 * from its end to its beginning. New rows come behind the end; and a row that is moved up, since one before it has gone,
 * moves to a page that is still to be read.
 */
export async function readWhole<T extends z.ZodType>(
  reader: ListReader<T>,
  query: Query,
): Promise<z.output<T>[]> {
  return (await readUpTo(mostPages, reader, query)) ?? refuseEndless(reader.path);
}

/** The same; `undefined` where there are more pages than so many. */
export async function readUpTo<T extends z.ZodType>(
  most: number,
  reader: ListReader<T>,
  query: Query,
): Promise<z.output<T>[] | undefined> {
  const page = (page: string | number) =>
    readPage(reader, { page_size: pageSize, ...query, o: "created", page });
  const end = await page("last");
  if (!end.last)
    throw new ConnectionError(
      `GET ${reader.path}: the page that is asked for as the last one says that more follow`,
      true,
    );
  if (end.before >= most) return undefined;
  const pages = [end.items];
  for (let number = end.before; number >= 1; number--)
    pages.unshift((await unlessBeyond(() => page(number))).items);
  return [...new Map(pages.flat().map((row) => [uuidOf(row), row])).values()];
}

/** Every row of a list that knows no order by age. */
export function follow<T extends z.ZodType>(reader: ListReader<T>, query: Query): Promise<z.output<T>[]> {
  return untilNothingNew<z.output<T>>(uuidOf, async () => {
    const rows: z.output<T>[] = [];
    for (let number = 1; number <= mostPages; number++) {
      const read = () => readPage(reader, number === 1 ? query : { ...query, page: number });
      const { items, last } = await (number === 1 ? read() : unlessBeyond(read));
      rows.push(...items);
      if (last) return { rows, pages: number };
    }
    return refuseEndless(reader.path);
  });
}

function uuidOf(row: unknown): unknown {
  return (row as { uuid?: unknown }).uuid ?? row;
}

/** The number of the page that a link of a kind leads to; the first page needs no number. */
function linkedPage(links: string, kind: "next" | "prev"): number | undefined {
  const target = new RegExp(`<([^>]*)>;\\s*rel="?${kind}"?`).exec(links)?.[1];
  if (target === undefined) return undefined;
  const number = Number(new URL(target, "http://list").searchParams.get("page") ?? 1);
  return Number.isSafeInteger(number) && number > 0 ? number : 1;
}
