import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { namespace } from "../../provider/core/backend";
import { UserError } from "../../provider/core/errors";
import type { Declaration } from "./declarations";
import type { Module } from "./kinds";
import { program } from "./program";

/** The two files in a folder. Their paths are as the user knows them. */
export class Files {
  readonly importFile: string;
  readonly program: string;
  readonly #cwd: string;

  /** @param cwd where a relative folder starts from */
  constructor(folder: string, cwd: string) {
    this.importFile = join(folder, "import.json");
    this.program = join(folder, "imported.ts");
    this.#cwd = cwd;
  }

  /** @throws UserError where one of them is there already */
  checkFree(): void {
    const there = [this.importFile, this.program].filter((file) => existsSync(this.#path(file)));
    if (there.length > 0) {
      throw new UserError(
        `${there.join(" and ")} would be overwritten: use --force, or another folder with --out`,
      );
    }
  }

  /** Writes both files, and makes their folder; volumes come first. */
  write(module: Module, volumes: readonly Declaration[], snapshots: readonly Declaration[]): void {
    const resources = [...volumes, ...snapshots].map(({ kind, name, id }) => {
      return { type: `${namespace}:${kind.type}`, name, id };
    });
    mkdirSync(dirname(this.#path(this.importFile)), { recursive: true });
    writeFileSync(this.#path(this.importFile), `${JSON.stringify({ resources }, undefined, 2)}\n`);
    writeFileSync(this.#path(this.program), program(module, volumes, snapshots));
  }

  /** What people are told once so many resources are written. */
  written(total: number): string[] {
    return [
      `Wrote ${total} resource${total === 1 ? "" : "s"} to`,
      `  ${this.importFile}  for "pulumi import --file" (front "plugin")`,
      `  ${this.program}  the program; by itself it imports too, in either front`,
    ];
  }

  #path(file: string): string {
    return resolve(this.#cwd, file);
  }
}
