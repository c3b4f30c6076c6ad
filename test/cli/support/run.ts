import { EventEmitter } from "node:events";
import { Readable, Writable } from "node:stream";
import { afterEach } from "vitest";
import { ioOf } from "../../../cli/processIo";
import { run } from "../../../cli/run";
import type { Clock } from "../../../provider/core/clock";

/** How a run of the command line ended. */
export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** What a run has around it; what is not given is empty. */
export interface Around {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** What is piped in. */
  input?: string;
  /** The machine's by default. */
  clock?: Clock;
}

const running = new Set<Run>();

afterEach(async () => {
  await Promise.all(Array.from(running, (each) => each.stop()));
});

/** A run of the command line in this process, ended with the test at the latest. */
export class Run {
  readonly exit: Promise<number>;
  readonly #out = new Collected();
  readonly #err = new Collected();
  /** What stands for the process. */
  readonly #process: EventEmitter;

  constructor(args: readonly string[], { env = {}, cwd = __dirname, input = "", clock }: Around = {}) {
    const stdin = Readable.from([input]);
    const own = { stdin, stdout: this.#out, stderr: this.#err, env, cwd: () => cwd };
    const process = Object.assign(new EventEmitter(), own);
    this.#process = process;
    const io = ioOf(process);
    running.add(this);
    this.exit = run(args, clock === undefined ? io : { ...io, clock }).finally(() => running.delete(this));
  }

  /** What it printed so far. */
  get stdout(): string {
    return this.#out.text;
  }

  /** The same, of what goes wrong. */
  get stderr(): string {
    return this.#err.text;
  }

  /** Sends it a signal, as the shell does at Ctrl-C. */
  kill(signal: "SIGINT" | "SIGTERM"): void {
    this.#process.emit(signal);
  }

  /** Ends it if it still runs. */
  async stop(): Promise<void> {
    this.kill("SIGTERM");
    await this.exit;
  }

  /** Waits for something in the output, or for the end. */
  async printed(pattern: RegExp): Promise<string> {
    for (;;) {
      const match = pattern.exec(this.stdout);
      if (match !== null) return match[1] ?? match[0];
      const more = new Promise<string>((resolve) => this.#out.once("collected", () => resolve("more")));
      const next = await Promise.race([more, this.exit.then(() => "ended")]);
      if (next === "ended" && !pattern.test(this.stdout))
        throw new Error(`never printed ${pattern}: ${this.stderr}`);
    }
  }

  /** Waits for the end. */
  async outcome(): Promise<Outcome> {
    const code = await this.exit;
    return { code, stdout: this.stdout, stderr: this.stderr };
  }
}

class Collected extends Writable {
  text = "";

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk;
    this.emit("collected");
    done();
  }
}
