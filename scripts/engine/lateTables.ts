import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Modules that rate passwords. The engine needs them only to ask for a passphrase, but they read long lists of words
 * whenever it starts: more than half of the CPU time of a short command. Without that, their `Omnimatch` reads the
 * lists when it is first called, so nothing else changes.
 */
const RATERS = ["github.com/nbutton23/zxcvbn-go", "github.com/ccojocar/zxcvbn-go"];

/** What is changed in each of them, by file. Each text occurs exactly once. */
const CHANGES: Readonly<Record<string, readonly [was: string, becomes: string][]>> = {
  "frequency/frequency.go": [["func init() {", "func Load() {"]],
  "matching/matching.go": [
    ["func init() {\n\tloadFrequencyList()\n}\n", ""],
    ["func loadFrequencyList() {\n", "func loadFrequencyList() {\n\tfrequency.Load()\n"],
  ],
};

/** What the outcome depends on, for the name of the engine in the cache. */
export const LATE_TABLES = [RATERS, CHANGES] as const;

/**
 * Copies those modules, and changes the copies.
 *
 * @param folderOf gives the folder that holds a module
 * @param folder where to put the copies
 * @returns arguments of `go mod edit` that have the copies compiled instead
 * @throws Error if a module does not hold what is to be changed, or holds it twice
 */
export async function copyRaters(
  folderOf: (module: string) => Promise<string>,
  folder: string,
): Promise<string[]> {
  const replaced: string[] = [];
  for (const [number, module] of RATERS.entries()) {
    const copy = join(folder, String(number));
    await copyWritable(await folderOf(module), copy);
    await writeIfAbsent(join(copy, "go.mod"), `module ${module}\n`);
    for (const [file, changes] of Object.entries(CHANGES)) {
      const path = join(copy, file);
      await writeFile(path, changes.reduce(changeOnce, await readFile(path, "utf8")));
    }
    replaced.push("-replace", `${module}=${copy}`);
  }
  return replaced;
}

/** A module that is older than Go's modules has no such file, and a folder that stands for a module needs it. */
async function writeIfAbsent(path: string, text: string): Promise<void> {
  if (!existsSync(path)) await writeFile(path, text);
}

/** Copies a folder with the contents of its files alone: Go keeps modules in such as cannot be written to. */
async function copyWritable(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, copy] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyWritable(source, copy);
    else await writeFile(copy, await readFile(source));
  }
}

function changeOnce(text: string, [was, becomes]: readonly [string, string]): string {
  const parts = text.split(was);
  if (parts.length !== 2)
    throw new Error(`expected ${JSON.stringify(was)} once, found it ${parts.length - 1} times`);
  return parts.join(becomes);
}
