import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { LAUNCHERS } from "./launchers";
import { removeTree, scratchFolder } from "./scratch";
import type { BuildContext, Context, Engine, Recipe } from "./types";
import { askVersion } from "./version";
import { executableIn } from "./which";

const RECORD = "engine.json";
const PARTS = ["pulumi", "pulumi-language-nodejs", ...LAUNCHERS];

/** What is written beside a finished engine. Without it a folder does not count as one. */
interface EngineRecord {
  version: string;
  /** Size in bytes of each file that the engine needs. */
  sizes: Record<string, number>;
}

/** The folder for engines in the user's cache folder, by the custom of each system. */
export function defaultCacheDir(
  env: NodeJS.ProcessEnv,
  platform = process.platform,
  home = homedir(),
): string {
  const folders: Partial<Record<NodeJS.Platform, string>> = {
    win32: env.LOCALAPPDATA || join(home, "AppData", "Local"),
    darwin: join(home, "Library", "Caches"),
  };
  const userCache = folders[platform] ?? (env.XDG_CACHE_HOME || join(home, ".cache"));
  return join(userCache, "pulumi-openstack-snapshots", "engine");
}

/** The engine that one of these recipes made earlier, the first recipe's first; undefined if there is none. */
export async function cachedEngine(
  recipes: readonly Recipe[],
  cacheDir: string,
): Promise<Engine | undefined> {
  for (const recipe of recipes) {
    const entry = join(cacheDir, recipe.key);
    const version = await versionIfComplete(entry);
    if (version !== undefined) return { ...engineAt(entry, version), origin: "cache" };
  }
  return undefined;
}

/**
 * Follows a recipe in a scratch folder and moves the outcome into the cache in one step, so that no
 * other process ever sees half of it. Only for the holder of the cache's lock.
 *
 * @throws Error if the recipe fails, or what it made lacks a part or does not run.
 */
export async function buildIntoCache(recipe: Recipe, context: Context, signal: AbortSignal): Promise<Engine> {
  const { cacheDir, env } = context;
  const scratch = await scratchFolder(cacheDir);
  try {
    const target = join(scratch, "target");
    const work = join(scratch, "work");
    for (const folder of [target, work]) await mkdir(folder);
    const build: BuildContext = { ...context, scratch: work, signal };
    await recipe.build(target, build);

    const version = await askVersion(executablePart(join(target, "bin"), "pulumi"), env);
    const record: EngineRecord = { version, sizes: await partSizes(join(target, "bin")) };
    await writeFile(join(target, RECORD), JSON.stringify(record, undefined, 2));

    signal.throwIfAborted();
    const entry = join(cacheDir, recipe.key);
    await removeTree(entry);
    await rename(target, entry);
    return { ...engineAt(entry, version), origin: recipe.origin };
  } finally {
    await removeTree(scratch);
  }
}

function engineAt(entry: string, version: string): Omit<Engine, "origin"> {
  const binDir = join(entry, "bin");
  return { binDir, pulumi: executablePart(binDir, "pulumi"), version };
}

async function versionIfComplete(entry: string): Promise<string | undefined> {
  try {
    const record = JSON.parse(await readFile(join(entry, RECORD), "utf8")) as EngineRecord;
    const sizes = await partSizes(join(entry, "bin"));
    const intact = Object.entries(sizes).every(([part, size]) => record.sizes[part] === size);
    return intact ? record.version : undefined;
  } catch {
    // Absent or damaged: either way it is to be set up again.
    return undefined;
  }
}

async function partSizes(binDir: string): Promise<Record<string, number>> {
  const sizes: Record<string, number> = {};
  for (const part of PARTS) sizes[part] = (await stat(executablePart(binDir, part))).size;
  return sizes;
}

function executablePart(binDir: string, part: string): string {
  const file = executableIn(binDir, part);
  if (file === undefined) throw new Error(`${part} is missing from what was set up`);
  return file;
}
