import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { parse, YAMLParseError } from "yaml";
import { type Surroundings, wrongSetting } from "../core/backend";
import { messageOf, UserError } from "../core/errors";
import { isRecord } from "../core/values";
import type { Entry } from "./entry";

/** The clouds that the files of a machine give, by name, and where they were found. */
export interface Clouds {
  clouds: Record<string, Entry>;
  /** The files that were read, for messages; none: empty. */
  files: readonly string[];
}

/**
 * Reads clouds.yaml, and secure.yaml over it, from where openstacksdk looks for them: the file that
 * `OS_CLIENT_CONFIG_FILE` (`OS_CLIENT_SECURE_FILE`) names, then the folder of the program, the user's folder of
 * configuration and the machine's; in each `.yaml`, `.yml`, `.json`. The first one that there is counts.
 *
 * @throws UserError for a file that cannot be read or is no such file; never with any of its text
 */
export function readClouds(where: Surroundings): Clouds {
  const { env } = where;
  const main = firstFile("clouds", env.OS_CLIENT_CONFIG_FILE, where);
  const secure = firstFile("secure", env.OS_CLIENT_SECURE_FILE, where);
  const files = [main, secure].filter((file) => file !== undefined);
  const merged = files.map(read).reduce(merge, {});
  const clouds = isRecord(merged.clouds) ? merged.clouds : {};
  return { clouds: Object.fromEntries(Object.entries(clouds).filter(isEntry)), files };
}

/**
 * One cloud, with the profile that it names merged under it. Profiles come from a file `clouds-public.yaml`; those
 * that openstacksdk brings along are not known here.
 *
 * @param setting what named the cloud, for messages
 * @throws UserError where there is no such cloud or profile
 */
export function cloudNamed(name: string, { clouds, files }: Clouds, where: Surroundings): Entry {
  const cloud = clouds[name];
  if (cloud === undefined) {
    const names = Object.keys(clouds).sort().join(", ") || "none";
    const places =
      files.length > 0 ? `in ${files.join(" and ")}` : `no clouds.yaml in ${folders(where).join(", ")}`;
    throw wrongSetting("cloud", `there is no cloud "${name}"; there are: ${names} (${places})`);
  }
  const profile = cloud.profile ?? cloud.cloud;
  if (profile === undefined) return cloud;
  const file = firstFile("clouds-public", undefined, where);
  const profiles = file === undefined ? {} : read(file)["public-clouds"];
  const found = isRecord(profiles) ? profiles[String(profile)] : undefined;
  if (!isRecord(found)) {
    throw wrongSetting(
      "cloud",
      `the cloud "${name}" has the profile "${profile}", which is in no clouds-public.yaml; ` +
        "give its auth_url in clouds.yaml",
    );
  }
  return merge(found, cloud);
}

/**
 * A cloud with the region to work in, where it lists several (`regions`): the one that is asked for, else the first.
 *
 * @throws UserError where the one that is asked for is not listed
 */
export function inRegion(name: string, cloud: Entry, asked: string | undefined): Entry {
  if (!Array.isArray(cloud.regions) || cloud.regions.length === 0) return cloud;
  const regions = cloud.regions.map((region) => (isRecord(region) ? region : { name: String(region) }));
  const chosen = asked === undefined ? regions[0] : regions.find((region) => region.name === asked);
  if (chosen === undefined) {
    const names = regions.map((region) => region.name).join(", ");
    throw wrongSetting("region", `"${asked}" is no region of the cloud "${name}"; those are ${names}`);
  }
  const values = isRecord(chosen.values) ? chosen.values : {};
  return { ...merge(cloud, values), region_name: chosen.name };
}

function isEntry(pair: [string, unknown]): pair is [string, Entry] {
  return isRecord(pair[1]);
}

function firstFile(name: string, named: string | undefined, where: Surroundings): string | undefined {
  const usual = folders(where).flatMap((folder) =>
    [".yaml", ".yml", ".json"].map((ending) => join(folder, name + ending)),
  );
  return [named, ...usual].find((file) => file && existsSync(file));
}

function folders({ env, cwd, machine = "/etc/openstack" }: Surroundings): string[] {
  const home = env.HOME || homedir();
  const own = [env.XDG_CONFIG_HOME, join(home, ".config")].flatMap((folder) =>
    folder ? [join(folder, "openstack")] : [],
  );
  const site = (env.XDG_CONFIG_DIRS || "/etc/xdg").split(":").map((folder) => join(folder, "openstack"));
  const mac = process.platform === "darwin" ? [join(home, "Library/Application Support/openstack")] : [];
  return [...new Set([cwd, ...mac, ...own, ...site, machine])];
}

function read(file: string): Entry {
  const text = readText(file);
  let content: unknown;
  try {
    // JSON is YAML too. As texts, values stay as they are written: a password 0123 is no number.
    content = parse(text, { schema: "failsafe", merge: true, prettyErrors: false, logLevel: "error" });
  } catch (error) {
    // The parser's own words may hold a line of the file, and that may be a password.
    const line = error instanceof YAMLParseError ? text.slice(0, error.pos[0]).split("\n").length : undefined;
    throw new UserError(`${file} is not YAML${line === undefined ? "" : ` (line ${line})`}`);
  }
  if (!isRecord(content))
    throw new UserError(`${file} lists no clouds: expected a mapping with the key "clouds"`);
  return content;
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${messageOf(error)}`);
  }
}

/** The second over the first, mapping by mapping. */
function merge(under: Entry, over: Entry): Entry {
  const merged = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const before = merged[key];
    merged[key] = isRecord(before) && isRecord(value) ? merge(before, value) : value;
  }
  return merged;
}
