import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { type Surroundings, wrongSetting } from "../core/backend";
import { isRecord } from "../core/values";
import type { Entry } from "./entry";
import { withProfile } from "./profiles";
import { merge, readMapping } from "./yamlFile";

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
  const merged = files.map(readMapping).reduce(merge, {});
  const clouds = isRecord(merged.clouds) ? merged.clouds : {};
  return { clouds: Object.fromEntries(Object.entries(clouds).filter(isEntry)), files };
}

function notFound(where: Surroundings): string {
  const named = where.env.OS_CLIENT_CONFIG_FILE;
  const missing = named ? `${named}, which OS_CLIENT_CONFIG_FILE names, does not exist, and there is ` : "";
  return `${missing}no clouds.yaml in ${folders(where).join(", ")}`;
}

/**
 * One cloud, with the profile that it names merged under it.
 *
 * @throws UserError where there is no such cloud; for a profile as {@link withProfile} does
 */
export function cloudNamed(name: string, { clouds, files }: Clouds, where: Surroundings): Entry {
  const cloud = Object.hasOwn(clouds, name) ? clouds[name] : undefined;
  if (cloud === undefined) {
    const names = Object.keys(clouds).sort().join(", ") || "none";
    const places = files.length > 0 ? `in ${files.join(" and ")}` : notFound(where);
    throw wrongSetting("cloud", `there is no cloud "${name}"; there are: ${names} (${places})`);
  }
  return withProfile(cloud, publicClouds(where), `the cloud "${name}" of ${files.join(" and ")}`);
}

/** The profiles that a file `clouds-public.yaml` gives, by name; it is looked for in the same folders. */
export function publicClouds(where: Surroundings): Entry {
  const file = firstFile("clouds-public", undefined, where);
  const profiles = file === undefined ? {} : readMapping(file)["public-clouds"];
  return isRecord(profiles) ? profiles : {};
}

function isEntry(pair: [string, unknown]): pair is [string, Entry] {
  return isRecord(pair[1]);
}

function firstFile(name: string, named: string | undefined, where: Surroundings): string | undefined {
  const usual = folders(where).flatMap((folder) =>
    [".yaml", ".yml", ".json"].map((ending) => join(folder, name + ending)),
  );
  const first = named ? [resolve(where.cwd, named)] : [];
  return [...first, ...usual].find((file) => existsSync(file));
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
