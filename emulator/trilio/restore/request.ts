import type { Json, JsonObject } from "../../http/json";
import { TrilioRefusal } from "../api/errors";
import type { RestoreKind } from "../model";
import type { TrilioWorld } from "../world";

/** A create as it is understood. */
export interface RestoreRequest {
  kind: RestoreKind;
  name: string | null;
  description: string | null;
  options: JsonObject;
  openstack: JsonObject;
}

const restoreKeys = ["name", "description", "options"];
/** What clients are seen to send (contract 3). */
const optionKeys = [
  ..."type restore_type oneclickrestore openstack vmware".split(" "),
  ..."zone restore_options name description".split(" "),
];

/** A JSON object, or undefined. */
function objectOf(json: Json | undefined): JsonObject | undefined {
  return typeof json === "object" && json !== null && !Array.isArray(json) ? json : undefined;
}

function textFrom(world: TrilioWorld, restore: JsonObject, key: "name" | "description"): string | null {
  const own = restore[key];
  if (typeof own === "string") return own;
  const inOptions = objectOf(restore.options)?.[key];
  switch (world.guesses.missingName) {
    case "null":
      return null;
    case "empty":
      return "";
    default:
      return typeof inOptions === "string" ? inOptions : "";
  }
}

/**
 * Understands the body of a create (contract 3).
 * @throws TrilioRefusal when it makes no sense
 */
export function parseRestoreRequest(world: TrilioWorld, body: Json | undefined): RestoreRequest {
  const { guesses } = world;
  const refuse = (message: string): TrilioRefusal => new TrilioRefusal(guesses.badBodyStatus, message);
  const restore = objectOf(objectOf(body)?.restore);
  if (restore === undefined) throw refuse("The body holds no restore.");
  const given = objectOf(restore.options);
  if (given === undefined && (guesses.optionsRequired || restore.options !== undefined)) {
    throw refuse("A restore needs options.");
  }
  const options = given ?? {
    type: "openstack",
    restore_type: "oneclick",
    oneclickrestore: true,
    openstack: {},
  };
  if (guesses.extraKeys === "refused") {
    const extra = [
      ...Object.keys(restore).filter((key) => !restoreKeys.includes(key)),
      ...Object.keys(options).filter((key) => !optionKeys.includes(key)),
    ];
    if (extra.length > 0) throw refuse(`Additional properties are not allowed: ${extra.join(", ")}.`);
  }
  if (guesses.typeRequired && options.type !== "openstack") throw refuse("options.type must be openstack.");
  const openstack = objectOf(options.openstack);
  if (openstack === undefined) throw refuse("options.openstack must be an object.");
  return {
    kind: kindOf(options, guesses.restoreTypeRequired, refuse),
    name: textFrom(world, restore, "name"),
    description: textFrom(world, restore, "description"),
    options,
    openstack,
  };
}

function kindOf(
  options: JsonObject,
  required: boolean,
  refuse: (message: string) => TrilioRefusal,
): RestoreKind {
  const kind = options.restore_type;
  if (kind === "oneclick" || kind === "selective" || kind === "inplace") return kind;
  if (kind !== undefined || required) {
    throw refuse("options.restore_type must be oneclick, selective or inplace.");
  }
  // Clients send the strings too (contract 3).
  return [true, "true", "True"].some((yes) => yes === options.oneclickrestore) ? "oneclick" : "selective";
}
