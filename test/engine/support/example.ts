import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ModuleKind, transpileModule } from "typescript";
import { repository } from "./stack";

/** The program of a folder of `examples/`, in JavaScript: a stack of TypeScript takes much longer to start. */
export function exampleProgram(name: string): string {
  const source = readFileSync(join(repository, "examples", name, "index.ts"), "utf8");
  const compilerOptions = { module: ModuleKind.CommonJS, esModuleInterop: true };
  return transpileModule(source, { compilerOptions }).outputText;
}
