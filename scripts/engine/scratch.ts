import { chmod, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

const PREFIX = "tmp-";

/** Makes an empty folder for work in progress. In the cache, so that the outcome can be renamed into place. */
export async function scratchFolder(cacheDir: string): Promise<string> {
  await mkdir(cacheDir, { recursive: true });
  return mkdtemp(join(cacheDir, PREFIX));
}

/** Removes work that a killed process left behind. Only for the holder of the cache's lock. */
export async function sweepScratch(cacheDir: string): Promise<void> {
  const left = (await readdir(cacheDir)).filter((name) => name.startsWith(PREFIX));
  for (const name of left) {
    // Commands that outlived their process may still write there. That must not keep an engine from us.
    await removeTree(join(cacheDir, name)).catch(() => undefined);
  }
}

/** Removes a folder with everything in it, also where folders are read-only (Go's module cache). */
export async function removeTree(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EACCES" && code !== "EPERM") throw error;
    await makeWritable(folder);
    await rm(folder, { recursive: true, force: true });
  }
}

async function makeWritable(folder: string): Promise<void> {
  await chmod(folder, 0o700);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await makeWritable(join(folder, entry.name));
  }
}
