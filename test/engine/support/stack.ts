import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import {
  type DestroyOptions,
  LocalWorkspace,
  type OpMap,
  PulumiCommand,
  type PulumiFn,
  Stack as PulumiStack,
  type UpOptions,
} from "@pulumi/pulumi/automation";
import { inject } from "vitest";
import { type Engine, isolatedEnv } from "../../../scripts/engine";
import { attached, mayAttach } from "./attached";
import { hurriedClock, type Movable } from "./hurriedClock";
import { rootOf } from "./setup";
import { type Surroundings, withStanding } from "./standing/pool";
import { StateFiles, type StateResource } from "./stateFiles";
import { project } from "./template";

/** The root of this repository. */
export const repository = resolve(__dirname, "../../..");
/** Loaded like a user's program, so with the built package. */
const { declare } = createRequire(__filename)("./program/declare.js") as {
  declare(program: { resources: Declared[] }): Promise<Record<string, unknown>>;
};

/** A resource as a test declares it. */
export interface Declared {
  /** A class of the module `waldur` by its name alone, one of another module as `cinder:Snapshot`, or `Provider`. */
  type:
    | "Volume"
    | "VolumeAttachment"
    | "Snapshot"
    | "SnapshotRestoration"
    | "Provider"
    | `${string}:${string}`;
  name: string;
  args?: Record<string, unknown>;
  /** Read this id with `static get` instead of managing it. */
  get?: string;
  opts?: Record<string, unknown>;
  /** Name of an explicit provider that was declared before. */
  provider?: string;
}

/** A look-up as a test declares it. */
export interface LookUp {
  name: string;
  /** A function of the module `waldur` by its name alone, one of another module as `cinder:getSnapshots`. */
  fn: string;
  args: Record<string, unknown>;
  /** Name of an explicit provider that was declared before. */
  provider?: string;
}

/** What a run of the engine did. */
export interface Run {
  /** Everything that the engine printed. */
  text: string;
  /** Resources by what was done with them, e.g. `{ create: 3, same: 1 }`. */
  changes: Partial<OpMap>;
  /** Outputs of the program: every resource by its name. */
  outputs: Record<string, Record<string, unknown>>;
}

/** Where the engine's output goes. */
interface Listeners {
  onOutput(text: string): void;
  onError(text: string): void;
}

/** The front that the scenarios of this run go through. */
export const front = inject("front");

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

/** A stack of a program of its own, on the real engine, with a home and a state of its own. */
export class Stack {
  readonly #stack: PulumiStack;
  readonly #folder: string;
  readonly #state: StateFiles;
  /** Everything that any run printed. */
  printed = "";
  /** What the program declares; absent: it is one of its own. */
  #declared: Declared[] | undefined;
  /** Whether the program runs in this process. */
  #inHere = false;
  /** Whether the engine uses a provider that stands already, instead of starting it. */
  #attached: boolean;
  /** The clock of the machine that the engine and its processes run on; absent: this one's. */
  clock: { now(): number } | undefined;
  /** The clock that the provider shares with its server, where its long pauses are to be passed over. */
  hurried: Movable | undefined;

  private constructor(stack: PulumiStack, folder: string, attaches: boolean) {
    this.#stack = stack;
    this.#attached = attaches;
    this.#folder = folder;
    const project = /^name: (.+)$/m.exec(readFileSync(join(stack.workspace.workDir, "Pulumi.yaml"), "utf8"));
    const state = new StateFiles(join(folder, "state"), project?.[1] ?? "");
    this.#state = state;
    // After every run the Automation API asks the command line for the outputs, twice, and for the summary, each a
    // process of its own; the same is in the files of the state.
    const { workspace } = stack;
    const asked = workspace.stackOutputs.bind(workspace);
    workspace.stackOutputs = async (name) => state.outputs() ?? asked(name);
    stack.info = async () => state.lastUpdate();
  }

  /** Makes a stack with these settings, through the front of this run. */
  static async create({ config = {}, env = {}, ...options }: StackOptions = {}): Promise<Stack> {
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
    const stack = await (example ? PulumiStack.create("test", workspace) : existing(workspace));
    for (const [name, value] of Object.entries(config)) {
      if (typeof value === "string") continue;
      await stack.setConfig(`openstack-snapshots:${name}`, { value: value.secret, secret: true });
    }
    const attaches = !example && options.pluginSetting !== false && mayAttach(repository);
    return new Stack(stack, folder, attaches);
  }

  /**
   * Says what the program declares from now on. Without look-ups it runs in this process, which spares another one;
   * look-ups find their settings in the environment of a process.
   */
  declare(resources: Declared[], lookups: LookUp[] = []): void {
    writeFileSync(join(this.#folder, "program", "resources.json"), JSON.stringify({ resources, lookups }));
    this.#declared = resources;
    this.#inHere = lookups.length === 0;
    // One session cannot be two providers.
    if (resources.some(({ type }) => type === "Provider")) this.#attached = false;
  }

  /** Gives the stack a program of its own, in JavaScript, instead of what is declared. */
  program(text: string): void {
    writeFileSync(join(this.#folder, "program", "index.js"), text);
    this.#declared = undefined;
    this.#inHere = false;
  }

  /** Any other command of `pulumi`, without waiting in a way that would stop a server in this process. @returns what it printed */
  pulumi(...args: string[]): Promise<string> {
    return this.pulumiAlone(...args, "--stack", "test");
  }

  /** The same with a command that is about no stack. */
  async pulumiAlone(...args: string[]): Promise<string> {
    this.#setClock();
    const { envVars, workDir } = this.#stack.workspace;
    const options = { cwd: workDir, env: { ...process.env, ...envVars }, maxBuffer: 64 << 20 };
    return new Promise((resolve, reject) => {
      execFile("pulumi", [...args, "--non-interactive"], options, (error, out, err) => {
        this.printed += out + err;
        if (error) reject(new Error(`pulumi ${args[0]} failed:\n${out}${err}`));
        else resolve(out);
      });
    });
  }

  /** Puts a folder in front of PATH, for every later run. */
  onPath(folder: string): void {
    const { workspace } = this.#stack;
    workspace.envVars = { ...workspace.envVars, PATH: `${folder}${delimiter}${workspace.envVars.PATH}` };
  }

  /**
   * `pulumi up` that gets the interrupt of Ctrl-C, as a terminal sends it: to all processes at once.
   *
   * @param when asked again and again; the interrupt comes once it is true
   * @returns what the engine printed
   */
  interrupted(when: () => boolean): Promise<string> {
    return this.broken("up", when, (group) => process.kill(-group, "SIGINT"));
  }

  /**
   * A command of `pulumi` that something happens to, in processes of its own.
   *
   * @param when asked again and again; it happens once this is true
   * @param happen given the leader of the group of the command's processes
   * @returns what the engine printed
   */
  async broken(
    command: "up" | "destroy",
    when: () => boolean,
    happen: (group: number) => void,
  ): Promise<string> {
    this.#setClock();
    const { envVars, workDir } = this.#stack.workspace;
    const args = [command, "--yes", "--skip-preview", "--non-interactive", "--stack", "test"];
    const child = spawn("pulumi", args, {
      cwd: workDir,
      env: { ...process.env, ...envVars },
      detached: true,
    });
    let text = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (more) => (text += more));
    const poll = setInterval(() => {
      if (!when() || child.pid === undefined) return;
      clearInterval(poll);
      happen(child.pid);
    }, 5);
    // What the engine has started may live on, and hold its output open.
    await once(child, "exit");
    clearInterval(poll);
    this.printed += text;
    return text;
  }

  /** Where the command line runs. */
  get place(): { cwd: string; env: NodeJS.ProcessEnv } {
    const { envVars, workDir } = this.#stack.workspace;
    return { cwd: workDir, env: { ...process.env, ...envVars } };
  }

  /** The folder of the engine's settings, by which the processes of its runs are known. */
  get home(): string {
    return join(this.#folder, "home");
  }

  /** `pulumi up`. @throws where the engine fails; what it printed is in `printed` */
  async up(options: UpOptions = {}): Promise<Run> {
    return this.#run((listen) => {
      const all = { suppressProgress: true, ...options };
      return this.#inHere
        ? this.#stack.up({ ...listen, ...this.#inline(), ...all })
        : this.#upElsewhere(listen, all);
    });
  }

  /**
   * `pulumi up` that has to fail. The program runs in another process: what is left of it when the engine has gone
   * would be taken for an error of the next one here.
   *
   * @returns what the engine printed
   */
  async upFails(options: UpOptions = {}): Promise<string> {
    const before = this.printed.length;
    try {
      await this.#run((listen) => this.#upElsewhere(listen, { suppressProgress: true, ...options }));
    } catch {
      return this.printed.slice(before);
    }
    throw new Error(`pulumi up was to fail, but it succeeded:\n${this.printed.slice(before)}`);
  }

  /** `pulumi preview --diff`. */
  async preview(): Promise<Run> {
    return this.#run(async (listen) => {
      const { changeSummary } = await this.#stack.preview({ ...listen, diff: true, ...this.#inline() });
      return { summary: { resourceChanges: changeSummary }, outputs: {} };
    });
  }

  /** `pulumi refresh`. */
  async refresh(): Promise<Run> {
    return this.#run(async (listen) => ({ ...(await this.#stack.refresh(listen)), outputs: {} }));
  }

  /** `pulumi destroy`. */
  async destroy(options: DestroyOptions = {}): Promise<Run> {
    return this.#run(async (listen) => ({
      ...(await this.#stack.destroy({ ...listen, ...options })),
      outputs: {},
    }));
  }

  /** Sets a value of the stack's configuration. */
  async configure(name: string, value: string): Promise<void> {
    await this.#stack.setConfig(name, { value });
  }

  /** What `pulumi stack export` prints: the state, secrets encrypted. The Automation API would show them. */
  exported(): string {
    const { envVars } = this.#stack.workspace;
    return execFileSync("pulumi", ["stack", "export", "--stack", "test"], {
      cwd: this.#stack.workspace.workDir,
      env: { ...process.env, ...envVars },
      encoding: "utf8",
    });
  }

  /** The resources of the package in the state, by their names in the program. */
  resources(): Record<string, StateResource> {
    const own = this.#state.resources().filter(({ type }) => /openstack-snapshots[/:]\w+:/.test(type));
    return Object.fromEntries(own.map((resource) => [resource.urn.split("::").at(-1) ?? "", resource]));
  }

  /** Removes the stack's files. */
  dispose(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #setClock(): void {
    const { workspace } = this.#stack;
    const ahead = this.clock === undefined ? 0 : Math.round(this.clock.now() - Date.now());
    workspace.envVars = { ...workspace.envVars, CLOCK_AHEAD_MS: String(ahead) };
  }

  async #upElsewhere(listen: Listeners, options: UpOptions) {
    if (!this.#attached || this.#declared === undefined) return this.#stack.up({ ...listen, ...options });
    const given = { where: this.#where, home: this.home, root: rootOf(inject("engine")), options };
    await withStanding(repository, (standing) => standing.ask("up", given, listen.onOutput));
    return { summary: this.#state.lastUpdate() ?? {}, outputs: await this.#stack.outputs() };
  }

  get #where(): Surroundings {
    const { envVars, workDir } = this.#stack.workspace;
    return { env: { ...process.env, ...envVars }, cwd: workDir };
  }

  async #withProvider<T>(onText: (text: string) => void, run: () => Promise<T>): Promise<T> {
    if (!this.#attached) return run();
    const { workspace } = this.#stack;
    const { envVars } = workspace;
    const clock = this.hurried && hurriedClock(this.hurried);
    return attached(repository, front, this.#where, onText, clock, async (variable) => {
      workspace.envVars = { ...envVars, ...variable };
      try {
        return await run();
      } finally {
        workspace.envVars = envVars;
      }
    });
  }

  #inline(): { program?: PulumiFn } {
    const resources = this.#declared;
    return this.#inHere && resources ? { program: () => declare({ resources }) } : {};
  }

  async #run(
    start: (listen: Listeners) => Promise<{
      summary: { resourceChanges?: OpMap | undefined };
      outputs: Record<string, { value: Record<string, unknown> }>;
    }>,
  ): Promise<Run> {
    this.#setClock();
    let text = "";
    const note = (more: string) => {
      text += more;
      this.printed += more;
    };
    const { summary, outputs } = await this.#withProvider(note, () =>
      start({ onOutput: note, onError: note }),
    );
    const values = Object.entries(outputs).map(([name, { value }]) => [name, value]);
    return { text, changes: summary.resourceChanges ?? {}, outputs: Object.fromEntries(values) };
  }
}

/** The stack whose state has been put in place. Pulumi need not be asked whether it is there, which takes a process. */
function existing(workspace: LocalWorkspace): Promise<PulumiStack> {
  workspace.selectStack = async () => undefined;
  return PulumiStack.select("test", workspace);
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
