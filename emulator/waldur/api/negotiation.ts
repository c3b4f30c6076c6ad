import { Refusal } from "./errors";

/** What the client gets: JSON, or the page for browsers; nothing else is offered (recording 02). */
export function rendererOf(accept: string | undefined, format: string | null): "json" | "html" {
  if (format === "api") return "html";
  const wanted = (accept ?? "*/*").split(",").map((part) => part.split(";")[0]?.trim() ?? "");
  if (wanted.some((type) => type === "*/*" || type === "application/*" || type === "application/json"))
    return "json";
  if (wanted.some((type) => type === "text/html" || type === "text/*")) return "html";
  throw new Refusal({ status: 406, body: { detail: "Could not satisfy the request Accept header." } });
}

/** Languages of a Waldur installation (recording 20, `LANGUAGES`). */
const languages = ["en", "et", "lt", "lv", "ru", "it", "de", "da", "sv", "es", "fr", "nb", "ar", "cs"];

/** The `Content-Language` of an answer; states and messages stay English all the same (recording 02). */
export function languageOf(acceptLanguage: string | undefined): string {
  const wanted = (acceptLanguage ?? "").split(",").map((part) => part.split(/[-;]/)[0]?.trim() ?? "");
  return wanted.find((language) => languages.includes(language)) ?? "en";
}
