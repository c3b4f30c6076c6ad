import { wrongSetting } from "../core/backend";
import { isRecord } from "../core/values";
import type { Entry } from "./entry";
import { publishers, vendors } from "./vendors";
import { merge } from "./yamlFile";

/**
 * An entry with the profile that it names (`profile`, formerly `cloud`) merged under it: one of `clouds-public.yaml`,
 * else of the vendors that are known here. A profile that is not known is no mistake where the entry says itself where
 * Keystone is.
 *
 * @param own the profiles of clouds-public.yaml
 * @param source where the entry is from, for messages
 * @throws UserError for a profile that is not known and needed
 */
export function withProfile(entry: Entry, own: Entry, source: string): Entry {
  const named = entry.profile ?? entry.cloud;
  if (typeof named !== "string" || named === "") return entry;
  const profile = lookedUp(own, named) ?? lookedUp(vendors, named);
  if (profile !== undefined) return merge(withoutRegions(profile, entry), entry);
  if (saysWhere(entry)) return entry;
  const url = Object.hasOwn(publishers, named) ? publishers[named] : named;
  const remedy = URL.canParse(url ?? "")
    ? `profiles are not fetched: copy "auth_url" from ${url}/.well-known/openstack/api into the entry`
    : `give "auth_url" in the entry, or the profile in a clouds-public.yaml; profiles that are known: ${known}`;
  throw wrongSetting("cloud", `${source} has the unknown profile "${named}"; ${remedy}`);
}

const known = Object.keys(vendors).sort().join(", ");

function lookedUp(profiles: object, name: string): Entry | undefined {
  const found: unknown = Object.hasOwn(profiles, name) ? Reflect.get(profiles, name) : undefined;
  return isRecord(found) ? found : undefined;
}

/** Who names a region chooses none of the profile's. */
function withoutRegions(profile: Entry, entry: Entry): Entry {
  const { regions: _regions, ...rest } = profile;
  return entry.region_name === undefined && entry["region-name"] === undefined ? profile : rest;
}

function saysWhere(entry: Entry): boolean {
  const places = [
    entry,
    entry.auth,
    ...(Array.isArray(entry.regions) ? entry.regions.flatMap(valuesOf) : []),
  ];
  return places.some((place) => isRecord(place) && Boolean(place.auth_url ?? place["auth-url"]));
}

/** What the entry of a region says, and under `auth` of it. */
function valuesOf(region: unknown): unknown[] {
  const values = isRecord(region) ? region.values : undefined;
  return isRecord(values) ? [values, values.auth] : [];
}
