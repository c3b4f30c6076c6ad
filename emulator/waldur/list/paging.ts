import { Refusal } from "../api/errors";

/** Rows of a page without `page_size` (contract "lists"). */
const standardSize = 10;

/** More than this is cut to it silently (recording 17). */
const maximumSize = 300;

/** One page of a list with the headers that go with it. */
interface Page<T> {
  rows: T[];
  headers: Record<string, string>;
}

/** Cuts a list into pages as recordings 04 and 17 show. @param base origin and path of the list */
export function paginate<T>(rows: T[], query: URLSearchParams, base: string): Page<T> {
  const asked = query.getAll("page_size").at(-1) ?? "";
  const valid = /^\s*\+?\d+\s*$/.test(asked) && Number(asked) > 0;
  const size = valid ? Math.min(Number(asked), maximumSize) : standardSize;
  const last = Math.max(1, Math.ceil(rows.length / size));
  const page = pageNumber(query.getAll("page").at(-1) ?? "", last);
  const links = [`<${pageUrl(base, query, 1)}>; rel="first"`];
  if (page > 1) links.push(`<${pageUrl(base, query, page - 1)}>; rel="prev"`);
  if (page < last) links.push(`<${pageUrl(base, query, page + 1)}>; rel="next"`);
  links.push(`<${pageUrl(base, query, last)}>; rel="last"`);
  return {
    rows: rows.slice((page - 1) * size, page * size),
    headers: { "X-Result-Count": `${rows.length}`, Link: links.join(", ") },
  };
}

function pageNumber(asked: string, last: number): number {
  if (asked === "") return 1;
  const page = asked === "last" ? last : /^\s*\+?\d+\s*$/.test(asked) ? Number(asked) : 0;
  if (page < 1 || page > last) throw new Refusal({ status: 404, body: { detail: "Invalid page." } });
  return page;
}

/** The parameters sorted by name, `page` left out for the first page, encoded as Python does (recordings 03, 04). */
function pageUrl(base: string, query: URLSearchParams, page: number): string {
  const names = new Set(query.keys());
  names.delete("page");
  if (page > 1) names.add("page");
  const parts: string[] = [];
  for (const name of [...names].sort()) {
    const values = name === "page" ? [`${page}`] : query.getAll(name);
    for (const value of values) parts.push(`${quote(name)}=${quote(value)}`);
  }
  return parts.length === 0 ? base : `${base}?${parts.join("&")}`;
}

/** Python's `quote_plus`. */
function quote(text: string): string {
  return encodeURIComponent(text)
    .replace(/%20/g, "+")
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
