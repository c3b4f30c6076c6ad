import { defined } from "../values";
import type { Fields, WireField } from "./field";
import type { Properties } from "./lifecycle";

/**
 * The body of a request: those of the values that it carries.
 *
 * @param client the backend's client, for values that are written as URLs
 */
export function bodyOf(
  fields: Fields,
  values: Properties,
  request: "create" | "change",
  client?: unknown,
): Properties {
  const entries = Object.entries(fields).flatMap(([name, { wire }]) => {
    const {
      key,
      in: only,
      write,
    } = typeof wire === "string" ? ({ key: wire } as WireField) : (wire ?? noWire);
    const value = values[name];
    if (key === "" || value === undefined || (only !== undefined && only !== request)) return [];
    return [[key, write ? write(value, client) : value]];
  });
  return defined(Object.fromEntries(entries));
}

const noWire: WireField = { key: "" };
