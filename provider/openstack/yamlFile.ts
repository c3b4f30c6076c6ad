import { readFileSync } from "node:fs";
import { parse, YAMLParseError } from "yaml";
import { messageOf, UserError } from "../core/errors";
import { isRecord } from "../core/values";
import type { Entry } from "./entry";

/**
 * Reads a file of YAML or JSON whose top is a mapping. Values stay as they are written: a password `0123` is no
 * number. Only `null`, `~` and nothing at all are `null`. Of a key that is given twice the last one counts, as with
 * PyYAML and Python's JSON. An empty file is an empty mapping.
 *
 * @throws UserError for a file that cannot be read, or is something else; never with any of its text
 */
export function readMapping(file: string): Entry {
  const text = readText(file);
  let content: unknown;
  try {
    // JSON is YAML too.
    content = parse(text, {
      schema: "failsafe",
      customTags: (tags) => [...tags, "null"],
      merge: true,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: "error",
    });
  } catch (error) {
    // The parser's own words may hold a line of the file, and that may be a password.
    const line = error instanceof YAMLParseError ? text.slice(0, error.pos[0]).split("\n").length : undefined;
    throw new UserError(`${file} is not YAML${line === undefined ? "" : ` (line ${line})`}`);
  }
  if (content === null || content === undefined) return {};
  if (isRecord(content)) return content;
  throw new UserError(`${file} lists no clouds: expected a mapping with the key "clouds"`);
}

/** The second over the first, mapping by mapping. */
export function merge(under: Entry, over: Entry): Entry {
  const merged = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const before = merged[key];
    merged[key] = isRecord(before) && isRecord(value) ? merge(before, value) : value;
  }
  return merged;
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${messageOf(error)}`);
  }
}
