import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";

const main = join(__dirname, "..", "..", "dist", "cli", "main.js");
const running = new Set<ChildProcessWithoutNullStreams>();

afterEach(() => {
  for (const child of running) child.kill("SIGKILL");
  running.clear();
});

function start(...args: string[]): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [main, ...args]);
  running.add(child);
  child.stdout.setEncoding("utf8");
  child.stderr.setEncoding("utf8");
  return child;
}

/** How it ended, and what it printed as errors. */
async function end(child: ChildProcessWithoutNullStreams) {
  let stderr = "";
  child.stderr.on("data", (text: string) => {
    stderr += text;
  });
  const [code, signal] = await once(child, "close");
  return { code, signal, stderr };
}

describe("the built command, as a process of its own", () => {
  test("has the exit code of what failed", async () => {
    const { code, stderr } = await end(start("import", "backups"));
    expect(code).toBe(2);
    expect(stderr).toContain('say first what to import, "snapshots" or "volumes", not "backups"');
  });

  test("ends the emulator within a second of a signal, whoever is connected", async () => {
    const emulator = start("emulator", "--port", "0");
    const ended = end(emulator);
    let url: string | undefined;
    for await (const text of emulator.stdout) {
      url = /export WALDUR_API_URL=(\S+)/.exec(text)?.[1];
      if (url !== undefined) break;
    }
    // The connection stays open.
    expect((await fetch(`${url}openstack-volumes/`)).status).toBe(401);
    const asked = performance.now();
    emulator.kill("SIGINT");
    expect(await ended).toEqual({ code: 0, signal: null, stderr: "" });
    expect(performance.now() - asked).toBeLessThan(1000);
  });

  test("does its work for a reader who has seen enough", async () => {
    const child = start("import", "--help");
    child.stdout.destroy();
    expect(await end(child)).toEqual({ code: 0, signal: null, stderr: "" });
  });
});
