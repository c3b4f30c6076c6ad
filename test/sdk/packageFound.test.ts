import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { missingPackage, providerText, readOnlyProviderText } from "../../provider/fronts/dynamic/provider";
import { missingFromProgram } from "../../sdk/packageFound";

const name = "pulumi-openstack-snapshots";
let root: string;
let program: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "openstack-snapshots-layout-"));
  program = join(root, "apps", "backup");
  mkdirSync(join(program, "node_modules"), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

/** Puts a package there as it is installed: whoever finds it can tell where. */
function install(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const exports = { "./dynamic": "./dynamic.js" };
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name, version: "0.1.0", exports }));
  writeFileSync(join(folder, "dynamic.js"), "exports.provider = (type) => ({ type });\n");
  return folder;
}

/** The store that pnpm keeps, with the package and a library that depends on it. */
function pnpmStore(): { own: string; library: string } {
  const store = join(root, "node_modules", ".pnpm");
  const own = install(join(store, `${name}@0.1.0`, "node_modules", name));
  const library = join(store, "@acme+backups@1.0.0", "node_modules", "@acme", "backups");
  mkdirSync(library, { recursive: true });
  symlinkSync(own, join(dirname(library), "..", name), "dir");
  return { own, library };
}

const missing = () => missingFromProgram({ PULUMI_NODEJS_MONITOR: "127.0.0.1:1" }, program);

/** What Pulumi's dynamic provider gets of the text in the state, in the folder of the program. */
function handled(text = providerText("waldur:Volume")): unknown {
  const module = { exports: {} as { handler?: () => unknown } };
  const run = new Function("exports", "require", text);
  run(module.exports, createRequire(join(program, "index.js")));
  return module.exports.handler?.();
}

it.each([
  ["npm and yarn: beside the program", () => install(join(program, "node_modules", name))],
  ["a workspace: above the program", () => install(join(root, "node_modules", name))],
  [
    "pnpm: a link into its store",
    () => symlinkSync(pnpmStore().own, join(program, "node_modules", name), "dir"),
  ],
])("the package is found with %s", (_, layOut) => {
  layOut();
  expect(missing()).toBeUndefined();
  expect(handled()).toEqual({ type: "waldur:Volume" });
  expect(handled(readOnlyProviderText("waldur:Volume"))).toEqual({ type: "waldur:Volume" });
});

it.each([
  [
    "pnpm",
    () => {
      mkdirSync(join(program, "node_modules", "@acme"));
      symlinkSync(pnpmStore().library, join(program, "node_modules", "@acme", "backups"), "dir");
    },
  ],
  ["npm", () => install(join(program, "node_modules", "@acme", "backups", "node_modules", name))],
])("where only a library depends on it, one sentence says what to do, with %s", (_, layOut) => {
  layOut();
  expect(missing()).toBe(missingPackage);
  expect(missingPackage.split(". ")).toHaveLength(1);
  // A destroy runs no program, so the text says it too; Pulumi prints such an error by its text and its stack.
  expect(() => handled()).toThrow(missingPackage);
  try {
    handled();
  } catch (error) {
    const { stack } = error as Error;
    expect(`${error}: ${stack}`).toBe("pulumi-openstack-snapshots: not found");
  }
});

it("in a process that the engine has not started, nobody knows from where it is looked for", () => {
  expect(missingFromProgram({}, program)).toBeUndefined();
});
