import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command } from "../command";
import { type Engine, isolatedEnv } from "../engine";
import { root } from "../tools";

/** Resources by what was done with them, e.g. `{ create: 3, same: 1 }`. */
export type Changes = Partial<Record<string, number>>;

/** The command of Pulumi that a step runs. */
export type Operation = "up" | "destroy";

/** How an operation runs, and how it has to end; see {@link DemoStack.run}. */
export interface RunOptions {
  only?: string | undefined;
  policies?: string | undefined;
  refused?: string | undefined;
}

interface PulumiOptions {
  show?: boolean;
  input?: string;
  cwd?: string;
  refused?: string | undefined;
}

const name = "demo";

/**
 * A stack of the project in the root of the repository, run by the real `pulumi` command. Its home, its state and
 * its settings file are in a temporary folder, so nothing of the user's is touched and nothing is left behind.
 */
export class DemoStack {
  readonly #engine: Engine;
  readonly #folder: string;
  readonly #env: Record<string, string>;
  readonly #signal: AbortSignal | undefined;

  private constructor(engine: Engine, signal: AbortSignal | undefined) {
    this.#engine = engine;
    this.#signal = signal;
    this.#folder = mkdtempSync(join(tmpdir(), "openstack-snapshots-demo-"));
    // What the user has set for another Waldur is not for this one.
    const others = Object.entries(process.env).filter(([key]) => !key.startsWith("WALDUR_"));
    this.#env = isolatedEnv(engine, this.#folder, Object.fromEntries(others));
  }

  static async create(engine: Engine, signal?: AbortSignal): Promise<DemoStack> {
    const stack = new DemoStack(engine, signal);
    try {
      await stack.#init();
      return stack;
    } catch (error) {
      stack.dispose();
      throw error;
    }
  }

  /** `pulumi config set`. A secret goes over standard input, and is kept encrypted. */
  async configure(key: string, value: string, secret = false): Promise<void> {
    const args = ["config", "set", ...(secret ? ["--secret"] : []), key, ...this.#where];
    await this.#pulumi(args, { input: value });
  }

  /**
   * Runs an operation as a user would, with the engine's own output.
   *
   * @param only the name of a resource to leave all others alone
   * @param policies the folder of a policy pack; with one there is a preview, since that is where it has to speak
   * @param refused words of the refusal with which it has to end
   * @returns what it did
   */
  async run(operation: Operation, { only, policies, refused }: RunOptions = {}): Promise<Changes> {
    const target = only ? ["--target", `**::${only}`] : [];
    const preview = policies ? ["--policy-pack", policies] : ["--skip-preview"];
    const args = [operation, "--yes", ...preview, "--suppress-progress", ...target];
    console.log(`$ pulumi ${args.join(" ")}`);
    await this.#pulumi([...args, ...this.#where], { show: true, refused });
    const history = ["stack", "history", "--json", "--page-size", "1", "--stack", name];
    const [last] = JSON.parse(await this.#pulumi(history)) as { resourceChanges?: Changes }[];
    return last?.resourceChanges ?? {};
  }

  /** Removes the stack's files. */
  dispose(): void {
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }

  get #settings(): string {
    return join(this.#folder, "settings");
  }

  get #where(): string[] {
    return ["--stack", name, "--config-file", join(this.#settings, `Pulumi.${name}.yaml`)];
  }

  /** `stack init` writes the settings file beside the project file, so it is given a copy of that elsewhere. */
  async #init(): Promise<void> {
    mkdirSync(this.#settings);
    copyFileSync(join(root, "Pulumi.yaml"), join(this.#settings, "Pulumi.yaml"));
    await this.#pulumi(["stack", "init", name, "--no-select"], { cwd: this.#settings });
  }

  async #pulumi(
    args: readonly string[],
    { show = false, refused, ...others }: PulumiOptions = {},
  ): Promise<string> {
    const look = [
      "--non-interactive",
      "--color",
      process.stdout.isTTY && process.stdout.hasColors() ? "always" : "never",
    ];
    const { code, stdout } = await command(this.#engine.pulumi, [...args, ...look], {
      cwd: root,
      env: this.#env,
      signal: this.#signal,
      output: show ? "relay" : "capture",
      ...others,
    });
    if (refused !== undefined && code !== 0 && stdout.includes(refused)) return stdout;
    if (refused !== undefined)
      throw new Error(`\`pulumi ${args[0]}\` was to be refused: "${refused}"; it ended with code ${code}`);
    if (code !== 0) throw new Error(`\`pulumi ${args[0]}\` ended with code ${code}\n${stdout}`.trimEnd());
    return stdout;
  }
}
