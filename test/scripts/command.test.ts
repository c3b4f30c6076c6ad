import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { command } from "../../scripts/command";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "command-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function node(program: string, options: Parameters<typeof command>[2] = {}) {
  const file = join(folder, "program.cjs");
  writeFileSync(file, program);
  return command(process.execPath, [file], options);
}

describe("a command", () => {
  it("gives its exit code and what it printed", async () => {
    const program = "console.log('out'); process.exitCode = 3;";
    expect(await node(program, { output: "capture" })).toEqual({ code: 3, stdout: "out\n" });
  });

  it("gets its standard input", async () => {
    const program = "process.stdin.pipe(process.stdout)";
    expect(await node(program, { output: "capture", input: "secret" })).toMatchObject({ stdout: "secret" });
  });

  it("is refused where it cannot be started", async () => {
    await expect(command(join(folder, "missing"), [])).rejects.toThrow("ENOENT");
  });

  it("is not started once the user has interrupted", async () => {
    const signal = AbortSignal.abort(new Error("interrupted"));
    await expect(node("", { signal })).rejects.toThrow("interrupted");
  });

  it("is interrupted and may tidy up before it ends", async () => {
    const mark = join(folder, "mark");
    const program = `
      const { writeFileSync } = require("node:fs");
      process.on("SIGINT", () => { writeFileSync(${JSON.stringify(mark)}, "tidy"); process.exit(0); });
      setInterval(() => undefined, 1000);
      writeFileSync(${JSON.stringify(mark)}, "ready");`;
    const controller = new AbortController();
    const run = expect(node(program, { signal: controller.signal })).rejects.toThrow("interrupted");
    await vi.waitFor(() => expect(readFileSync(mark, "utf8")).toBe("ready"), { timeout: 10_000 });
    controller.abort(new Error("interrupted"));
    await run;
    expect(readFileSync(mark, "utf8")).toBe("tidy");
  });

  it("is ended by force, with what it started in a group of its own, where it does not listen", async () => {
    const mark = join(folder, "mark");
    const program = `
      const { spawn } = require("node:child_process");
      const { writeFileSync } = require("node:fs");
      process.on("SIGINT", () => undefined);
      const child = spawn("sleep", ["60"], { detached: true });
      writeFileSync(${JSON.stringify(mark)}, String(child.pid));
      setInterval(() => undefined, 1000);`;
    const controller = new AbortController();
    const run = expect(node(program, { signal: controller.signal, patience: [50, 50] })).rejects.toThrow();
    const pid = await vi.waitFor(
      () => {
        const text = readFileSync(mark, "utf8");
        expect(text).toMatch(/^\d+$/);
        return Number(text);
      },
      { timeout: 10_000 },
    );
    controller.abort(new Error("interrupted"));
    await run;
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow("ESRCH"), { timeout: 10_000 });
  });
});
