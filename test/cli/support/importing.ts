import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";
import type { Clock } from "../../../provider/core/clock";
import { type Outcome, Run } from "./run";

/** A folder of its own in which `openstack-snapshots import` runs and leaves its files. */
export class ImportFolder {
  readonly path = mkdtempSync(join(tmpdir(), "openstack-snapshots-cli-"));

  /** @param env all there is, beside a home */
  run(args: readonly string[], env: Record<string, string> = {}, clock?: Clock): Promise<Outcome> {
    return this.start(args, env, clock).outcome();
  }

  /** The same, while it runs. */
  start(args: readonly string[], env: Record<string, string> = {}, clock?: Clock): Run {
    const around = { env: { HOME: this.path, ...env }, cwd: this.path };
    return new Run(["import", ...args], clock === undefined ? around : { ...around, clock });
  }

  /** The program that was written. */
  program(): string {
    return readFileSync(join(this.path, "imported.ts"), "utf8");
  }

  /** The same in JavaScript, for Node. @throws where it is no TypeScript */
  compiled(): string {
    const compilerOptions = { target: ScriptTarget.ES2022, module: ModuleKind.CommonJS };
    const made = transpileModule(this.program(), { reportDiagnostics: true, compilerOptions });
    const [wrong] = made.diagnostics ?? [];
    if (wrong) throw new Error(`the program is wrong: ${JSON.stringify(wrong.messageText)}`);
    return made.outputText;
  }

  /** What the import file that was written holds. */
  resources(): { type: string; name: string; id: string }[] {
    return JSON.parse(readFileSync(join(this.path, "import.json"), "utf8")).resources;
  }

  /** Names of the files in it. */
  files(): string[] {
    return readdirSync(this.path);
  }

  /** Removes what is in it. */
  empty(): void {
    for (const file of this.files()) rmSync(join(this.path, file), { recursive: true });
  }

  /** Removes it. */
  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
