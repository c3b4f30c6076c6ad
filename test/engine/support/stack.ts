import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type {
  DestroyOptions,
  OpMap,
  PreviewOptions,
  PulumiFn,
  Stack as PulumiStack,
  UpOptions,
} from "@pulumi/pulumi/automation";
import { inject } from "vitest";
import { attached, mayAttach } from "./attached";
import { runBroken, runPulumi } from "./commandLine";
import { type Declared, declare, type LookUp, type Run } from "./declared";
import { hurriedClock, type Movable } from "./hurriedClock";
import { rootOf } from "./setup";
import { front, makeStack, repository, type StackOptions } from "./stackFolder";
import { type Surroundings, withStanding } from "./standing/pool";
import { StateFiles, type StateResource } from "./stateFiles";

export type { Declared, Run } from "./declared";
export { everyFront, front, repository, type StackOptions } from "./stackFolder";

/** Where the engine's output goes. */
interface Listeners {
  onOutput(text: string): void;
  onError(text: string): void;
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
  /** Whether it may run in a process that stands. */
  #mayStand = false;
  /** Whether the engine uses a provider that stands already, instead of starting it. */
  #attached: boolean;
  /** The fronts whose providers stand already. */
  #fronts = [front];
  /** The clock of the machine that the engine and its processes run on; absent: this one's. */
  clock: { now(): number } | undefined;
  #hurried: Movable | undefined;

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
  static async create(options: StackOptions = {}): Promise<Stack> {
    const { folder, stack } = await makeStack(options);
    const attaches = !options.example && options.pluginSetting !== false && mayAttach(repository);
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
    this.#mayStand = true;
    // One session cannot be two providers.
    if (resources.some(({ type }) => type === "Provider")) this.#attached = false;
  }

  /**
   * Gives the stack a program of its own, in JavaScript, instead of what is declared.
   *
   * @param exported whether it exports a function with all that it does. That runs in a process that stands, since the
   *   language host of the engine knows no transforms of a stack
   */
  program(text: string, exported = false): void {
    writeFileSync(join(this.#folder, "program", "index.js"), text);
    this.#declared = undefined;
    this.#mayStand = exported;
    this.#inHere = false;
  }

  /** Any other command of `pulumi`, without waiting in a way that would stop a server in this process. @returns what it printed */
  pulumi(...args: string[]): Promise<string> {
    return this.pulumiAlone(...args, "--stack", "test");
  }

  /** The same with a command that is about no stack. */
  async pulumiAlone(...args: string[]): Promise<string> {
    this.#setClock();
    const { out, text, error } = await runPulumi(this.place, args);
    this.printed += text;
    if (error) throw new Error(`pulumi ${args[0]} failed:\n${text}`);
    return out;
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
    const text = await runBroken(this.place, command, when, happen);
    this.printed += text;
    return text;
  }

  /** Where the command line runs. */
  get place(): Surroundings {
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
    return this.#fails("up", { suppressProgress: true, ...options });
  }

  /** The same of `pulumi preview`. */
  async previewFails(options: PreviewOptions = {}): Promise<string> {
    return this.#fails("preview", options);
  }

  /** `pulumi preview --diff`. */
  async preview(options: PreviewOptions = {}): Promise<Run> {
    return this.#run(async (listen) => {
      const all = { ...listen, diff: true, ...this.#inline(), ...options };
      const { changeSummary } = await this.#stack.preview(all);
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

  /** Has the provider pass its long pauses over, where it stands already and can. @param clock its server's */
  hurry(clock: Movable): void {
    this.clock = clock;
    this.#hurried = clock;
  }

  /** Has the stack go through a front from now on. */
  async through(next: typeof front): Promise<void> {
    this.#fronts = ["dynamic", "plugin"];
    await this.configure("openstack-snapshots:front", next);
  }

  /** Sets a value of the stack's configuration. */
  async configure(name: string, value: string): Promise<void> {
    await this.#stack.setConfig(name, { value });
  }

  /** What `pulumi stack export` prints: the state, secrets encrypted. The Automation API would show them. */
  exported(): string {
    const args = ["stack", "export", "--stack", "test"];
    return execFileSync("pulumi", args, { ...this.place, encoding: "utf8" });
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

  async #fails(command: "up" | "preview", options: UpOptions): Promise<string> {
    const before = this.printed.length;
    try {
      await this.#run(async (listen) => {
        await this.#elsewhere(command, listen, options);
        return { summary: {}, outputs: {} };
      });
    } catch {
      return this.printed.slice(before);
    }
    throw new Error(`pulumi ${command} was to fail, but it succeeded:\n${this.printed.slice(before)}`);
  }

  async #upElsewhere(listen: Listeners, options: UpOptions) {
    await this.#elsewhere("up", listen, options);
    return { summary: this.#state.lastUpdate() ?? {}, outputs: await this.#stack.outputs() };
  }

  /** Runs the program in another process: one that stands already where that may be. */
  async #elsewhere(command: "up" | "preview", listen: Listeners, options: UpOptions): Promise<void> {
    if (!this.#attached || !this.#mayStand) {
      await (command === "up"
        ? this.#stack.up({ ...listen, ...options })
        : this.#stack.preview({ ...listen, ...options }));
      return;
    }
    const where = this.place;
    const given = { command, where, home: this.home, root: rootOf(inject("engine")), options };
    await withStanding(repository, (standing) => standing.ask("run", given, listen.onOutput));
  }

  async #withProvider<T>(onText: (text: string) => void, run: () => Promise<T>): Promise<T> {
    if (!this.#attached) return run();
    const { workspace } = this.#stack;
    const { envVars } = workspace;
    const clock = this.#hurried && hurriedClock(this.#hurried);
    const attaching = { repository, fronts: this.#fronts, where: this.place, onText, clock };
    return attached(attaching, async (variable) => {
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
