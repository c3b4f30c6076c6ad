import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";
import { sourceCommand } from "./run";

const root = join(__dirname, "..", "..", "..");

/** How a run of the command line ended. */
export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** The command line as it stands in the sources, and as it was built last. */
const commands = { source: sourceCommand, built: [join(root, "dist", "cli", "main.js")] };

/** A folder of its own in which `openstack-snapshots import` runs and leaves its files. */
export class ImportFolder {
  readonly path = mkdtempSync(join(tmpdir(), "openstack-snapshots-cli-"));
  readonly #command: readonly string[];

  constructor(command: keyof typeof commands = "source") {
    this.#command = commands[command];
  }

  /** @param env besides that of this process, without what names a server there */
  run(args: readonly string[], env: Record<string, string> = {}): Promise<Outcome> {
    const others = Object.entries(process.env).filter(([name]) => !/^(WALDUR|OS|XDG)_/.test(name));
    const all = { ...Object.fromEntries(others), HOME: this.path, ...env };
    const options = { cwd: this.path, env: all, maxBuffer: 16 << 20 };
    return new Promise((resolve) => {
      execFile(process.execPath, [...this.#command, "import", ...args], options, (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
      );
    });
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
