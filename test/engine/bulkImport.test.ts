import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ModuleKind, transpileModule } from "typescript";
import { afterEach, expect, it } from "vitest";
import {
  recordedLimits,
  recordedSeed,
  type Seed,
  type SeedSnapshot,
  type WaldurEmulator,
} from "../../emulator";
import { scenario } from "./support/scenario";
import { front } from "./support/stack";

const root = join(__dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "openstack-snapshots-import-"));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it(
  "250 snapshots come under Pulumi as they are, and nothing is written",
  () =>
    scenario({ seed: manySnapshots() }, async ({ waldur, stack }) => {
      for (const snapshot of waldur.world.snapshots.values())
        snapshot.metadata = { class: "gold", n: [1, null] };
      const { stdout } = await runImport(waldur, "snapshots", "--name-prefix", "nightly", "--with-volumes");
      expect(stdout).toContain("Wrote 252 resources");
      const typescript = readFileSync(join(folder, "imported.ts"), "utf8");
      const options = { module: ModuleKind.CommonJS };
      stack.program(transpileModule(typescript, { compilerOptions: options }).outputText);

      if (front === "plugin") {
        const file = join(folder, "import.json");
        await stack.pulumi("import", "--file", file, "--generate-code=false", "--protect=false", "--yes");
      } else {
        await stack.up();
      }
      const { deployment } = JSON.parse(await stack.pulumi("stack", "export"));
      const ids: string[] = deployment.resources.map(({ id }: { id?: string }) => id);
      const there = [...waldur.world.snapshots.keys(), ...Object.values(waldur.ids.volumes)];
      expect(ids.filter((id) => there.includes(id))).toHaveLength(252);

      expect(onlySame((await stack.preview()).changes)).toBeGreaterThanOrEqual(252);
      expect(onlySame((await stack.up()).changes)).toBeGreaterThanOrEqual(252);
      expect(waldur.writes).toEqual([]);
    }),
  180_000,
);

/** 250 snapshots of two volumes, some of the same name, some kept until an instant, some described. */
function manySnapshots(): Seed {
  const seed = recordedSeed();
  const [project] = seed.projects;
  if (project === undefined) throw new Error("the seed has no project");
  project.limits = { ...recordedLimits, snapshots: 1000, snapshots_size: -1 };
  // A volume may be called like a snapshot.
  project.volumes.push({ name: "nightly 1", size: 10240, type: "hdd" });
  project.snapshots = Array.from({ length: 250 }, (_, index): SeedSnapshot => {
    const volume = index % 2 === 0 ? "data-1" : "nightly 1";
    return {
      name: `nightly ${index % 100}`,
      volume,
      ...(index % 3 === 0 ? { keptUntil: "2035-01-01T00:00:00Z" } : {}),
      ...(index % 5 === 0 ? { description: `number ${index} of "${volume}"\n` } : {}),
    };
  });
  return seed;
}

/** `openstack-snapshots import`, as a process of its own. */
function runImport(waldur: WaldurEmulator, ...args: string[]) {
  const env = {
    ...process.env,
    WALDUR_API_URL: `${waldur.url}/api/`,
    WALDUR_ACCESS_TOKEN: waldur.tokens.owner,
  };
  const command = [join(root, "dist", "cli", "main.js"), "import", ...args, "--out", folder];
  return promisify(execFile)(process.execPath, command, { env, maxBuffer: 16 << 20 });
}

/** How many resources stay as they are, where none is changed. */
function onlySame({ same = 0, ...others }: Record<string, number>): number {
  expect(others).toEqual({});
  return same;
}
