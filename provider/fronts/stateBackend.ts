import { readFileSync, statSync } from "node:fs";
import { homedir, hostname } from "node:os";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { parse } from "yaml";
import type { Surroundings } from "../core/backend";
import { isRecord } from "../core/values";

/** Pulumi's own folder of a user. */
export function pulumiHome({ env }: Surroundings): string {
  return env.PULUMI_HOME || join(env.HOME || homedir(), ".pulumi");
}

/**
 * Which state back end Pulumi uses here, as far as a process of its can tell: it hands over no word of that. The order
 * is Pulumi's own: the environment, the project, where the user has signed in.
 *
 * @returns strings that no other back end has; a folder is known by itself, since others have the same path
 */
export function stateBackend(where: Surroundings): readonly string[] {
  const project = projectFile(where.cwd);
  const [address, base] = where.env.PULUMI_BACKEND_URL
    ? [where.env.PULUMI_BACKEND_URL, where.cwd]
    : project?.backend
      ? [project.backend, project.folder]
      : [signedIn(where), where.cwd];
  if (address === undefined) return [];
  const url = address.replace(/\/+$/, "");
  return url.startsWith("file:")
    ? ["file", ...folderOf(url.replace(/^file:(\/\/)?/, ""), base, where)]
    : [url];
}

function folderOf(path: string, base: string, { env }: Surroundings): string[] {
  const home = env.HOME || homedir();
  const plain = path.startsWith("~") ? join(home, path.slice(1)) : path || "/";
  const folder = isAbsolute(plain) ? plain : resolve(base, plain);
  try {
    const { ino, birthtimeNs } = statSync(join(folder, ".pulumi"), { bigint: true });
    // A file system that knows no time of birth may give a number out again.
    return birthtimeNs > 0n ? [String(ino), String(birthtimeNs)] : [hostname(), folder, String(ino)];
  } catch {
    return [hostname(), folder];
  }
}

/** The name of the Pulumi project that a folder is in; `undefined` where it is in none. */
export function projectName(cwd: string): string | undefined {
  return projectFile(cwd)?.name;
}

/** What the project's file says: its name and its back end. */
interface ProjectFile {
  folder: string;
  name: string | undefined;
  backend: string | undefined;
}

function projectFile(cwd: string): ProjectFile | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    for (const name of ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"]) {
      const content = read(join(folder, name), parse);
      if (!isRecord(content)) continue;
      const url = isRecord(content.backend) ? content.backend.url : undefined;
      const text = (value: unknown) => (typeof value === "string" ? value : undefined);
      return { folder, name: text(content.name), backend: text(url) };
    }
    if (folder === dirname(folder)) return undefined;
  }
}

function signedIn(where: Surroundings): string | undefined {
  const folder = where.env.PULUMI_CREDENTIALS_PATH || pulumiHome(where);
  const content = read(join(folder, "credentials.json"), JSON.parse);
  return isRecord(content) && typeof content.current === "string" ? content.current : undefined;
}

function read(path: string, parsed: (text: string) => unknown): unknown {
  try {
    return parsed(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}
