import { resolve } from "node:path";
import {
  type CompilerOptions,
  ModuleKind,
  ModuleResolutionKind,
  type ResolutionMode,
  resolveModuleName,
  sys,
} from "typescript";
import { describe, expect, it } from "vitest";
import manifest from "../../package.json";

/** Where a program is that imports the package. */
const program = resolve("/", "programs", "backup", "index.ts");
const root = resolve(__dirname, "../..");
const installed = resolve("/", "programs", "backup", "node_modules", manifest.name);

/** The files of a program's folder in which the package is installed, and of nothing else. */
const host = {
  fileExists: (path: string) => sys.fileExists(inRepository(path)),
  readFile: (path: string) => sys.readFile(inRepository(path)),
  directoryExists: (path: string) => installed.startsWith(path) || sys.directoryExists(inRepository(path)),
};

function inRepository(path: string): string {
  return path.startsWith(installed) ? root + path.slice(installed.length) : resolve("/nowhere");
}

/** What TypeScript finds for an import of the package. */
function typesOf(name: string, options: CompilerOptions, mode?: ResolutionMode): string | undefined {
  const found = resolveModuleName(name, program, options, host, undefined, undefined, mode).resolvedModule;
  return found?.resolvedFileName.slice(installed.length + 1);
}

const entries = Object.entries(manifest.exports).flatMap(([path, entry]) =>
  typeof entry === "string" ? [] : [{ name: manifest.name + path.slice(1), types: entry.types.slice(2) }],
);

describe.each(entries)("the types of $name are found", ({ name, types }) => {
  it.each<[string, CompilerOptions, ResolutionMode?]>([
    ["node", { module: ModuleKind.CommonJS, moduleResolution: ModuleResolutionKind.Node10 }],
    ["nodenext", { module: ModuleKind.NodeNext, moduleResolution: ModuleResolutionKind.NodeNext }],
    [
      "nodenext in an ES module",
      { module: ModuleKind.NodeNext, moduleResolution: ModuleResolutionKind.NodeNext },
      ModuleKind.ESNext,
    ],
    ["bundler", { module: ModuleKind.ESNext, moduleResolution: ModuleResolutionKind.Bundler }],
  ])("with the module resolution %s", (_, options, mode) => {
    expect(typesOf(name, options, mode)).toBe(types);
  });
});
