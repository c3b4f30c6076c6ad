import { wrongSetting } from "../core/backend";
import { UserError } from "../core/errors";
import { booleanOf, type Entry, type Named, text } from "./entry";
import type { AskedMicroversion, ServiceKind } from "./kind";
import { interfaceSpellings } from "./settings";

/** An interface of the catalog. */
export type Interface = "public" | "internal" | "admin";

/** What a cloud says of one service: keys such as `block_storage_interface`, `volume_api_version`. */
export interface Overrides {
  interfaces?: readonly Interface[] | undefined;
  region?: string | undefined;
  /** Its type in the catalog. */
  type?: string | undefined;
  /** Its name in the catalog. */
  name?: string | undefined;
  /** The microversion to ask with. */
  microversion?: AskedMicroversion | undefined;
}

/**
 * What a cloud says of a service, by its type or by an alias of it.
 *
 * @param keys those of the cloud, or of the variables
 * @throws UserError for a version that is not supported, and where it says that it has no such service
 */
export function overridesOf(kind: ServiceKind, keys: Entry, named: Named): Overrides {
  const prefixes = kind.types.map((type) => type.replaceAll("-", "_"));
  const found = (...names: string[]) => {
    for (const prefix of prefixes) {
      const key = names.map((name) => `${prefix}_${name}`).find((each) => text(keys[each]) !== undefined);
      if (key !== undefined) return { key, value: text(keys[key]) ?? "" };
    }
    return undefined;
  };
  for (const key of prefixes.map((prefix) => `has_${prefix}`)) {
    if (booleanOf(keys, key, named) !== false) continue;
    throw new UserError(`${named(key)} says that there is no ${kind.title}: remove it, or use another cloud`);
  }
  return {
    interfaces: mapped(found("interface", "endpoint_type"), ({ key, value }) =>
      interfacesOf(value, named(key)),
    ),
    region: found("region_name")?.value,
    type: found("service_type")?.value,
    name: found("service_name")?.value,
    microversion: microversionOf(kind, found, named),
  };
}

/**
 * The interfaces that a value names, in order of preference.
 *
 * @param value one, or several with commas; absent: public
 * @param source where it is from, for messages
 * @throws UserError for another one than public, internal and admin
 */
export function interfacesOf(value = "public", source: string): Interface[] {
  const known: readonly string[] = interfaceSpellings;
  return value.split(",").map((each) => {
    const name = each.trim();
    if (known.includes(name)) return name.replace(/URL$/, "") as Interface;
    const reason = `invalid value "${name}": expected public, internal or admin, or a list of them (from ${source})`;
    throw wrongSetting("interface", reason);
  });
}

type Found = { key: string; value: string } | undefined;

function microversionOf(
  { title, microversions }: ServiceKind,
  found: (...names: string[]) => Found,
  named: Named,
): AskedMicroversion | undefined {
  if (microversions === undefined) return undefined;
  const version = found("api_version");
  const given = version && Number.parseFloat(version.value) ? version : undefined;
  const major = microversions.major.slice(1);
  if (given && given.value.split(".")[0] !== major) {
    throw new UserError(
      `${title} v${given.value} is not supported, but ${named(given.key)} asks for it; this package speaks ` +
        `${microversions.major}: set it to ${major}, or leave it out`,
    );
  }
  const asked =
    found("default_microversion") ?? (given && !/^\d+(\.0)?$/.test(given.value) ? given : undefined);
  if (asked && !/^\d+\.\d+$/.test(asked.value)) {
    const reason = `invalid value "${asked.value}" of ${named(asked.key)}: expected e.g. ${microversions.highest}`;
    throw new UserError(reason);
  }
  return asked && { version: asked.value, by: named(asked.key) };
}

function mapped<T>(found: Found, read: (found: NonNullable<Found>) => T): T | undefined {
  return found && read(found);
}
