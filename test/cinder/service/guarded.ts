import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Packages, pythonEnv } from "./packages";

/** A command of the virtual environment. */
export interface Command {
  packages: Packages;
  args: readonly string[];
  env?: Record<string, string>;
  /** Folder of its own, which is removed when it is stopped. */
  folder: string;
  /** File for what it prints. */
  log: string;
}

/** A process that never outlives this one: it is ended when this one ends, also by force. */
export class Guarded {
  readonly #guard: ChildProcess;
  readonly #ended: Promise<unknown>;

  private constructor(
    guard: ChildProcess,
    /** Process id of the command. */
    readonly pid: number,
  ) {
    this.#guard = guard;
    this.#ended = guard.exitCode === null ? once(guard, "exit") : Promise.resolve();
  }

  static async start({ packages, args, env, folder, log }: Command): Promise<Guarded> {
    const file = openSync(log, "a");
    const guard = spawn(
      packages.python,
      [join(__dirname, "aio", "guard.py"), folder, packages.python, ...args],
      {
        env: { ...pythonEnv(packages), ...env },
        stdio: ["pipe", "pipe", file],
        detached: true,
      },
    );
    closeSync(file);
    const { stdin, stdout } = guard;
    if (stdin === null || stdout === null) throw new Error("there are no pipes");
    // A guard that has ended takes nothing more.
    stdin.on("error", () => undefined);
    const [line] = (await Promise.race([
      once(createInterface({ input: stdout }), "line"),
      once(guard, "exit").then(() => [""]),
    ])) as [string];
    if (!/^\d+$/.test(line))
      throw new Error(`the guard did not start: ${readFileSync(log, "utf8").slice(-2000)}`);
    // Neither the process nor its pipes keep this one from ending.
    guard.unref();
    for (const pipe of [stdin, stdout]) (pipe as unknown as { unref(): void }).unref();
    return new Guarded(guard, Number(line));
  }

  /** Whether the command still runs. */
  get alive(): boolean {
    return this.#guard.exitCode === null && this.#guard.signalCode === null;
  }

  /** Ends it as a crash would (SIGKILL); its folder stays. */
  async crash(): Promise<void> {
    if (!this.alive) return;
    process.kill(this.pid, "SIGKILL");
    await this.#over();
  }

  /** Ends it and removes its folder. */
  async stop(): Promise<void> {
    if (!this.alive) return;
    this.#guard.stdin?.end();
    await this.#over();
  }

  async #over(): Promise<void> {
    this.#guard.ref();
    await this.#ended;
  }
}
