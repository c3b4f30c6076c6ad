import { createHash } from "node:crypto";
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { executableIn } from "./which";

/** Small scripts through which the engine starts Node for dynamic providers and for policy packs. */
export const LAUNCHERS = ["pulumi-resource-pulumi-nodejs", "pulumi-analyzer-policy"] as const;

const POLICY_SH = `#!/bin/sh
script=$(node -p "require.resolve('@pulumi/pulumi/cmd/run-policy-pack')") || exit 1
exec node "$script" "$@"
`;

const POLICY_CMD = `@echo off
setlocal
for /f "delims=" %%i in ('node -p "require.resolve('@pulumi/pulumi/cmd/run-policy-pack')"') do set SCRIPT=%%i
if defined SCRIPT node "%SCRIPT%" %*
`;

/** Folder of the installed npm package `@pulumi/pulumi`. */
function sdkFolder(): string {
  return dirname(createRequire(__filename).resolve("@pulumi/pulumi/package.json"));
}

/** Version of the installed npm package `@pulumi/pulumi`. */
export async function sdkVersion(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(sdkFolder(), "package.json"), "utf8"));
  return (manifest as { version: string }).version;
}

async function contents(): Promise<Map<string, string>> {
  const [dynamic, policy] = LAUNCHERS;
  const windows = process.platform === "win32";
  const suffix = windows ? ".cmd" : "";
  return new Map([
    // The engine's releases take this one from the npm package too.
    [dynamic + suffix, await readFile(join(sdkFolder(), dynamic + suffix), "utf8")],
    [policy + suffix, windows ? POLICY_CMD : POLICY_SH],
  ]);
}

/** Writes the launchers into a folder. */
export async function writeLaunchers(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of await contents()) {
    await writeFile(join(folder, name), text);
    await chmod(join(folder, name), 0o755);
  }
}

/** A folder of the cache that holds the launchers, for an engine that came without them. */
export async function cachedLaunchers(cacheDir: string): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify([...(await contents())]));
  const folder = join(cacheDir, `launchers-${hash.digest("hex").slice(0, 8)}`);
  const complete = () => LAUNCHERS.every((name) => executableIn(folder, name) !== undefined);
  if (complete()) return folder;

  await mkdir(cacheDir, { recursive: true });
  const scratch = await mkdtemp(`${folder}-`);
  try {
    await writeLaunchers(scratch);
    await rm(folder, { recursive: true, force: true });
    await rename(scratch, folder);
  } catch (error) {
    // Another process may have put the same there first.
    if (!complete()) throw error;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return folder;
}
