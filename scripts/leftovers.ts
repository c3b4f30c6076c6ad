import { existsSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * Removes what the compiler once wrote for sources that are gone: it never removes anything itself, and tests and the
 * package would go on with it.
 *
 * @param built folder that the compiler writes to, e.g. `dist`; it need not exist
 * @param sources folder of the sources, laid out the same
 * @returns the removed files, below `built`
 */
export function removeLeftovers(built: string, sources: string): string[] {
  if (!existsSync(built)) return [];
  return sweep(built, sources, "").removed;
}

function sweep(built: string, sources: string, folder: string): { removed: string[]; empty: boolean } {
  const removed: string[] = [];
  let kept = 0;
  for (const entry of readdirSync(join(built, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      const inner = sweep(built, sources, path);
      removed.push(...inner.removed);
      if (inner.empty) rmdirSync(join(built, path));
      else kept++;
    } else if (hasSource(path, sources)) {
      kept++;
    } else {
      rmSync(join(built, path));
      removed.push(path);
    }
  }
  return { removed, empty: kept === 0 };
}

function hasSource(path: string, sources: string): boolean {
  // The compiler's own notes about the last build.
  if (path.endsWith(".tsbuildinfo")) return true;
  return existsSync(join(sources, path.replace(/(\.d\.ts|\.js)$/, ".ts")));
}
