import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Everything an engine's folder holds. */
export const PARTS = [
  "pulumi",
  "pulumi-language-nodejs",
  "pulumi-resource-pulumi-nodejs",
  "pulumi-analyzer-policy",
] as const;

/** Writes a shell script that can be run, and gives its path. */
export function script(folder: string, name: string, text: string): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
  return file;
}

/** Writes as much of the modules that rate passwords as the build of an engine changes. */
export function raters(modules: string): void {
  for (const module of ["nbutton23", "ccojocar"]) {
    const sources = join(modules, "github.com", module, "zxcvbn-go");
    mkdirSync(sources, { recursive: true });
    // The other is older than such files.
    if (module === "ccojocar")
      writeFileSync(join(sources, "go.mod"), `module github.com/${module}/zxcvbn-go\n\ngo 1.19\n`);
    for (const folder of ["frequency", "matching"]) mkdirSync(join(sources, folder), { recursive: true });
    writeFileSync(join(sources, "frequency", "frequency.go"), `package frequency\n\nfunc init() {\n}\n`);
    writeFileSync(
      join(sources, "matching", "matching.go"),
      "package matching\n\nfunc init() {\n\tloadFrequencyList()\n}\n\nfunc loadFrequencyList() {\n\tfor {}\n}\n",
    );
  }
}
