import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach } from "vitest";

const root = join(__dirname, "..", "..", "..");
/**
 * Arguments of Node that run the command line as it stands in the sources. The command `tsx` would stand between a
 * signal and the process, and ends that by force where the machine is slow.
 */
export const sourceCommand = [
  "--import",
  pathToFileURL(require.resolve("tsx")).href,
  join(root, "cli", "main.ts"),
];
const running = new Set<ChildProcessWithoutNullStreams>();

afterEach(() => {
  for (const child of running) child.kill("SIGKILL");
  running.clear();
});

/** A run of the command line, ended with the test at the latest, with what it printed so far. */
export class Run {
  stdout = "";
  stderr = "";
  readonly child: ChildProcessWithoutNullStreams;
  readonly exit: Promise<number | null>;

  constructor(...args: string[]) {
    this.child = spawn(process.execPath, [...sourceCommand, ...args], { cwd: root });
    running.add(this.child);
    this.child.stdout.on("data", (chunk: Buffer) => {
      this.stdout += chunk;
    });
    this.child.stderr.on("data", (chunk: Buffer) => {
      this.stderr += chunk;
    });
    this.exit = new Promise((resolve) => this.child.once("close", resolve));
  }

  /** Waits for something in the output, or for the end. */
  async printed(pattern: RegExp): Promise<string> {
    for (;;) {
      const match = pattern.exec(this.stdout);
      if (match !== null) return match[1] ?? match[0];
      const more = new Promise<string>((resolve) => this.child.stdout.once("data", () => resolve("more")));
      const next = await Promise.race([more, this.exit.then(() => "ended")]);
      if (next === "ended" && !pattern.test(this.stdout))
        throw new Error(`never printed ${pattern}: ${this.stderr}`);
    }
  }
}
