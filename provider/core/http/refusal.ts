import { isRecord } from "../values";

/** JSON where the text is JSON, else the text itself. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What tells whose words the body of a refusal is: the parts of an `ApiError` that are about its shape. */
export function shapeOf(body: unknown): { json: boolean; keys: string[]; fault: string | undefined } {
  return {
    json: typeof body !== "string",
    keys: isRecord(body) ? Object.keys(body) : [],
    fault: faultOf(body),
  };
}

/** The key under which OpenStack's services put their words, e.g. `itemNotFound`. */
function faultOf(body: unknown): string | undefined {
  const [[name, inner] = [], ...others] = isRecord(body) ? Object.entries(body) : [];
  return others.length === 0 && isRecord(inner) && "message" in inner ? name : undefined;
}
