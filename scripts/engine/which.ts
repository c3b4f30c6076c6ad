import { delimiter, resolve } from "node:path";
import which from "which";

const windows = process.platform === "win32";

/** The name of PATH in this environment: Windows spells it as it likes ("Path"). */
export function pathName(env: NodeJS.ProcessEnv): string {
  return Object.keys(env).find((name) => (windows ? name.toUpperCase() : name) === "PATH") ?? "PATH";
}

/** The folders of PATH in order, each once. */
export function pathFolders(env: NodeJS.ProcessEnv): string[] {
  const folders = (env[pathName(env)] ?? "").split(delimiter).filter((folder) => folder !== "");
  return [...new Set(folders)];
}

/** The file to run for `name` in one folder, if there is one. */
export function executableIn(folder: string, name: string): string | undefined {
  return which.sync(resolve(folder, name), { nothrow: true }) ?? undefined;
}

/** Every file of that name that can be run from PATH, the first one first. */
export function executablesOnPath(name: string, env: NodeJS.ProcessEnv): string[] {
  return pathFolders(env).flatMap((folder) => executableIn(folder, name) ?? []);
}
