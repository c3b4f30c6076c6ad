const longest = 600;

/**
 * The server's own words out of an error body, in one line.
 *
 * Understands every shape of the contracts: `{"field": ["..."]}`, `{"non_field_errors": [...]}`,
 * `{"detail": "..."}`, a bare list, nested objects such as Cinder's `{"badRequest": {"message": "..."}}`,
 * an HTML page, plain text, and nothing.
 *
 * @param clean takes credentials out, before the line is cut to a readable length
 */
export function reasonOf(body: unknown, clean = (words: string) => words): string {
  const words = typeof body === "string" ? fromText(body) : fromJson(body).join("; ");
  // Some of OpenStack's services write their JSON as for a page.
  const line = clean(words.replace(/<br\s*\/?>/gi, " "))
    .replace(/\s+/g, " ")
    .trim();
  return line.length > longest ? `${line.slice(0, longest)}...` : line;
}

const keysWithoutMeaning = new Set(["detail", "non_field_errors", "message", "error"]);

function fromJson(value: unknown): string[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap(fromJson);
  if (typeof value !== "object") return [String(value)];
  // OpenStack wraps a message beside its code; the words are what counts.
  if ("message" in value && typeof value.message === "string") return [value.message];
  return Object.entries(value).flatMap(([key, inner]) => {
    const words = fromJson(inner);
    if (words.length === 0 || keysWithoutMeaning.has(key) || isObject(inner)) return words;
    return [`${key}: ${words.join(" ")}`];
  });
}

function fromText(text: string): string {
  if (!/<html|<!doctype/i.test(text)) return text;
  const title = /<title>([^<]*)<\/title>/i.exec(text)?.[1] ?? "";
  const paragraph = /<p>([^<]+)<\/p>/i.exec(text)?.[1] ?? "";
  return [title, paragraph].filter(Boolean).join(": ");
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
