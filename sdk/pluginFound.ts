import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { packageName } from "./packageName";

/** The executable of the plugin. */
const executable = `pulumi-resource-${packageName}`;

/** In the file of a project: an entry of `plugins`, or one of `packages` with what follows it. */
const entry = new RegExp(
  `(name:\\s*["']?${packageName}["']?\\s*(#.*)?$)|(^\\s*["']?${packageName}["']?:\\s)`,
  "m",
);

/**
 * What is missing where a program wants the plugin and the engine would not find it: that looks for a release on GitHub
 * then, and its error names nothing that helps.
 *
 * Looks where the engine does. In doubt the plugin counts as found, so that the engine decides: where the process has
 * not been started by it (a program of the Automation API has another environment and another folder), and where the
 * download is set to come from elsewhere.
 *
 * @returns the message, with the ways to get the plugin; `undefined` where it is there
 */
export function missingPlugin(env: NodeJS.ProcessEnv = process.env, cwd = process.cwd()): string | undefined {
  const startedByEngine = env.PULUMI_NODEJS_MONITOR !== undefined;
  const elsewhere = env.PULUMI_PLUGIN_DOWNLOAD_URL_OVERRIDES !== undefined;
  if (!startedByEngine || elsewhere || attached(env) || onPath(env) || installed(env)) return undefined;
  const project = projectFile(env.PULUMI_NODEJS_ROOT_DIRECTORY || cwd);
  if (project === undefined || entry.test(project)) return undefined;
  return [
    `the plugin ${executable} is not installed, and ${packageName}:front or an explicit Provider asks for it. Either`,
    `  - add it to Pulumi.yaml, under "plugins: providers:":`,
    `      - name: ${packageName}`,
    `        path: node_modules/pulumi-openstack-snapshots/bin`,
    `  - or run Pulumi through npm, which puts the plugin on PATH: npx pulumi up`,
    `  - or install it for all stacks: pulumi plugin install resource ${packageName} (README, "Two fronts, one program")`,
    `Without the plugin: pulumi config set ${packageName}:front dynamic`,
  ].join("\n");
}

/** Whether the engine is told to use one that runs already. */
function attached({ PULUMI_DEBUG_PROVIDERS: running = "" }: NodeJS.ProcessEnv): boolean {
  return running.split(",").some((each) => each.trim().startsWith(`${packageName}:`));
}

function onPath(env: NodeJS.ProcessEnv): boolean {
  if (env.PULUMI_IGNORE_AMBIENT_PLUGINS === "true") return false;
  const folders = (env.PATH ?? "").split(delimiter).filter(Boolean);
  return folders.some((folder) =>
    ["", ".cmd", ".exe"].some((ending) => existsSync(join(folder, executable + ending))),
  );
}

function installed(env: NodeJS.ProcessEnv): boolean {
  const folder = join(env.PULUMI_HOME || join(env.HOME || homedir(), ".pulumi"), "plugins");
  try {
    return readdirSync(folder).some((name) => name.startsWith(`resource-${packageName}-v`));
  } catch {
    return false;
  }
}

/** The text of the file of the project that a folder belongs to; `undefined` where none can be read. */
function projectFile(cwd: string): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    for (const name of ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"]) {
      const path = join(folder, name);
      if (existsSync(path)) return readable(path);
    }
    if (folder === dirname(folder)) return undefined;
  }
}

function readable(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
