import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { EngineUnavailableError, ensureEngine } from "../../scripts/engine";
import { LOCK_NAME } from "../../scripts/engine/lock";
import type { Engine, Recipe } from "../../scripts/engine/types";
import { PARTS, script } from "./fakes";

let folder: string;
let cacheDir: string;
let lines: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "engine-test-"));
  cacheDir = join(folder, "cache");
  lines = [];
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const log = (line: string) => lines.push(line);
const output = () => lines.join("\n");
const sleep = () => setImmediate();
const nothingOnPath = async (): Promise<Engine> => {
  throw new Error("there is no `pulumi` on PATH");
};

function recipe(origin: Recipe["origin"], build: Recipe["build"]): Recipe {
  return {
    origin,
    name: `fake ${origin}`,
    version: "3.200.0",
    key: `3.200.0-${origin}`,
    announcement: `doing ${origin}`,
    build,
  };
}

const builds = (target: string) => {
  for (const part of PARTS) script(join(target, "bin"), part, "echo v3.200.0");
};
const good = (origin: Recipe["origin"], count = { built: 0 }) =>
  recipe(origin, async (target) => {
    count.built++;
    builds(target);
  });
const bad = (origin: Recipe["origin"], reason: string) =>
  recipe(origin, async () => {
    throw new Error(reason);
  });

function ensure(recipes: Recipe[], onPath = nothingOnPath): Promise<Engine> {
  return ensureEngine({ cacheDir, log, sleep, ways: { onPath, recipes } });
}

describe("the order of the ways", () => {
  test("an engine on PATH is taken before anything else, and nothing is written", async () => {
    const engine: Engine = { binDir: "/x", pulumi: "/x/pulumi", version: "3.150.0", origin: "path" };
    expect(await ensure([good("installer")], async () => engine)).toBe(engine);
    expect(existsSync(cacheDir)).toBe(false);
    expect(output()).toContain("/x/pulumi");
  });

  test("the installer comes before the build, and what it made is found the next time", async () => {
    const [installer, go] = [{ built: 0 }, { built: 0 }];
    const recipes = [good("installer", installer), good("go", go)];
    const first = await ensure(recipes);
    expect(first).toMatchObject({ origin: "installer", version: "3.200.0" });
    expect(first.pulumi).toBe(join(cacheDir, "3.200.0-installer", "bin", "pulumi"));
    expect(await ensure(recipes)).toEqual({ ...first, origin: "cache" });
    expect([installer.built, go.built]).toEqual([1, 0]);
  });

  test("the build comes when the installer fails; afterwards it is found without asking the installer", async () => {
    const recipes = [bad("installer", "no network"), good("go")];
    expect((await ensure(recipes)).origin).toBe("go");
    expect(output()).toMatch(/doing installer.*no network.*doing go/s);
    lines = [];
    expect((await ensure(recipes)).origin).toBe("cache");
    expect(output()).not.toContain("doing");
  });
});

describe("when nothing works", () => {
  test("the message gives every reason and what to install", async () => {
    const failing = ensure([bad("installer", "no network"), bad("go", "there is no `go` on PATH")]);
    const error = await failing.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(EngineUnavailableError);
    const { message } = error as Error;
    for (const part of ["`pulumi` on PATH", cacheDir, "no network", "`go` on PATH"])
      expect(message).toContain(part);
    for (const help of [
      "https://www.pulumi.com/docs/install/",
      "Go 1.24 or newer",
      "https://get.pulumi.com",
    ]) {
      expect(message).toContain(help);
    }
  });

  test("a cache folder that cannot be made is a reason, too", async () => {
    writeFileSync(cacheDir, "a file where the folder should be");
    await expect(ensure([good("go")])).rejects.toThrow(/Cache folder: .*EEXIST/);
  });

  test("work in progress is removed", async () => {
    const half = recipe("go", async (target) => {
      builds(target);
      throw new Error("the compiler ran out of memory");
    });
    await expect(ensure([half])).rejects.toThrow("out of memory");
    expect(readdirSync(cacheDir)).toEqual([]);
  });
});

describe("several at once", () => {
  test("only one builds, the others wait, say so and take its engine", async () => {
    const count = { built: 0 };
    const waiting = () => lines.filter((line) => line.includes("Another process")).length;
    const slow = recipe("go", async (target) => {
      count.built++;
      while (waiting() < 2) await setImmediate();
      builds(target);
    });
    const engines = await Promise.all([ensure([slow]), ensure([slow]), ensure([slow])]);
    expect(count.built).toBe(1);
    expect(engines.map(({ origin }) => origin).sort()).toEqual(["cache", "cache", "go"]);
    expect(existsSync(join(cacheDir, LOCK_NAME))).toBe(false);
  });

  test("the lock of a process that died is taken over and its work removed", async () => {
    const lock = join(cacheDir, LOCK_NAME);
    mkdirSync(lock, { recursive: true });
    utimesSync(lock, new Date(0), new Date(0));
    mkdirSync(join(cacheDir, "tmp-left-over", "modules"), { recursive: true });
    chmodSync(join(cacheDir, "tmp-left-over"), 0o500);
    expect((await ensure([good("go")])).origin).toBe("go");
    expect(readdirSync(cacheDir)).toEqual(["3.200.0-go"]);
  });

  test("a lock that is held is respected", async () => {
    mkdirSync(join(cacheDir, LOCK_NAME), { recursive: true });
    let polls = 0;
    const released = async () => {
      if (++polls === 20) rmSync(join(cacheDir, LOCK_NAME), { recursive: true });
    };
    const ways = { onPath: nothingOnPath, recipes: [good("go")] };
    expect((await ensureEngine({ cacheDir, log, sleep: released, ways })).origin).toBe("go");
    expect(polls).toBe(20);
    expect(output()).toContain("still waiting, 15 s");
  });

  test("an interruption aborts the build and tidies up before it goes on", async () => {
    const kill = vi.spyOn(process, "kill").mockReturnValue(true);
    const interrupted = recipe("go", async (target, { signal }) => {
      builds(target);
      process.emit("SIGTERM", "SIGTERM");
      signal.throwIfAborted();
    });
    await expect(ensure([interrupted, good("installer")])).rejects.toThrow(/^interrupted \(SIGTERM\)$/);
    expect(readdirSync(cacheDir)).toEqual([]);
    expect(kill).toHaveBeenCalledExactlyOnceWith(process.pid, "SIGTERM");
    kill.mockRestore();
  });
});

describe("what counts as set up before", () => {
  const entry = () => join(cacheDir, "3.200.0-go");

  test("a folder with all files and no record does not: it was not finished", async () => {
    builds(entry());
    expect((await ensure([good("go")])).origin).toBe("go");
    expect((await ensure([good("go")])).origin).toBe("cache");
  });

  test.each([
    ["a file is gone", () => rmSync(join(entry(), "bin", "pulumi-language-nodejs"))],
    ["a file was cut short", () => writeFileSync(join(entry(), "bin", "pulumi"), "")],
    ["the record is damaged", () => writeFileSync(join(entry(), "engine.json"), "{")],
  ])("it does not when %s, and is set up again", async (_case, damage) => {
    await ensure([good("go")]);
    damage();
    expect((await ensure([good("go")])).origin).toBe("go");
    expect((await ensure([good("go")])).origin).toBe("cache");
  });

  test.each([
    ["lacks a part", "missing", (bin: string) => rmSync(join(bin, "pulumi-analyzer-policy"))],
    ["does not run", "failed", (bin: string) => script(bin, "pulumi", "exit 1")],
    ["is too old", "3.100.0 or newer", (bin: string) => script(bin, "pulumi", "echo v3.99.0")],
  ])("an outcome that %s is not kept", async (_case, reason, spoil) => {
    const spoilt = recipe("go", async (target) => {
      builds(target);
      spoil(join(target, "bin"));
    });
    await expect(ensure([spoilt])).rejects.toThrow(reason);
    expect(readdirSync(cacheDir)).toEqual([]);
  });
});
