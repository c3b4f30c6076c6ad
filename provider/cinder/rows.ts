import { ApiError } from "../core/errors";
import type { Query } from "../core/http/query";
import { mostPages, refuseEndless } from "../core/pages";
import { defined } from "../core/values";
import type { ListPage } from "./wire";

/** Which part of a list is wanted. */
export interface Part {
  offset?: number | undefined;
  limit?: number | undefined;
}

/**
 * Reads a list from page to page by the last row's id alone: a link repeats an `offset` beside its marker, so following
 * it would skip rows (contract, "List"). A marker is a place in the order of the list, so rows that come and go move no
 * other to another page; where the row of the marker itself has gone, the one before it is the marker.
 *
 * @param page reads a page
 * @returns the rows in the list's order, how many match where the service says so, and how many pages it took
 * @throws UserError for a list that does not end
 */
export async function readRows<Row extends { id: string }>(
  path: string,
  page: (part: Query) => Promise<ListPage<Row>>,
  { offset, limit }: Part = {},
): Promise<{ rows: Row[]; count: number | undefined; pages: number }> {
  const rows = new Map<string, Row>();
  const left = () => defined({ limit: limit === undefined ? undefined : limit - rows.size });
  let read = await page({ ...defined({ offset: offset || undefined }), ...left() });
  const { count } = read;
  let before: string | undefined;
  for (let pages = 1; ; pages++) {
    for (const row of read.items) rows.set(row.id, row);
    const last = read.items.at(-1)?.id;
    const enough = limit !== undefined && rows.size >= limit;
    if (!read.more || last === undefined || enough) return { rows: [...rows.values()], count, pages };
    // Whoever does not know a marker sends the same page again.
    if (last === before || pages >= mostPages) refuseEndless(path);
    before = last;
    read = await after([...rows.keys()], (part) => page({ ...part, ...left() }));
  }
}

/** The page after the last of some rows that is still there. */
async function after<Row>(
  ids: readonly string[],
  page: (part: Query) => Promise<ListPage<Row>>,
): Promise<ListPage<Row>> {
  for (let back = 1; back <= ids.length; back *= 2) {
    try {
      return await page({ marker: ids[ids.length - back] });
    } catch (error) {
      // An unknown marker is a 404 (contract, "List").
      if (!(error instanceof ApiError) || error.status !== 404) throw error;
    }
  }
  return page({});
}
