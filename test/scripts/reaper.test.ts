import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";

const setup = pathToFileURL(join(__dirname, "..", "support", "reaper", "setup.ts")).href;
/** A run with a process that heeds no signal but the last one, and one in a session of its own. */
const run = `
  const { spawn } = require("node:child_process");
  import(${JSON.stringify(setup)}).then(({ default: { default: setup } }) => {
    setup();
    const stays = 'process.on("SIGINT", () => {}).on("SIGTERM", () => {}); setInterval(() => {}, 1000)';
    const children = [false, true].map((detached) => spawn(process.execPath, ["-e", stays], { detached }));
    console.log([process.env.TMPDIR, ...children.map(({ pid }) => pid)].join(" "));
    setInterval(() => {}, 1000);
  });
`;

it.runIf(existsSync("/proc")).each(["SIGINT", "SIGTERM", "SIGKILL"] as const)(
  "whatever a run has started ends with it, also after %s",
  async (signal) => {
    const child = spawn(process.execPath, ["--import", "tsx", "-e", run], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = await once(createInterface({ input: child.stdout }), "line");
    const [folder = "", ...numbers] = String(line).split(" ");
    const pids = numbers.map(Number);
    expect(existsSync(folder)).toBe(true);
    expect(pids.map(alive)).toEqual([true, true]);
    child.kill(signal);
    await once(child, "close");
    await expect.poll(() => pids.map(alive), { timeout: 20_000 }).toEqual([false, false]);
    await expect.poll(() => existsSync(folder), { timeout: 20_000 }).toBe(false);
  },
);

function alive(pid: number): boolean {
  try {
    // Of one that has ended and was not waited for, nothing is left here.
    return readFileSync(`/proc/${pid}/cmdline`, "utf8") !== "";
  } catch {
    return false;
  }
}
