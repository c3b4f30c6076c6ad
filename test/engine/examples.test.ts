import { describe, expect, it } from "vitest";
import { exampleProgram } from "./support/example";
import { routes, type Scenario, type ScenarioOptions, scenario } from "./support/scenario";

/** Runs an example of Waldur with these settings of its project. */
function example(
  name: string,
  options: ScenarioOptions,
  settings: (ids: Scenario["waldur"]["ids"]) => Record<string, string>,
  run: (scenario: Scenario) => Promise<void>,
): Promise<void> {
  return scenario(options, async (all) => {
    all.stack.program(exampleProgram(name));
    for (const [key, value] of Object.entries(settings(all.waldur.ids)))
      await all.stack.configure(`scenario:${key}`, value);
    await run(all);
  });
}

// The other examples: `cinder-snapshot` runs against a real Cinder, `trilio-restore` in the scenarios of Trilio, and
// `quickstart` is the demo.
describe("the example", () => {
  it("attachment attaches a volume, takes a snapshot of it, and takes all of it away again", () =>
    example(
      "attachment",
      {},
      ({ project, offering, instances }) => ({ project, offering, instance: instances["vm-shutoff"] ?? "" }),
      async ({ waldur, stack, sent }) => {
        const { changes, outputs } = await stack.up();
        expect(changes).toEqual({ create: 4 });
        expect(outputs.device).toMatch(/^\/dev\/vd/);
        expect(sent(routes.snapshot)).toHaveLength(1);
        waldur.resetRequests();
        expect((await stack.up()).changes).toEqual({ same: 4 });
        expect(waldur.writes).toEqual([]);
        await stack.destroy();
        expect(sent(routes.terminate)).toHaveLength(1);
        expect(stack.resources()).toEqual({});
      },
    ));

  it("lookups restores the newest snapshot, and leaves the volume behind when it is destroyed", () =>
    example(
      "lookups",
      {},
      ({ volumes }) => ({ volume: volumes["data-1"] ?? "" }),
      async ({ waldur, stack, sent }) => {
        const { changes, outputs } = await stack.up();
        expect(changes).toEqual({ create: 2 });
        expect(sent(routes.restore)).toHaveLength(1);
        waldur.resetRequests();
        expect((await stack.up()).changes).toEqual({ same: 2 });
        await stack.destroy();
        expect(waldur.writes).toEqual([]);
        const uuid = /[0-9a-f]{32}/.exec(String(outputs.volume).replaceAll("-", ""))?.[0] ?? "";
        const left = [...waldur.world.volumes.keys()].map((id) => id.replaceAll("-", ""));
        expect(left).toContain(uuid);
      },
    ));

  it("retention keeps each snapshot for its time, and says until when", () =>
    example(
      "retention",
      {},
      ({ project, offering }) => ({ project, offering }),
      async ({ waldur, stack, sent }) => {
        const { changes, outputs } = await stack.up();
        expect(changes).toEqual({ create: 5 });
        const bodies = sent(routes.snapshot) as { kept_until: string }[];
        const ends = bodies.map(({ kept_until }) => Date.parse(kept_until)).sort((one, other) => one - other);
        const shown = Object.values(outputs.keptUntil ?? {}).map((end) => Date.parse(String(end)));
        expect(shown.sort((one, other) => one - other)).toEqual(ends);
        const days = ends.map((end) => Math.round((end - waldur.world.now()) / 86_400_000));
        expect(days[0]).toBe(35);
        expect([3652, 3653]).toContain(days[1]);
        waldur.resetRequests();
        expect((await stack.up()).changes).toEqual({ same: 5 });
        expect(waldur.writes).toEqual([]);
      },
    ));
});
