import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";

/** The surroundings that a process of a run would have. */
export interface Surroundings {
  env: NodeJS.ProcessEnv;
  cwd: string;
}

/** Options of Node with which it starts. */
const execArgv = ["--require", join(__dirname, "../../../support/lateModules.cjs")];

/** Those that no run uses now. */
const idle: Standing[] = [];

/**
 * Has a standing process to itself while it runs.
 *
 * @param repository its root
 */
export async function withStanding<T>(
  repository: string,
  run: (standing: Standing) => Promise<T>,
): Promise<T> {
  const standing = idle.pop() ?? new Standing(repository);
  try {
    return await run(standing);
  } finally {
    if (standing.alive) idle.push(standing);
  }
}

/** A process that stands between runs; it ends with this one. */
export class Standing {
  readonly #child: ChildProcess;

  constructor(repository: string) {
    this.#child = fork(join(__dirname, "process.cjs"), [repository], { execArgv, silent: true });
    // Nobody waits for its end.
    this.#child.unref();
  }

  get alive(): boolean {
    return this.#child.connected;
  }

  /**
   * Has it do something.
   *
   * @param onText takes what it prints
   * @throws the error that it ended with
   */
  async ask<T>(ask: "run" | "serve" | "stop", given: unknown, onText: (text: string) => void): Promise<T> {
    const child = this.#child;
    return new Promise<T>((resolve, reject) => {
      const onMessage = (message: { printed?: string; answer?: T; error?: string }) => {
        if (message.printed !== undefined) return onText(message.printed);
        child.off("message", onMessage);
        child.off("exit", onExit);
        if (message.error !== undefined) reject(new Error(message.error));
        else resolve(message.answer as T);
      };
      const onExit = () => reject(new Error("the standing process has ended"));
      child.on("message", onMessage);
      child.once("exit", onExit);
      child.send({ ask, given });
    });
  }

  /** Takes what its process prints from now on. @returns stops that */
  hear(onText: (text: string) => void): () => void {
    const streams = [this.#child.stdout, this.#child.stderr];
    const take = (more: Buffer) => onText(more.toString());
    for (const stream of streams) stream?.on("data", take);
    return () => {
      for (const stream of streams) stream?.off("data", take);
    };
  }
}
