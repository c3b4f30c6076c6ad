import { rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { missingPackage } from "../../provider/fronts/dynamic/provider";
import { diagnosticsOf } from "./support/diagnostics";
import { PackedPackage } from "./support/packed";
import { scenario, snapshot } from "./support/scenario";
import { front, type Stack } from "./support/stack";

// Package managers, other versions of Node and bun are tried by `npm run test:toolchains`.

let packed: PackedPackage;
beforeAll(async () => {
  packed = await PackedPackage.create();
});
afterAll(() => packed.dispose());

/** A program in one of the ways that there are: its manifest, the name of its file, and its text. */
type Program = readonly [manifest: object, file: string, text: string];

/** Gives a stack a program whose folder has the packed package installed. */
function write({ place: { cwd } }: Stack, [manifest, file, text]: Program): void {
  const installed = join(cwd, "node_modules");
  rmSync(installed, { recursive: true });
  symlinkSync(packed.nodeModules, installed, "dir");
  rmSync(join(cwd, "index.js"), { force: true });
  writeFileSync(join(cwd, "package.json"), JSON.stringify({ ...manifest, main: file }));
  writeFileSync(join(cwd, file), text);
}

/** The same program in each way. @param args of its one resource, as JSON */
const programs = (args: string): Record<string, Program> => ({
  "a CommonJS module": [
    {},
    "index.cjs",
    `const { waldur } = require("pulumi-openstack-snapshots");
     const { getSnapshot } = require("pulumi-openstack-snapshots/waldur");
     const { id } = new waldur.Snapshot("nightly", ${args});
     exports.state = id.apply((uuid) => getSnapshot({ uuid })).state;`,
  ],
  "an ES module": [
    { type: "module" },
    "index.mjs",
    `import { Provider, cinder, trilio, waldur } from "pulumi-openstack-snapshots";
     import { getSnapshots, Snapshot } from "pulumi-openstack-snapshots/waldur";
     if (waldur.Snapshot !== Snapshot) throw new Error("there are two copies");
     for (const each of [Provider, cinder.Volume, trilio.SnapshotRestoration])
       if (typeof each !== "function") throw new Error("a class is missing");
     await getSnapshots({});
     new Snapshot("nightly", ${args});`,
  ],
  TypeScript: [
    {},
    "index.ts",
    `import * as pulumi from "@pulumi/pulumi";
     import { waldur } from "pulumi-openstack-snapshots";
     import { type SnapshotArgs, Snapshot } from "pulumi-openstack-snapshots/waldur";
     const args: SnapshotArgs = ${args};
     const nightly: waldur.Snapshot = new Snapshot("nightly", args);
     export const state: pulumi.Output<string> = nightly.state;`,
  ],
});

it("a stack goes on in whatever language its program is, with the package as it is published", () =>
  scenario({ maxProvisioning: Number.POSITIVE_INFINITY }, async ({ waldur, stack }) => {
    const seen = [];
    for (const [what, program] of Object.entries(programs(JSON.stringify(snapshot(waldur).args)))) {
      write(stack, program);
      const { changes } = await stack.up();
      seen.push([what, Object.keys(changes)]);
    }
    expect(seen).toEqual([
      ["a CommonJS module", ["create"]],
      ["an ES module", ["same"]],
      ["TypeScript", ["same"]],
    ]);
    expect(waldur.writes).toHaveLength(1);
  }));

it("where only a library depends on the package it works, or one sentence says what to do, in a destroy too", () =>
  scenario({ maxProvisioning: Number.POSITIVE_INFINITY }, async ({ waldur, stack }) => {
    const args = JSON.stringify(snapshot(waldur).args);
    const text = `new (require("pulumi-openstack-snapshots").waldur.Snapshot)("nightly", ${args});`;
    write(stack, [{}, "index.cjs", text]);
    await stack.up();
    const moveBack = packed.below("backups");
    writeFileSync(join(packed.folder("backups"), "index.js"), text);
    try {
      write(stack, [{}, "index.cjs", `require("backups");`]);
      if (front === "dynamic") {
        expect(diagnosticsOf(await stack.upFails())).toEqual({ Stack: [`error: ${missingPackage}`] });
        const before = stack.printed.length;
        await stack.destroy().catch(() => undefined);
        const { nightly, Stack: others } = diagnosticsOf(stack.printed.slice(before));
        expect(nightly).toEqual([`error: ${missingPackage}`]);
        expect(others?.sort()).toEqual(["error: update failed", "pulumi-openstack-snapshots: not found"]);
      } else {
        expect(Object.keys((await stack.up()).changes)).toEqual(["same"]);
        await stack.destroy();
        expect(waldur.writes).toHaveLength(2);
      }
    } finally {
      moveBack();
    }
  }));
