import type { Json, JsonObject } from "../../http/json";
import { parseUuid } from "../../ids";
import { parseDateTime } from "./dateTime";
import { badRequest } from "./errors";

/** Errors by field, in the shape of a 400 (contract "error bodies"). */
export class FieldErrors {
  readonly #errors: Record<string, string[]> = {};

  /** Notes an error of a field. */
  add(field: string, message: string): void {
    this.#errors[field] = [...(this.#errors[field] ?? []), message];
  }

  /** Refuses with 400 if anything was noted. */
  raise(): void {
    if (Object.keys(this.#errors).length > 0) throw badRequest(this.#errors);
  }
}

/** The body as an object: nothing at all counts as empty, a list is refused (recordings 06, 08). */
export function bodyObject(body: Json | undefined): JsonObject {
  if (body === undefined || body === "") return {};
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return body;
  const kind = Array.isArray(body)
    ? "list"
    : typeof body === "string"
      ? "str"
      : body === null
        ? "NoneType"
        : "int";
  throw badRequest({ non_field_errors: [`Invalid data. Expected a dictionary, but got ${kind}.`] });
}

/** One field's rules. */
export interface TextRules {
  required?: boolean;
  blank?: boolean;
  /** Characters. */
  max?: number;
}

/** A text field: numbers are taken as text, spaces trimmed (recording 06). Undefined: not given or refused. */
export function text(
  body: JsonObject,
  field: string,
  rules: TextRules,
  errors: FieldErrors,
): string | undefined {
  const value = body[field];
  if (value === undefined) {
    if (rules.required) errors.add(field, "This field is required.");
    return undefined;
  }
  if (value === null) {
    errors.add(field, "This field may not be null.");
    return undefined;
  }
  if (typeof value !== "string" && typeof value !== "number") {
    errors.add(field, "Not a valid string.");
    return undefined;
  }
  const trimmed = `${value}`.trim();
  if (trimmed === "" && !rules.blank) errors.add(field, "This field may not be blank.");
  else if (rules.max !== undefined && [...trimmed].length > rules.max) {
    errors.add(field, `Ensure this field has no more than ${rules.max} characters.`);
  }
  return trimmed;
}

/** A whole number; a numeric string will do (recording 12). */
export function integer(
  body: JsonObject,
  field: string,
  rules: { required?: boolean; min: number },
  errors: FieldErrors,
): number | undefined {
  const value = body[field];
  if (value === undefined) {
    if (rules.required) errors.add(field, "This field is required.");
    return undefined;
  }
  if (value === null) {
    errors.add(field, "This field may not be null.");
    return undefined;
  }
  const whole =
    typeof value === "number" || (typeof value === "string" && /^\s*[+-]?\d+(\.0*)?\s*$/.test(value));
  const number = whole ? Number(value) : Number.NaN;
  if (!Number.isInteger(number)) {
    errors.add(field, "A valid integer is required.");
    return undefined;
  }
  if (number < rules.min) errors.add(field, `Ensure this value is greater than or equal to ${rules.min}.`);
  return number;
}

/** A boolean in any of Django's spellings (recording 11: `maybe` is refused). */
export function boolean(body: JsonObject, field: string, errors: FieldErrors): boolean | undefined {
  const value = body[field];
  if (value === undefined) return undefined;
  if (value === null) {
    errors.add(field, "This field may not be null.");
    return undefined;
  }
  const word = `${value}`.toLowerCase();
  if (["true", "t", "yes", "y", "on", "1"].includes(word)) return true;
  if (["false", "f", "no", "n", "off", "0"].includes(word)) return false;
  errors.add(field, "Must be a valid boolean.");
  return undefined;
}

/** A point in time or null (recordings 06, 07, 08). Undefined: not given or refused. */
export function dateTime(body: JsonObject, field: string, errors: FieldErrors): string | null | undefined {
  const value = body[field];
  if (value === undefined || value === null) return value;
  const parsed = typeof value === "string" ? parseDateTime(value) : undefined;
  if (parsed === undefined) {
    errors.add(
      field,
      "Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].",
    );
  }
  return parsed;
}

/** Collections that a link of a request body can point to; anything else has no route. */
const collections = [
  "openstack-volume-types",
  "openstack-instances",
  "openstack-images",
  "openstack-volumes",
  "openstack-snapshots",
  "openstack-tenants",
  "openstack-volume-availability-zones",
  "marketplace-public-offerings",
  "projects",
  "customers",
];

/**
 * A link to an object of `collection`, absolute or relative; only its path counts (recordings 13, 14, 15).
 * `find` says whether the user may see it.
 */
export function hyperlink<T>(
  body: JsonObject,
  field: string,
  collection: string,
  find: (uuid: string) => T | undefined,
  rules: { required?: boolean },
  errors: FieldErrors,
): T | undefined {
  const value = body[field];
  if (value === undefined) {
    if (rules.required) errors.add(field, "This field is required.");
    return undefined;
  }
  if (value === null) {
    errors.add(field, "This field may not be null.");
    return undefined;
  }
  const target = typeof value === "string" ? parseLink(value) : undefined;
  if (target === undefined || !collections.includes(target.collection)) {
    errors.add(field, "Invalid hyperlink - No URL match.");
    return undefined;
  }
  if (target.collection !== collection) {
    errors.add(field, "Invalid hyperlink - Incorrect URL match.");
    return undefined;
  }
  const found = find(target.uuid);
  if (found === undefined) errors.add(field, "Invalid hyperlink - Object does not exist.");
  return found;
}

/** Collection and id of a link, or undefined. The host does not count (recording 03). */
export function parseLink(link: string): { collection: string; uuid: string } | undefined {
  const path = link.replace(/^https?:\/\/[^/]*/, "");
  const match = /^\/api\/([a-z-]+)\/([0-9A-Fa-f-]+)\/$/.exec(path);
  const uuid = parseUuid(match?.[2] ?? "");
  return match?.[1] === undefined || uuid === undefined ? undefined : { collection: match[1], uuid };
}
