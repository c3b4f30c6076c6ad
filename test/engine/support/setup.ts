import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { type Engine, ensureEngine } from "../../../scripts/engine";
import { bundlePlugin } from "../../../scripts/plugin/archive";
import { makeTemplate, type Template } from "./template";
import { startVault } from "./vault";

/** The part of vitest's test project that is used; its type is not to be had from a CommonJS module. */
interface TestProject {
  provide(key: "engine", value: Engine): void;
  provide(key: "template", value: Template): void;
  provide(key: "plugin", value: string): void;
}

declare module "vitest" {
  interface ProvidedContext {
    engine: Engine;
    front: "dynamic" | "plugin";
    /** The test files in whose scenarios the engine starts every process, by their paths from the repository's root. */
    asWithUsers: readonly string[] | "all";
    template: Template;
    /** Folder of the plugin as it is installed: one file, which starts faster than the modules of `dist`. */
    plugin: string;
  }
}

/** What the scenarios of all projects share. */
interface Common {
  engine: Engine;
  template: Template;
  plugin: string;
  remove(): void;
}

// Each project of vitest has a set-up, and its own copy of this module; what it makes is one for all of them.
const shared = globalThis as { [key: symbol]: Promise<Common> | undefined };
const key = Symbol.for("openstack-snapshots.engine");

/**
 * Gets the engine before the first test, makes the stack and the plugin that scenarios begin with, and keeps the
 * user's own settings out of all of them. @returns what tidies up
 */
export default async function setup(project: TestProject): Promise<() => void> {
  shared[key] ??= prepare();
  const { engine, template, plugin, remove } = await shared[key];
  project.provide("engine", engine);
  project.provide("template", template);
  project.provide("plugin", plugin);
  return remove;
}

async function prepare(): Promise<Common> {
  const engine = await ensureEngine({ log: (line) => console.error(line) });
  for (const name of Object.keys(process.env))
    if (/^(PULUMI|WALDUR|OS)_/.test(name)) delete process.env[name];
  // npm puts the commands of this package on PATH, the plugin among them; who has installed nothing has it not.
  const folders = (process.env.PATH ?? "").split(delimiter);
  process.env.PATH = folders
    .filter((folder) => !folder.endsWith(join("node_modules", ".bin")))
    .join(delimiter);
  const vault = await startVault();
  Object.assign(process.env, vault.env);
  const folder = mkdtempSync(join(tmpdir(), "openstack-snapshots-common-"));
  const [stack, plugin] = ["stack", "plugin"].map((name) => join(folder, name)) as [string, string];
  for (const each of [stack, plugin]) mkdirSync(each);
  await bundlePlugin(plugin);
  return {
    engine,
    template: await makeTemplate(engine, stack, vault.provider),
    plugin,
    remove: () => {
      vault.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The folder that Pulumi's Automation API calls the root of an installation. */
export function rootOf(engine: Engine): string {
  return dirname(engine.binDir);
}
