import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { basename } from "node:path";
import { createInterface } from "node:readline";

/** Options of `run`. */
export interface RunOptions {
  env: NodeJS.ProcessEnv;
  cwd?: string;
  /** Ends the command, with everything that it started. */
  signal?: AbortSignal;
  /** Time limit in milliseconds. Default: none. */
  timeoutMs?: number;
  /** Gets every line of standard error as it comes. */
  onLine?: (line: string) => void;
}

const KEPT_LINES = 20;

/** A command ended with a failure. */
export class CommandError extends Error {
  override name = "CommandError";

  constructor(
    what: string,
    /** The last lines of its standard error. */
    readonly lastLines: readonly string[],
  ) {
    super(`${what}: ${lastLines.join("\n").trim()}`);
  }
}

/**
 * Runs a command to its end and gives its standard output.
 *
 * @throws CommandError if it fails, and Error if it cannot be started, is aborted or takes too long.
 */
export function run(command: string, args: readonly string[], options: RunOptions): Promise<string> {
  const { env, cwd, onLine } = options;
  const aborts = [options.signal, options.timeoutMs ? AbortSignal.timeout(options.timeoutMs) : undefined];
  const signal = AbortSignal.any(aborts.filter((one) => one !== undefined));
  const title = [basename(command), ...args.slice(0, 1).filter((arg) => !arg.startsWith("-"))].join(" ");

  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    // A group of its own, so that it can be ended together with its children.
    const child = spawn(command, args, {
      env,
      cwd,
      stdio: ["ignore", "pipe", "pipe"],
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    const kill = () => killTree(child);
    signal.addEventListener("abort", kill);

    let stdout = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    const lastLines: string[] = [];
    createInterface({ input: child.stderr }).on("line", (line) => {
      lastLines.push(line);
      if (lastLines.length > KEPT_LINES) lastLines.shift();
      onLine?.(line);
    });

    child.on("error", (error) => {
      signal.removeEventListener("abort", kill);
      reject(new Error(`\`${title}\` cannot be started: ${error.message}`));
    });
    child.on("close", (code, killedBy) => {
      signal.removeEventListener("abort", kill);
      if (signal.aborted) reject(new Error(`\`${title}\` was ended: ${reasonOf(signal)}`));
      else if (code === 0) resolve(stdout);
      else reject(new CommandError(`\`${title}\` failed (${killedBy ?? `code ${code}`})`, lastLines));
    });
  });
}

function killTree(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(child.pid), "/T", "/F"]);
    return;
  }
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // It ended by itself in the meantime.
  }
}

function reasonOf(signal: AbortSignal): string {
  const reason: unknown = signal.reason;
  if (!(reason instanceof Error)) return String(reason);
  return reason.name === "TimeoutError" ? "it took too long" : reason.message;
}
