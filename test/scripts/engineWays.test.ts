import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ensureEngine } from "../../scripts/engine";
import { goRecipe } from "../../scripts/engine/go";
import { installerRecipe } from "../../scripts/engine/installer";
import { LAUNCHERS } from "../../scripts/engine/launchers";
import { engineOnPath } from "../../scripts/engine/path";
import type { Context } from "../../scripts/engine/types";
import { PARTS, raters, script } from "./fakes";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "engineWays-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function contextWith(...path: string[]): Context {
  const env = { PATH: [...path, "/usr/bin", "/bin"].join(delimiter), HOME: folder };
  return { env, cacheDir: join(folder, "cache"), log: () => {}, sleep: async () => {} };
}

function engineIn(name: string, version: string, parts: readonly string[] = PARTS): string {
  const bin = join(folder, name);
  for (const part of parts) script(bin, part, `echo v${version}`);
  return bin;
}

describe("an engine on PATH", () => {
  test("is usable with everything beside it", async () => {
    const bin = engineIn("bin", "3.150.0");
    const engine = await engineOnPath(contextWith(bin));
    expect(engine).toEqual({ binDir: bin, pulumi: join(bin, "pulumi"), version: "3.150.0", origin: "path" });
  });

  test("is usable with the language host elsewhere on PATH", async () => {
    const [bin, host] = [engineIn("bin", "3.150.0", ["pulumi"]), engineIn("host", "3.150.0", PARTS.slice(1))];
    expect((await engineOnPath(contextWith(bin, host))).binDir).toBe(bin);
  });

  test("is usable through a link, from the folder that the link leads to", async () => {
    const bin = engineIn("real", "3.150.0");
    mkdirSync(join(folder, "links"));
    symlinkSync(join(bin, "pulumi"), join(folder, "links", "pulumi"));
    expect((await engineOnPath(contextWith(join(folder, "links")))).binDir).toBe(bin);
  });

  test("gets launchers that it was installed without", async () => {
    const bin = engineIn("bin", "3.150.0", ["pulumi", "pulumi-language-nodejs"]);
    const { extraPath = [] } = await engineOnPath(contextWith(bin));
    expect(extraPath).toHaveLength(1);
    for (const name of LAUNCHERS) expect(existsSync(join(extraPath[0] ?? "", name))).toBe(true);
    expect(await engineOnPath(contextWith(bin))).toMatchObject({ extraPath });
  });

  test.each([
    ["there is none", [], "no `pulumi` on PATH"],
    ["it is too old", ["3.99.0", PARTS], "is version 3.99.0, and 3.100.0 or newer is needed"],
    ["it has no language host", ["3.150.0", ["pulumi"]], "has no pulumi-language-nodejs"],
    ["it gives no version", ["?", PARTS], "gave no version"],
  ] as const)("is refused when %s", async (_case, [version, parts], reason) => {
    const path = version === undefined ? [] : [engineIn("bin", version, parts)];
    await expect(engineOnPath(contextWith(...path))).rejects.toThrow(reason);
  });

  test("may be the second on PATH, when the first is of no use", async () => {
    const [old, usable] = [engineIn("old", "3.50.0"), engineIn("new", "3.150.0")];
    expect((await engineOnPath(contextWith(old, usable))).binDir).toBe(usable);
  });

  test("is asked without the user's Pulumi settings", async () => {
    const bin = engineIn("bin", "3.150.0");
    script(bin, "pulumi", `echo "3.150.0"; echo "$PULUMI_HOME $PULUMI_ACCESS_TOKEN" > ${folder}/seen`);
    const context = contextWith(bin);
    const env = { ...context.env, PULUMI_HOME: "/home/user/.pulumi", PULUMI_ACCESS_TOKEN: "secret" };
    await engineOnPath({ ...context, env });
    expect(readFileSync(join(folder, "seen"), "utf8")).not.toMatch(/user|secret/);
  });
});

const nothingOnPath = () => Promise.reject(new Error("none"));

describe("Pulumi's installer", () => {
  const installed = `
    const { mkdirSync, writeFileSync } = require("node:fs");
    const bin = process.argv[2] + "/bin";
    mkdirSync(bin);
    for (const part of ${JSON.stringify(PARTS)}) {
      writeFileSync(bin + "/" + part, "#!/bin/sh\\necho v3.245.0\\n", { mode: 0o755 });
    }`;

  test("installs into the cache, with neither the user's Pulumi folder nor settings", async () => {
    const seen = join(folder, "seen");
    const recipe = await installerRecipe({
      script: `${installed}
        const { PULUMI_HOME, PULUMI_ACCESS_TOKEN, TMPDIR } = process.env;
        writeFileSync("${seen}", JSON.stringify({ PULUMI_HOME, PULUMI_ACCESS_TOKEN, TMPDIR }));`,
    });
    const { env, ...context } = contextWith();
    const user = { ...env, PULUMI_HOME: "/home/user/.pulumi", PULUMI_ACCESS_TOKEN: "secret" };
    const engine = await ensureEngine({
      ...context,
      env: user,
      ways: { onPath: nothingOnPath, recipes: [recipe] },
    });
    expect(engine).toMatchObject({ origin: "installer", version: "3.245.0" });
    const inner = JSON.parse(readFileSync(seen, "utf8"));
    expect(Object.keys(inner).sort()).toEqual(["PULUMI_HOME", "TMPDIR"]);
    for (const path of Object.values(inner)) expect(path).toContain(context.cacheDir);
    expect(existsSync(inner.TMPDIR)).toBe(false);
  });

  test("is ended with its children when nothing arrives", async () => {
    const child = join(folder, "child");
    const recipe = await installerRecipe({
      script: `
        const { spawn } = require("node:child_process");
        const { pid } = spawn("sleep", ["600"], { stdio: "inherit" });
        require("node:fs").writeFileSync("${child}", String(pid));`,
      // Long enough for Node to start on a busy machine.
      stallLimitMs: 4000,
    });
    const ensuring = ensureEngine({ ...contextWith(), ways: { onPath: nothingOnPath, recipes: [recipe] } });
    await expect(ensuring).rejects.toThrow("nothing arrived from https://get.pulumi.com for 4 s");
    // A signal is sent before a process has ended.
    await vi.waitFor(() => expect(isRunning(Number(readFileSync(child, "utf8")))).toBe(false), 5000);
  });

  test("gives the one line that tells what went wrong", async () => {
    const recipe = await installerRecipe({
      script: `console.error("code: -2\\n stdout: x\\n Failed to download it: no route\\n at y"); process.exit(1)`,
    });
    const ensuring = ensureEngine({ ...contextWith(), ways: { onPath: nothingOnPath, recipes: [recipe] } });
    await expect(ensuring).rejects.toThrow("Pulumi's installer: Failed to download it: no route\n");
  });
});

/** A process that ended may stay a zombie until somebody asks for it. */
function isRunning(pid: number): boolean {
  try {
    return !execFileSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).startsWith("Z");
  } catch {
    return false;
  }
}

describe("the build from Go modules", () => {
  const fakeGo = (version: string) => `
echo "$*" >> ${folder}/commands
case "$1" in
  version) echo "go version go${version} linux/amd64" ;;
  get) mkdir -p "$GOMODCACHE/x" && chmod 500 "$GOMODCACHE" && echo "$GOPROXY $GOFLAGS $GOMODCACHE $GOCACHE" > ${folder}/seen ;;
  list)
    case "$*" in *{{.Dir}}*) for last in "$@"; do :; done; echo "${folder}/modules/$last" ;; *) printf 'a\\nb\\n' ;; esac ;;
  build)
    while [ "$1" != "-o" ]; do shift; done
    mkdir -p "$(dirname "$2")" && printf '#!/bin/sh\\necho 3.220.0\\n' > "$2" && chmod +x "$2" ;;
esac`;

  function ensureWithGo(version: string) {
    const context = contextWith();
    const bin = join(folder, "go");
    script(bin, "go", fakeGo(version));
    raters(join(folder, "modules"));
    const env = {
      PATH: [bin, "/usr/bin", "/bin"].join(delimiter),
      GOPROXY: "https://proxy.invalid",
      GOFLAGS: "-v",
    };
    return ensureEngine({ ...context, env, ways: { onPath: nothingOnPath, recipes: [goRecipe()] } });
  }

  test("builds the exact versions with the user's Go settings and caches of its own, and removes those", async () => {
    const engine = await ensureWithGo("1.26.8");
    expect(engine).toMatchObject({ origin: "go", version: "3.220.0" });
    for (const part of PARTS) expect(existsSync(join(engine.binDir, part))).toBe(true);
    const commands = readFileSync(join(folder, "commands"), "utf8");
    expect(commands).toContain("get github.com/pulumi/pulumi/pkg/v3@v3.220.0");
    expect(commands).toContain("get github.com/pulumi/pulumi/sdk/v3@v3.68.0");
    const edits = commands.split("\n").filter((line) => line.startsWith("mod edit"));
    expect(edits).toEqual([
      expect.stringMatching(/^mod edit (-replace github\.com\/\w+\/zxcvbn-go=\S+ ?){2}$/),
    ]);
    const [proxy, flags, ...caches] = readFileSync(join(folder, "seen"), "utf8").trim().split(" ");
    expect([proxy, flags]).toEqual(["https://proxy.invalid", "-v"]);
    for (const cache of caches) {
      expect(cache).toContain(join(folder, "cache"));
      expect(existsSync(cache)).toBe(false);
    }
  });

  test("is refused with a Go that is too old", async () => {
    await expect(ensureWithGo("1.19.4")).rejects.toThrow("is version 1.19.4, and 1.24 or newer is needed");
  });

  test("is refused without Go", async () => {
    const ways = { onPath: nothingOnPath, recipes: [goRecipe()] };
    const ensuring = ensureEngine({ ...contextWith(), env: { PATH: folder }, ways });
    await expect(ensuring).rejects.toThrow("there is no `go` on PATH");
  });
});
