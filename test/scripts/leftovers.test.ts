import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { removeLeftovers } from "../../scripts/leftovers";
import { root } from "../../scripts/tools";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "openstack-snapshots-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), "");
  }
}

it("what was built of sources that are gone goes, and nothing else", () => {
  write("core/wait.ts", "core/schema.json");
  const fresh = ["core/wait.js", "core/wait.d.ts", "core/schema.json", "build.tsbuildinfo"];
  const gone = ["core/old.js", "core/old.d.ts", "core/old.json", "moved/deep/wait.js"];
  write(...[...fresh, ...gone].map((path) => join("dist", path)));
  expect(removeLeftovers(join(folder, "dist"), folder).sort()).toEqual([...gone].sort());
  for (const path of fresh) expect(existsSync(join(folder, "dist", path))).toBe(true);
  for (const path of gone) expect(existsSync(join(folder, "dist", path))).toBe(false);
  expect(existsSync(join(folder, "dist", "moved"))).toBe(false);
});

it("a folder that was never built holds none", () => {
  expect(removeLeftovers(join(folder, "dist"), folder)).toEqual([]);
});

it("every folder whose types the editor checks is either built or checked with the tests", () => {
  const included = (name: string): string[] => JSON.parse(readFileSync(join(root, name), "utf8")).include;
  const parts = [...included("tsconfig.build.json"), ...included("tsconfig.tests.json")];
  expect(parts.filter((path) => !path.endsWith(".json")).sort()).toEqual(included("tsconfig.json").sort());
});
