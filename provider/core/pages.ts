import { UserError } from "./errors";

/** A list may have so many pages; of 300 rows each, that is more than any project has. */
export const mostPages = 1000;

/** What a list is that says of every page that another one follows. @throws UserError */
export function refuseEndless(path: string): never {
  throw new UserError(
    `the list ${path} does not end: after ${mostPages} pages, or a page that came before, the server says that there is ` +
      "more. Narrow it down with filters, or have the server looked at.",
  );
}

/**
 * Reads a list forwards again and again until a pass brings nothing new: rows that went while a pass was under way
 * move others to a page that was read before.
 *
 * @param pass reads the list once, and says how many pages that took
 * @returns every row that was there all the time, in the order in which they were first seen
 */
export async function untilNothingNew<T>(
  keyOf: (row: T) => unknown,
  pass: () => Promise<{ rows: readonly T[]; pages: number }>,
): Promise<T[]> {
  const all = new Map<unknown, T>();
  for (let count = 1; count <= mostPasses; count++) {
    const before = all.size;
    const { rows, pages } = await pass();
    for (const row of rows) if (!all.has(keyOf(row))) all.set(keyOf(row), row);
    // One page is the list at one moment.
    if (pages === 1 || (count > 1 && all.size === before)) break;
  }
  return [...all.values()];
}

/** A list that changes faster than it can be read is taken as it was seen by then. */
const mostPasses = 5;
