import type { Asked } from "../wire/messages";

/** The query of a request. */
export function queryOf({ path }: Asked): URLSearchParams {
  return new URLSearchParams(path.split("?")[1] ?? "");
}

/** The request with another query. @param change may change the parameters */
export function withQuery(asked: Asked, change: (query: URLSearchParams) => void): Asked {
  const query = queryOf(asked);
  change(query);
  const search = query.size === 0 ? "" : `?${query}`;
  return { ...asked, path: `${asked.path.split("?")[0]}${search}` };
}

/** The request with a parameter of at most so much. */
export function atMost(asked: Asked, name: string, most: number): Asked {
  return withQuery(asked, (query) => {
    const given = Number(query.get(name) ?? Number.POSITIVE_INFINITY);
    query.set(name, String(Math.min(most, given)));
  });
}
