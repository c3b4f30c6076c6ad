import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Program } from "./programs";

/** How a command ended: everything that it printed, and whether it succeeded. */
export interface Outcome {
  ok: boolean;
  text: string;
}

/** Where commands run. */
export interface Place {
  cwd: string;
  env: NodeJS.ProcessEnv;
}

/** Runs a command to its end, however it ends. */
export function run([file, ...args]: readonly [string, ...string[]], place: Place): Promise<Outcome> {
  const options = { ...place, maxBuffer: 64 << 20, timeout: 600_000 };
  return new Promise((done) => {
    execFile(file, args, options, (error, out, words) => done({ ok: error === null, text: out + words }));
  });
}

/** Writes files into a folder that is made. @param files texts, or values as JSON, by their names */
export function folder(path: string, files: Record<string, unknown>): string {
  mkdirSync(path, { recursive: true });
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(path, name), typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

/** What starts a program: Node, another Node, or bun in its place. */
export interface Runtime {
  name: string;
  /** The executable for the program, and for the dynamic provider too. */
  file: string;
}

/**
 * A folder for PATH whose `node` is another runtime, with Pulumi's TypeScript switched off: the engine that the tests
 * build has a language host that knows neither the option `typescript: false` nor `runtime: bun`.
 */
export function asNode({ name, file }: Runtime, path: string): string {
  const script = `#!/bin/sh\nexport PULUMI_NODEJS_TYPESCRIPT=false\nexec "${file}" "$@"\n`;
  folder(join(path, name), { node: script });
  chmodSync(join(path, name, "node"), 0o755);
  return join(path, name);
}

/**
 * Takes a stack from nothing to nothing: makes, finds nothing to do, destroys.
 *
 * @param front of the package
 * @param url of the Waldur
 * @returns the first command that failed, or that all succeeded
 */
export async function through(
  project: string,
  program: Program,
  { front, url, env, plugin }: { front: string; url: string; env: NodeJS.ProcessEnv; plugin: string },
): Promise<Outcome> {
  const name = `${program.name}-${front}`;
  const cwd = folder(join(project, name), {
    "package.json": { name, ...program.manifest, main: program.file },
    "Pulumi.yaml": `name: ${name}\nruntime: nodejs\n`,
    "Pulumi.test.yaml": `config:\n  openstack-snapshots:front: ${front}\n  openstack-snapshots:waldurApiUrl: ${url}/api/\n`,
    [program.file]: program.text,
  });
  const place = { cwd, env: { ...env, PATH: `${plugin}${delimiter}${env.PATH}` } };
  const pulumi = (...args: string[]) =>
    run(["pulumi", ...args, "--non-interactive", "--stack", "test"], place);
  await run(["pulumi", "stack", "init", "test", "--non-interactive"], place);
  let outcome: Outcome = { ok: true, text: "" };
  for (const args of [
    ["up", "--yes"],
    ["preview", "--expect-no-changes"],
    ["destroy", "--yes"],
  ]) {
    const [command = ""] = args;
    outcome = await pulumi(...args, ...(command === "preview" ? [] : ["--skip-preview"]));
    if (!outcome.ok) return outcome;
  }
  return outcome;
}
