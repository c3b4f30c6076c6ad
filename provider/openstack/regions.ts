import { wrongSetting } from "../core/backend";
import { isRecord } from "../core/values";
import type { Entry } from "./entry";
import { merge } from "./yamlFile";

/**
 * An entry with the region to work in, where it lists several (`regions`, or `region_name` with commas or as a list):
 * the one that is asked for, else the first, with that one's own values over those of the entry.
 *
 * @param source where the entry is from, for messages, e.g. `the cloud "prod"`
 * @throws UserError where the one that is asked for is not listed
 */
export function inRegion(entry: Entry, asked: string | undefined, source: string): Entry {
  const regions = listed(entry, source);
  if (regions.length === 0) return entry;
  const chosen = asked === undefined ? regions[0] : regions.find(({ name }) => name === asked);
  if (chosen === undefined) {
    const names = regions.map(({ name }) => name).join(", ");
    throw wrongSetting("region", `"${asked}" is no region of ${source}; its regions: ${names}`);
  }
  const given = Object.entries(chosen.values).filter(([, value]) => value !== null);
  return { ...merge(entry, Object.fromEntries(given)), region_name: chosen.name };
}

interface Region {
  name: string;
  values: Entry;
}

function listed(entry: Entry, source: string): Region[] {
  const { regions, region_name = entry["region-name"] } = entry;
  if (Array.isArray(regions) && regions.length > 0) return regions.map((region) => read(region, source));
  const names = typeof region_name === "string" ? region_name.split(",") : region_name;
  return Array.isArray(names) && names.length > 1 ? names.map((name) => read(name, source)) : [];
}

function read(region: unknown, source: string): Region {
  if (typeof region === "string") return { name: region.trim(), values: {} };
  if (isRecord(region) && typeof region.name === "string") {
    return { name: region.name, values: isRecord(region.values) ? region.values : {} };
  }
  throw wrongSetting(
    "cloud",
    `invalid value in "regions" of ${source}: expected a name, or "name" and "values"`,
  );
}
