import { constants } from "node:os";
import type { Readable } from "node:stream";
import { systemClock } from "../provider/core/clock";
import { Interrupted, type Io, type Output } from "./io";

/** What the command line needs of a process. */
interface CommandProcess {
  stdin: Readable;
  stdout: ProcessOutput & { isTTY?: boolean };
  stderr: ProcessOutput;
  env: NodeJS.ProcessEnv;
  cwd(): string;
  once(signal: "SIGINT" | "SIGTERM", listener: () => void): unknown;
}

interface ProcessOutput extends Output {
  on(event: "error", listener: (error: NodeJS.ErrnoException) => void): unknown;
}

/**
 * What a process gives to a command. The first SIGINT or SIGTERM asks the command to end; a second one of the same kind
 * ends the process at once.
 */
export function ioOf(process: CommandProcess): Io {
  const { stdout, stderr, env } = process;
  const interrupt = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.once(name, () => interrupt.abort(new Interrupted(128 + constants.signals[name])));
  }
  for (const stream of [stdout, stderr]) stream.on("error", throwUnlessClosed);
  return {
    // It is opened when somebody asks for it.
    get stdin() {
      return process.stdin;
    },
    stdout,
    stderr,
    env,
    cwd: process.cwd(),
    signal: interrupt.signal,
    isTTY: stdout.isTTY === true,
    clock: systemClock,
  };
}

/** A reader that has seen enough, as `head` has, is no reason to leave the work undone. */
function throwUnlessClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}
