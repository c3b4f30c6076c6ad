import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { defaultCacheDir } from "../../../scripts/engine/cache";
import { interruptible } from "../../../scripts/engine/interrupt";
import { withLock } from "../../../scripts/engine/lock";
import { withProgress } from "../../../scripts/engine/progress";
import { run } from "../../../scripts/engine/run";
import { removeTree } from "../../../scripts/engine/scratch";
import { findPython } from "./python";

/** Every package of Cinder and Keystone, at fixed versions. */
const requirements = join(__dirname, "requirements.lock");
const limitMs = 20 * 60_000;

/** A virtual environment with Cinder and Keystone in it. */
export interface Packages {
  /** Its folder. */
  folder: string;
  /** Its Python. */
  python: string;
}

/**
 * Gets Cinder and Keystone from the Python package index into the user's cache folder, once for all runs. Takes two
 * to three minutes the first time, and may be called by several processes at once.
 *
 * @throws PythonUnavailableError where there is no Python to do it with
 */
export async function ensurePackages(log: (line: string) => void): Promise<Packages> {
  const base = await findPython();
  const cacheDir = join(dirname(defaultCacheDir(process.env)), "cinder");
  const hash = createHash("sha256")
    .update(await readFile(requirements))
    .digest("hex");
  const folder = join(cacheDir, `${hash.slice(0, 8)}-python${base.version}`);
  const packages = { folder, python: join(folder, "bin", "python") };
  const mark = join(folder, "installed");
  if (existsSync(mark)) return packages;
  const context = { log, cacheDir, env: process.env, sleep: (ms: number) => setTimeout(ms) };
  await interruptible((interrupted) =>
    withLock(context, interrupted, async (signal) => {
      if (existsSync(mark)) return;
      log(`Installing Cinder and Keystone in ${folder}: about 370 MB, two to three minutes.`);
      await withProgress(log, "installing", () => install(base.command, packages, signal));
      await writeFile(mark, "");
    }),
  );
  return packages;
}

/**
 * The environment for their Python. Its bytecode is kept beside the packages: not among the sources of the tests, and
 * also where the user's own settings have Python write none, which makes every start several times as long.
 */
export function pythonEnv({ folder }: Packages): NodeJS.ProcessEnv {
  return { ...process.env, PYTHONDONTWRITEBYTECODE: "", PYTHONPYCACHEPREFIX: join(folder, "bytecode") };
}

async function install(base: string, { folder, python }: Packages, signal: AbortSignal): Promise<void> {
  const options = { env: process.env, signal, timeoutMs: limitMs };
  await removeTree(folder);
  await run(base, ["-m", "venv", folder], options);
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
  try {
    await run(python, [...pip, "uv"], options);
    await run(
      python,
      ["-m", "uv", "pip", "install", "--quiet", "--python", python, "-r", requirements],
      options,
    );
  } catch {
    signal.throwIfAborted();
    // Slower, but it reads pip's own settings, of which uv knows nothing.
    await run(python, [...pip, "-r", requirements], options);
  }
}
