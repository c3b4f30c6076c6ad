import { camel, snake, type WireNames } from "../core/http/wire";
import type { FormerNames } from "../core/resource/former";
import { defined, uuidIn } from "../core/values";

/**
 * Our names where they are not simply the wire's: those that `cinder` has for the same. What Waldur shows as a URL has
 * `Url` at its end, and beside it the uuid in it.
 */
const renamedOnWire: Readonly<Record<string, string>> = {
  created: "createdAt",
  modified: "updatedAt",
  project: "projectUrl",
  project_uuid: "projectId",
  source_volume: "volumeUrl",
  volume: "volumeUrl",
  source_snapshot: "snapshotUrl",
  image: "imageUrl",
  instance: "instanceUrl",
  type: "volumeTypeUrl",
  type_name: "volumeType",
};

/** Ids by what shows them as URLs. */
const idsByUrl = {
  projectUrl: "projectId",
  volumeUrl: "volumeId",
  snapshotUrl: "snapshotId",
  imageUrl: "imageId",
  instanceUrl: "instanceId",
  volumeTypeUrl: "volumeTypeId",
} as const;

/** The uuids in URLs that an object shows. */
function idsIn(named: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return defined(Object.fromEntries(Object.entries(idsByUrl).map(([url, id]) => [id, uuidIn(named[url])])));
}

/** How answers are named. */
export const names: WireNames = {
  renamed: renamedOnWire,
  opaque: new Set([
    "metadata",
    "attributes",
    "limits",
    "action_details",
    "image_metadata",
    "marketplace_offering_plugin_options",
  ]),
  derived: (named) => ({ ...("uuid" in named ? { id: named.uuid } : {}), ...idsIn(named) }),
};

/** The same for an order, whose type is no volume type. */
export const orderNames: WireNames = { ...names, renamed: { ...renamedOnWire, type: "type" } };

const wireNames = new Map(Object.entries(renamedOnWire).map(([wire, name]) => [name, wire]));
// Of two on the wire, the one that collections have.
wireNames.set("volumeUrl", "source_volume");

/** The name on the wire of a field, e.g. `source_volume` for `volumeId`, which is read from it. */
export function wireNameOf(name: string): string {
  if (name === "id") return "uuid";
  const known = wireNames.get(name);
  if (known !== undefined) return known;
  const [url] = Object.entries(idsByUrl).find(([, id]) => id === name) ?? [];
  return (url && wireNames.get(url)) ?? snake(name);
}

/** Our name of a field on the wire. */
export function nameOf(wire: string): string {
  return renamedOnWire[wire] ?? camel(wire);
}

/** The names on the wire of fields, each once. Today's names and those of earlier versions are understood. */
export function fieldsNamed(fields: readonly string[]): string[] {
  return [...new Set(fields.map(wireNameOf))];
}

/** The names on the wire of the fields of a schema. */
export function fieldsOf({ shape }: { shape: object }): string[] {
  return fieldsNamed(Object.keys(shape));
}

/** What fields of answers were called in earlier versions: today's names by the former ones. */
const formerFieldNames = {
  created: "createdAt",
  modified: "updatedAt",
  project: "projectUrl",
  projectUuid: "projectId",
  sourceVolume: "volumeUrl",
  sourceSnapshot: "snapshotUrl",
  image: "imageUrl",
  instance: "instanceUrl",
  type: "volumeTypeUrl",
  typeName: "volumeType",
};

/** The former names of some fields. */
export function formerFields(names: readonly string[]): string[] {
  return Object.keys(formerOf(names).outputs);
}

/** What fields of a row or outputs of a resource were called in earlier versions. @param names today's */
export function formerOf(names: readonly string[]): Omit<FormerNames, "inputs"> {
  const entries = Object.entries(formerFieldNames).filter(([, name]) => names.includes(name));
  return { outputs: Object.fromEntries(entries), derived: idsIn };
}
