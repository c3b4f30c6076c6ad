import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";

/** How to run a command. */
export interface CommandOptions {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** Text for its standard input. */
  input?: string;
  /**
   * What becomes of its output: "inherit" shows it, "relay" does too but keeps the command alive when our own reader
   * goes away, "capture" keeps standard output and shows only errors. Default: "inherit".
   */
  output?: "inherit" | "relay" | "capture";
  /** Ends the command, and whatever it started. */
  signal?: AbortSignal | undefined;
  /** How long it may take to stop by itself after the first and the second interruption, in milliseconds. */
  patience?: readonly number[];
}

/** How a command ended. */
export interface Ended {
  /** Exit code; 1 where a signal ended it. */
  code: number;
  /** Standard output, unless it was inherited. */
  stdout: string;
}

const defaultPatience = [8000, 4000];

/**
 * Runs a command to its end; what it prints shows at once.
 *
 * @throws the signal's reason, once the command and everything that it started has ended
 */
export async function command(
  file: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<Ended> {
  const { env = process.env, cwd, input, output = "inherit", signal, patience = defaultPatience } = options;
  signal?.throwIfAborted();
  const outlet = output === "inherit" ? "inherit" : "pipe";
  const child = spawn(file, args, {
    env,
    cwd,
    stdio: [input === undefined ? "ignore" : "pipe", outlet, outlet],
    // A group of its own: Ctrl-C in the terminal reaches it through us alone, and just once.
    detached: process.platform !== "win32",
  });
  let stdout = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    if (output === "relay") process.stdout.write(text);
    stdout += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => process.stderr.write(text));
  child.stdin?.end(input);
  const ended = new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
  const interrupted = () => void stop(child, ended, patience);
  signal?.addEventListener("abort", interrupted);
  try {
    const code = await ended;
    signal?.throwIfAborted();
    return { code, stdout };
  } finally {
    signal?.removeEventListener("abort", interrupted);
  }
}

/** Interrupts it as a user would, and at last ends it by force. */
async function stop(child: ChildProcess, ended: Promise<number>, patience: readonly number[]): Promise<void> {
  const over = ended.then(
    () => true,
    () => true,
  );
  for (const ms of patience) {
    child.kill("SIGINT");
    if (await Promise.race([over, late(ms)])) return;
  }
  if (child.pid !== undefined) killTree(child.pid);
}

function late(ms: number): Promise<false> {
  return new Promise((resolve) => setTimeout(resolve, ms, false).unref());
}

/** Ends a process with all below it. What it started can be in groups of its own, so the tree is walked. */
function killTree(root: number): void {
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(root), "/T", "/F"]);
    return;
  }
  const all = processes();
  const doomed = [root];
  for (const parent of doomed) {
    doomed.push(...all.filter(({ ppid }) => ppid === parent).map(({ pid }) => pid));
  }
  for (const pid of doomed) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It ended by itself in the meantime.
    }
  }
}

/** Every process with its parent; none where the system has no `ps`. */
function processes(): { pid: number; ppid: number }[] {
  try {
    const table = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
    return [...table.matchAll(/^\s*(\d+)\s+(\d+)\s*$/gm)].map(([, pid, ppid]) => ({
      pid: Number(pid),
      ppid: Number(ppid),
    }));
  } catch {
    return [];
  }
}
