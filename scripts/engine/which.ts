import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

const WINDOWS = process.platform === "win32";

/** The name of PATH in this environment: Windows spells it as it likes ("Path"). */
export function pathName(env: NodeJS.ProcessEnv): string {
  return Object.keys(env).find((name) => (WINDOWS ? name.toUpperCase() : name) === "PATH") ?? "PATH";
}

/** The folders of PATH in order, each once. */
export function pathFolders(env: NodeJS.ProcessEnv): string[] {
  const folders = (env[pathName(env)] ?? "").split(delimiter).filter((folder) => folder !== "");
  return [...new Set(folders)];
}

/** The file to run for `name` in one folder, if there is one. */
export function executableIn(folder: string, name: string): string | undefined {
  const names = WINDOWS ? [`${name}.exe`, `${name}.cmd`] : [name];
  return names.map((file) => join(folder, file)).find(isExecutable);
}

/** Every file of that name that can be run from PATH, the first one first. */
export function executablesOnPath(name: string, env: NodeJS.ProcessEnv): string[] {
  return pathFolders(env).flatMap((folder) => executableIn(folder, name) ?? []);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
