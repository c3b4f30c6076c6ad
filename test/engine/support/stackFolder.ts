import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { LocalWorkspace, PulumiCommand, Stack } from "@pulumi/pulumi/automation";
import { inject } from "vitest";
import { type Engine, isolatedEnv } from "../../../scripts/engine";
import { rootOf } from "./setup";
import { project } from "./template";

/** The root of this repository. */
export const repository = resolve(__dirname, "../../..");
/** The front that the scenarios of this run go through. */
export const front = inject("front");
/** Whether what is the same in both fronts is to go through both all the same. */
export const everyFront = inject("asWithUsers") === "all";

/** A project of JavaScript. */
const projectFile = `name: ${project}
runtime:
  name: nodejs
  options:
    typescript: false
`;
/** Where it finds the plugin. */
const pluginSetting = `plugins:
  providers:
    - name: openstack-snapshots
      path: ${inject("plugin")}
`;

/** Modules that the engine's processes load first: one to start faster, one for a clock of their own. */
const preloaded = ["lateModules.cjs", "shiftedClock.cjs"].map(
  (file) => `--require ${join(repository, "test", "support", file)}`,
);

/** What is in the environment of the processes that the engine consists of and starts. */
const ofProcesses = {
  NODE_OPTIONS: preloaded.join(" "),
  GOGC: "400",
};

/** How a stack reaches its servers. */
export interface StackOptions {
  /** Settings of the package by their names, e.g. `waldurApiUrl`; those below `secret` are written encrypted. */
  config?: Record<string, string | { secret: string }>;
  /** What else is in the environment of the engine, the program and the provider. */
  env?: Record<string, string>;
  /** Whether `Pulumi.yaml` says where the plugin is. Default: true. */
  pluginSetting?: boolean | undefined;
  /** Runs a copy of this folder of `examples/` instead of what is declared. */
  example?: string;
}

/** Makes the folder and the stack of a scenario, with these settings. @returns the folder and Pulumi's own stack */
export async function makeStack({
  config = {},
  env = {},
  ...options
}: StackOptions): Promise<{ folder: string; stack: Stack }> {
  const folder = mkdtempSync(join(tmpdir(), "openstack-snapshots-"));
  const program = join(folder, "program");
  mkdirSync(program);
  const { example } = options;
  const source = example ? join(repository, "examples", example) : join(__dirname, "program");
  cpSync(source, program, { recursive: true, filter: (path) => !path.includes("node_modules") });
  symlinkSync(join(repository, "node_modules"), join(program, "node_modules"), "dir");
  const file = example ? readFileSync(join(source, "Pulumi.yaml"), "utf8") : projectFile;
  const settingOfPlugin = options.pluginSetting === false ? "" : pluginSetting;
  writeFileSync(join(program, "Pulumi.yaml"), file + settingOfPlugin);
  if (!example) {
    writeFileSync(join(program, "package.json"), '{ "name": "scenario", "main": "index.js" }\n');
  }
  const plain = Object.entries({ ...config, front }).flatMap(([name, value]) =>
    typeof value === "string" ? [`  openstack-snapshots:${name}: ${JSON.stringify(value)}\n`] : [],
  );
  const { state, settings } = inject("template");
  writeFileSync(join(program, "Pulumi.test.yaml"), `${example ? "" : settings}config:\n${plain.join("")}`);
  if (!example) cpSync(state, join(folder, "state"), { recursive: true });
  const engine = inject("engine");
  const workspace = await LocalWorkspace.create({
    workDir: program,
    envVars: { ...isolatedEnv(engine, folder), ...ofProcesses, ...env },
    pulumiHome: join(folder, "home"),
    pulumiCommand: await commandOf(engine),
  });
  const stack = await (example ? Stack.create("test", workspace) : existing(workspace));
  for (const [name, value] of Object.entries(config)) {
    if (typeof value === "string") continue;
    await stack.setConfig(`openstack-snapshots:${name}`, { value: value.secret, secret: true });
  }
  return { folder, stack };
}

/** The stack whose state has been put in place. Pulumi need not be asked whether it is there, which takes a process. */
function existing(workspace: LocalWorkspace): Promise<Stack> {
  workspace.selectStack = async () => undefined;
  return Stack.select("test", workspace);
}

const commands = new Map<string, Promise<PulumiCommand>>();

/** The command line, asked for its version only once. */
function commandOf(engine: Engine): Promise<PulumiCommand> {
  const known = commands.get(engine.binDir);
  if (known) return known;
  const found = PulumiCommand.get({ root: rootOf(engine), skipVersionCheck: true });
  commands.set(engine.binDir, found);
  return found;
}
