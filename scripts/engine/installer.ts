import { mkdir, readdir, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { withoutPulumiSettings } from "./env";
import { sdkVersion } from "./launchers";
import { withProgress } from "./progress";
import { CommandError, run } from "./run";
import type { BuildContext, Recipe } from "./types";

/** Where the installer comes from. */
export const INSTALLER_URL = "https://get.pulumi.com";

// In a process of its own: the Automation API offers no way to stop an installation.
const SCRIPT = `
const [, automation, root] = process.argv;
require(automation).PulumiCommand.install({ root }).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
`;

const STALL_LIMIT_MS = 60_000;
const TOTAL_LIMIT_MS = 15 * 60_000;

/** What tests change about the installer. */
export interface InstallerOptions {
  /** JavaScript that installs. It gets the Automation API's path and the root folder as arguments. */
  script?: string;
  /** How long it may go without writing anything, in milliseconds. */
  stallLimitMs?: number;
}

/** Pulumi's official installer, through the Automation API, into the cache and nowhere else. */
export async function installerRecipe(options: InstallerOptions = {}): Promise<Recipe> {
  const { script = SCRIPT, stallLimitMs = STALL_LIMIT_MS } = options;
  const version = await sdkVersion();
  return {
    origin: "installer",
    name: "Pulumi's installer",
    version,
    key: `${version}-installer-${process.platform}-${process.arch}`,
    announcement: `Downloading Pulumi ${version} with its installer from ${INSTALLER_URL}: about 150 MB, seconds to a few minutes.`,
    build: (target, context) => install(script, stallLimitMs, target, context),
  };
}

async function install(
  script: string,
  stallLimitMs: number,
  root: string,
  context: BuildContext,
): Promise<void> {
  const { scratch, env, signal, log } = context;
  const home = join(scratch, "home");
  await mkdir(home);
  const automation = createRequire(__filename).resolve("@pulumi/pulumi/automation");
  // The download goes to the temporary folder: in here its growth can be seen, and it is removed for sure.
  const folders = { TMPDIR: scratch, TMP: scratch, TEMP: scratch, PULUMI_HOME: home };
  const growth = watchGrowth([scratch, root], stallLimitMs);
  const work = () =>
    run(process.execPath, ["-e", script, automation, root], {
      env: { ...withoutPulumiSettings(env), ...folders, PULUMI_SKIP_UPDATE_CHECK: "true" },
      signal: AbortSignal.any([signal, growth.stalled]),
      timeoutMs: TOTAL_LIMIT_MS,
    });
  try {
    await withProgress(log, "installer", work, growth.describe);
  } catch (error) {
    throw new Error(mostTelling(error), { cause: error });
  } finally {
    growth.stop();
  }
}

interface Growth {
  /** Aborts when nothing has been written for too long. */
  stalled: AbortSignal;
  describe: () => string;
  stop: () => void;
}

/** Watches how much is written, to tell a slow network from one that leads nowhere. */
function watchGrowth(folders: readonly string[], limitMs: number): Growth {
  const stalled = new AbortController();
  let bytes = 0;
  let grownAt = Date.now();
  const look = async () => {
    const sizes = await Promise.all(folders.map(sizeOf));
    const now = sizes.reduce((sum, size) => sum + size, 0);
    if (now !== bytes) grownAt = Date.now();
    bytes = now;
    if (Date.now() - grownAt >= limitMs) {
      stalled.abort(new Error(`nothing arrived from ${INSTALLER_URL} for ${limitMs / 1000} s`));
    }
  };
  const timer = setInterval(look, Math.min(limitMs / 2, 2_000));
  return {
    stalled: stalled.signal,
    describe: () => (bytes < 1e6 ? "" : `${Math.round(bytes / 1e6)} MB`),
    stop: () => clearInterval(timer),
  };
}

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  // Files come and go while the installer works.
  const sizes = names.map((name) =>
    stat(join(folder, name)).then(
      (file) => (file.isFile() ? file.size : 0),
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** One line of a long failure: the first that speaks of it. */
function mostTelling(error: unknown): string {
  const lines = error instanceof CommandError ? error.lastLines.map((line) => line.trim()) : [];
  const telling = lines.find((line) => /error|fail|timed out|could not/i.test(line));
  return telling ?? (error as Error).message;
}
