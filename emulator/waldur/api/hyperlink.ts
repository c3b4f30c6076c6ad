import type { JsonObject } from "../../http/json";
import { parseUuid } from "../ids";
import { type FieldErrors, given } from "./fields";

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

/** One link's rules. */
interface LinkRules<T> {
  required?: boolean;
  /** What it must point to. */
  collection: string;
  /** The object, or undefined where the user may not see it. */
  find: (uuid: string) => T | undefined;
}

/**
 * A link to an object, absolute or relative; only its path counts (recordings 13, 14, 15). Undefined: not given or
 * refused.
 */
export function hyperlink<T>(
  body: JsonObject,
  field: string,
  rules: LinkRules<T>,
  errors: FieldErrors,
): T | undefined {
  const value = given(body, field, rules, errors);
  if (value === undefined) return undefined;
  const target = typeof value === "string" ? parseLink(value) : undefined;
  if (target === undefined || !collections.includes(target.collection)) {
    errors.add(field, "Invalid hyperlink - No URL match.");
    return undefined;
  }
  if (target.collection !== rules.collection) {
    errors.add(field, "Invalid hyperlink - Incorrect URL match.");
    return undefined;
  }
  const found = rules.find(target.uuid);
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
