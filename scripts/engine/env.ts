import { mkdirSync } from "node:fs";
import { delimiter, resolve } from "node:path";
import type { Engine } from "./types";
import { pathFolders, pathName } from "./which";

/** Passphrase of stacks in an isolated home. It protects nothing: those stacks hold nothing real. */
const PASSPHRASE = "isolated-stacks-only";

/**
 * The environment without any of the user's Pulumi settings: no login, organisation, passphrase,
 * plugin folder or debugging switch gets through. Unset variables are left out.
 */
export function withoutPulumiSettings(env: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !entry[0].toUpperCase().startsWith("PULUMI_"),
  );
  return Object.fromEntries(kept);
}

/**
 * Environment for running an engine apart from the user's Pulumi set-up: its own PULUMI_HOME, its
 * own file back end and its own passphrase, all inside `homeDir`, which is made if need be.
 *
 * @param homeDir Folder for this purpose alone, e.g. a temporary one.
 * @param env Environment to start from. Default: this process's.
 */
export function isolatedEnv(
  engine: Engine,
  homeDir: string,
  env: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const home = resolve(homeDir, "home");
  const state = resolve(homeDir, "state");
  // The file back end refuses a folder that does not exist.
  for (const folder of [home, state]) mkdirSync(folder, { recursive: true });

  const folders = new Set([engine.binDir, ...(engine.extraPath ?? []), ...pathFolders(env)]);
  return {
    ...withoutPulumiSettings(env),
    [pathName(env)]: [...folders].join(delimiter),
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_CONFIG_PASSPHRASE: PASSPHRASE,
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
}
