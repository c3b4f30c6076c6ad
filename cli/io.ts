import type { Readable } from "node:stream";
import type { Clock } from "../provider/core/clock";

/** Where a command writes: a stream, or what a test collects. */
export interface Output {
  write(text: string): unknown;
}

/** Everything that a command has of the world around it, but for files and the network. */
export interface Io {
  /** What is piped in. */
  stdin: Readable;
  /** What was asked for. */
  stdout: Output;
  /** What went wrong. */
  stderr: Output;
  env: NodeJS.ProcessEnv;
  /** The folder that relative paths start from. */
  cwd: string;
  /** Aborts with {@link Interrupted} when the command is asked to end. */
  signal: AbortSignal;
  /** Whether `stdout` is a terminal. */
  isTTY: boolean;
  clock: Clock;
}

/** The command was asked to end before it was done. */
export class Interrupted extends Error {
  override name = "Interrupted";

  /** @param exitCode what a shell reports of a process that the signal ends: 128 and its number */
  constructor(readonly exitCode: number) {
    super("interrupted");
  }
}

/** Resolves when the command is asked to end. */
export function interruption(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
