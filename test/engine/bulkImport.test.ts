import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { recordedLimits, recordedSeed, type Seed, type SeedSnapshot } from "../../emulator";
import { ImportFolder } from "../cli/support/importing";
import { oneCheckpoint } from "./support/checkpoints";
import { scenario } from "./support/scenario";
import { front } from "./support/stack";

const folder = new ImportFolder();
afterEach(() => folder.remove());

/** So many snapshots; the dynamic front takes much longer for each, and all of them show it nothing more. */
const count = front === "plugin" ? 120 : 50;

it(
  `${count} snapshots come under Pulumi as they are, and nothing is written`,
  () =>
    scenario({ seed: manySnapshots(), env: oneCheckpoint }, async ({ waldur, stack }) => {
      for (const snapshot of waldur.world.snapshots.values())
        snapshot.metadata = { class: "gold", n: [1, null] };
      const env = { WALDUR_API_URL: `${waldur.url}/api/`, WALDUR_ACCESS_TOKEN: waldur.tokens.owner };
      const { stdout } = await folder.run(["snapshots", "--name-prefix", "nightly", "--with-volumes"], env);
      expect(stdout).toContain(`Wrote ${count + 2} resources`);
      stack.program(folder.compiled());

      if (front === "plugin") {
        const file = join(folder.path, "import.json");
        await stack.pulumi("import", "--file", file, "--generate-code=false", "--yes");
      } else {
        await stack.up();
      }
      const { deployment } = JSON.parse(await stack.pulumi("stack", "export"));
      const there = [...waldur.world.snapshots.keys(), ...Object.values(waldur.ids.volumes)];
      const adopted = ({ resources }: { resources: { id?: string; protect?: boolean }[] }) =>
        resources.filter(({ id, protect }) => protect === true && there.includes(id ?? ""));
      expect(adopted(deployment)).toHaveLength(count + 2);

      expect(onlySame((await stack.preview()).changes)).toBeGreaterThanOrEqual(count + 2);
      expect(onlySame((await stack.up()).changes)).toBeGreaterThanOrEqual(count + 2);

      // The program of the tool takes no protection away, so declarations that are removed delete nothing.
      expect(adopted(JSON.parse(await stack.pulumi("stack", "export")).deployment)).toHaveLength(count + 2);
      stack.program("");
      expect(await stack.upFails()).toMatch(/cannot be deleted\s+because it is protected/);
      expect(waldur.writes).toEqual([]);
    }),
  600_000,
);

/** Snapshots of two volumes, some of the same name, some kept until an instant, some described. */
function manySnapshots(): Seed {
  const seed = recordedSeed();
  const [project] = seed.projects;
  if (project === undefined) throw new Error("the seed has no project");
  project.limits = { ...recordedLimits, snapshots: 1000, snapshots_size: -1 };
  // A volume may be called like a snapshot.
  project.volumes.push({ name: "nightly 1", size: 10240, type: "hdd" });
  project.snapshots = Array.from({ length: count }, (_, index): SeedSnapshot => {
    const volume = index % 2 === 0 ? "data-1" : "nightly 1";
    return {
      name: `nightly ${index % 40}`,
      volume,
      ...(index % 3 === 0 ? { keptUntil: "2035-01-01T00:00:00Z" } : {}),
      ...(index % 5 === 0 ? { description: `number ${index} of "${volume}"\n` } : {}),
    };
  });
  return seed;
}

/** How many resources stay as they are, where none is changed. */
function onlySame({ same = 0, ...others }: Record<string, number>): number {
  expect(others).toEqual({});
  return same;
}
