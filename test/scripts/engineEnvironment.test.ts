import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { isolatedEnv } from "../../scripts/engine";
import { defaultCacheDir } from "../../scripts/engine/cache";
import { elapsed, withProgress } from "../../scripts/engine/progress";
import type { Engine } from "../../scripts/engine/types";
import { isAtLeast } from "../../scripts/engine/version";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "engine-environment-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("the folder of engines", () => {
  test("follows each system's custom", () => {
    const tail = "pulumi-openstack-snapshots/engine";
    expect(defaultCacheDir({ XDG_CACHE_HOME: "/c" }, "linux", "/h")).toBe(`/c/${tail}`);
    expect(defaultCacheDir({}, "linux", "/h")).toBe(`/h/.cache/${tail}`);
    expect(defaultCacheDir({ XDG_CACHE_HOME: "/c" }, "darwin", "/h")).toBe(`/h/Library/Caches/${tail}`);
    expect(defaultCacheDir({ LOCALAPPDATA: "/local" }, "win32", "/h")).toBe(`/local/${tail}`);
  });
});

describe("isolatedEnv", () => {
  const engine: Engine = {
    binDir: "/engine/bin",
    pulumi: "/engine/bin/pulumi",
    version: "3.200.0",
    origin: "cache",
  };

  test("lets none of the user's Pulumi settings through, and everything else", () => {
    const users = {
      PULUMI_ACCESS_TOKEN: "secret",
      PULUMI_BACKEND_URL: "https://api.pulumi.com",
      PULUMI_CONFIG_PASSPHRASE_FILE: "/home/user/passphrase",
      PULUMI_HOME: "/home/user/.pulumi",
      PULUMI_ORG: "org",
      PULUMI_STACK: "prod",
    };
    const env = isolatedEnv(engine, join(folder, "home"), {
      ...users,
      PATH: "/usr/bin",
      NO_COLOR: "1",
      OS_CLOUD: "x",
    });
    const settings = Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith("PULUMI_")));
    expect(settings).toEqual({
      PULUMI_HOME: join(folder, "home", "home"),
      PULUMI_BACKEND_URL: `file://${join(folder, "home", "state")}`,
      PULUMI_CONFIG_PASSPHRASE: expect.any(String),
      PULUMI_SKIP_UPDATE_CHECK: "true",
    });
    expect(env).toMatchObject({ NO_COLOR: "1", OS_CLOUD: "x" });
  });

  test("makes the folders and puts the engine first on PATH, once", () => {
    const env = isolatedEnv({ ...engine, extraPath: ["/extra"] }, join(folder, "a b"), {
      PATH: "/usr/bin:/engine/bin",
    });
    expect(env.PATH).toBe("/engine/bin:/extra:/usr/bin");
    expect(readdirSync(join(folder, "a b")).sort()).toEqual(["home", "state"]);
  });
});

describe("progress", () => {
  test("is told every 10 seconds and at the end", async () => {
    vi.useFakeTimers();
    const lines: string[] = [];
    let finish = () => {};
    const work = withProgress(
      (line) => lines.push(line),
      "compiling",
      () => new Promise<void>((done) => (finish = done)),
      () => "3 of 9",
    );
    vi.advanceTimersByTime(65_000);
    finish();
    await work;
    vi.useRealTimers();
    expect(lines).toHaveLength(8);
    expect(lines[1]).toBe("  compiling: 3 of 9, 10 s so far");
    expect(lines.at(-1)).toBe("  compiling: done after 1 min 5 s");
  });

  test("times and versions read as expected", () => {
    expect([elapsed(900), elapsed(60_000)]).toEqual(["1 s", "1 min 0 s"]);
    expect(isAtLeast("3.100.0-dev.1", "3.100.0")).toBe(true);
    expect(isAtLeast("3.99.9", "3.100.0")).toBe(false);
    expect(isAtLeast("4.0.0", "3.100.0")).toBe(true);
    expect(isAtLeast("1.26.8", "1.21")).toBe(true);
  });
});
