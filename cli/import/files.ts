import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { namespace } from "../../provider/core/backend";
import { UserError } from "../../provider/core/errors";
import type { Declaration } from "./declarations";
import type { Importable } from "./kinds";
import { program } from "./program";

/** The two files in a folder. */
export interface Files {
  importFile: string;
  program: string;
}

/**
 * The files to write.
 *
 * @throws UserError where one is there already, unless they may be overwritten
 */
export function filesIn(folder: string, force: boolean): Files {
  const files = { importFile: join(folder, "import.json"), program: join(folder, "imported.ts") };
  const there = Object.values(files).filter((file) => existsSync(file));
  if (there.length > 0 && !force) {
    throw new UserError(
      `${there.join(" and ")} would be overwritten: use --force, or another folder with --out`,
    );
  }
  return files;
}

/** Writes both files, and makes their folder; volumes come first. */
export function writeFiles(
  files: Files,
  objects: Importable,
  volumes: readonly Declaration[],
  snapshots: readonly Declaration[],
): void {
  const resources = [...volumes, ...snapshots].map(({ kind, name, id }) => {
    return { type: `${namespace}:${kind.type}`, name, id };
  });
  mkdirSync(dirname(files.importFile), { recursive: true });
  writeFileSync(files.importFile, `${JSON.stringify({ resources }, undefined, 2)}\n`);
  writeFileSync(files.program, program(objects, volumes, snapshots));
}
