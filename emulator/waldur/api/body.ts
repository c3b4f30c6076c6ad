import type { Json, JsonObject } from "../../http/json";
import { badRequest, Refusal } from "./errors";

/** The body by its content type; other types than JSON and forms are a 415, broken JSON a 400 (recording 06). */
export function parseBody(text: string, contentType: string | undefined): Json | undefined {
  if (text === "") return undefined;
  const type = (contentType ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (type === "application/x-www-form-urlencoded")
    return Object.fromEntries(new URLSearchParams(text)) as JsonObject;
  if (type !== "application/json") {
    throw new Refusal({ status: 415, body: { detail: `Unsupported media type "${type}" in request.` } });
  }
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw badRequest({ detail: `JSON parse error - ${pythonError(text)}` });
  }
}

/** Python's complaint about the JSON that recording 06 sent; other mistakes get the same words with their place. */
function pythonError(text: string): string {
  const opening = /^\s*\{\s*/.exec(text);
  if (opening === null) return "Expecting value: line 1 column 1 (char 0)";
  const at = opening[0].length;
  const lines = text.slice(0, at).split("\n");
  const column = (lines.at(-1)?.length ?? 0) + 1;
  return `Expecting property name enclosed in double quotes: line ${lines.length} column ${column} (char ${at})`;
}
