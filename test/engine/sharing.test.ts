import { expect, it } from "vitest";
import { recordedLimits, recordedSeed } from "../../emulator";
import { routes, scenario, snapshot } from "./support/scenario";

it("a hundred snapshots that are pending cost list requests, not one request each", () => {
  const seed = recordedSeed();
  for (const project of seed.projects)
    project.limits = { ...recordedLimits, snapshots: 1000, snapshots_size: -1 };
  // Slow enough that all are pending together for some seconds, on a busy machine too.
  return scenario(
    { seed, speed: 0.5, maxProvisioning: Number.POSITIVE_INFINITY },
    async ({ waldur, stack, sent }) => {
      const names = Array.from({ length: 100 }, (_, index) => `s-${index}`);
      stack.declare(names.map((name) => snapshot(waldur, { name }, name)));
      await stack.up({ parallel: 100 });
      expect(sent(routes.snapshot)).toHaveLength(100);

      const created = waldur.requests.filter(({ route }) => route === routes.snapshot);
      const allAsked = Math.max(...created.map(({ time }) => time));
      const firstDone = Math.min(...names.map((name) => doneAt(waldur.world.snapshotsNamed(name)[0])));
      expect(firstDone).toBeGreaterThan(allAsked);
      const between = waldur.requests.filter(({ time }) => time > allAsked && time < firstDone);
      const single = between.filter(({ route }) => route === "GET /api/openstack-snapshots/{uuid}/");
      const lists = between.filter(({ route }) => route === "GET /api/openstack-snapshots/");
      console.log(
        `100 snapshots pending for ${((firstDone - allAsked) / 1000).toFixed(1)} s: ${lists.length} list requests, ` +
          `${single.length} of single snapshots`,
      );
      expect(lists.length).toBeGreaterThan(0);
      expect(single).toEqual([]);
      // One list a tick, and ticks are half a second apart.
      expect(lists.length).toBeLessThanOrEqual((firstDone - allAsked) / 500 + 1);
    },
  );
}, 180_000);

/** The time of the change to OK. */
function doneAt(object: { modified: string; state: string } | undefined): number {
  expect(object?.state).toBe("OK");
  return Date.parse(object?.modified ?? "");
}
