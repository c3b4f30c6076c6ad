/** A query: `undefined` is left out, a list repeats the key (`state=OK&state=ERRED`). */
export type Query = Record<string, string | number | boolean | readonly string[] | undefined>;

/** A query as it stands in a URL, with its question mark; empty where there is nothing to say. */
export function queryString(query: Query | undefined): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(key, String(one));
  }
  const text = search.toString();
  return text ? `?${text}` : "";
}
