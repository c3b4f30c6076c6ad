import { describe, expect, it } from "vitest";
import { restoration, routes, scenario, snapshot, volume } from "./support/scenario";

describe("an answer that is lost after the server did the work", () => {
  it.each([
    ["volume", "order"],
    ["snapshot", "snapshot"],
    ["restoration", "restore"],
  ] as const)("of the creation of a %s makes one object, in the state", (kind, route) =>
    scenario({}, async ({ waldur, stack, sent }) => {
      const before = { volumes: waldur.world.volumes.size, snapshots: waldur.world.snapshots.size };
      const lost = waldur.faults.add({ route: routes[route], action: { kind: "dropAnswer" } });
      stack.declare([{ volume, snapshot, restoration }[kind](waldur, { name: "once" })]);
      expect((await stack.up()).changes).toEqual({ create: 2 });
      expect(lost.hits).toBe(1);
      expect(sent(routes[route])).toHaveLength(1);
      const made = [...waldur.world.volumesNamed("once"), ...waldur.world.snapshotsNamed("once")];
      expect(made).toHaveLength(1);
      const after = { volumes: waldur.world.volumes.size, snapshots: waldur.world.snapshots.size };
      expect(after.volumes + after.snapshots).toBe(before.volumes + before.snapshots + 1);
      const [resource] = Object.values(stack.resources());
      expect([resource?.id, resource?.outputs.volumeId]).toContain(made[0]?.uuid);
      await stack.destroy();
      expect([...waldur.world.volumesNamed("once"), ...waldur.world.snapshotsNamed("once")]).toEqual([]);
    }),
  );

  it("is asked again where the server had done nothing", () =>
    scenario({ hurried: true }, async ({ waldur, stack, sent }) => {
      const lost = waldur.faults.add({ route: routes.snapshot, action: { kind: "drop" } });
      stack.declare([snapshot(waldur, { name: "once" })]);
      await stack.up();
      expect(lost.hits).toBe(1);
      expect(sent(routes.snapshot)).toHaveLength(2);
      expect(waldur.world.snapshotsNamed("once")).toHaveLength(1);
    }));

  it("of updates and deletions repeats nothing that was done", () =>
    scenario({ hurried: true }, async ({ waldur, stack, sent }) => {
      stack.declare([volume(waldur), snapshot(waldur)]);
      await stack.up();
      waldur.resetRequests();
      const dropped = (["patchSnapshot", "extend", "retype", "deleteSnapshot", "terminate"] as const).map(
        (route) => waldur.faults.add({ route: routes[route], action: { kind: "dropAnswer" } }),
      );
      stack.declare([
        volume(waldur, { size: 20480, volumeType: "ssd" }),
        snapshot(waldur, { description: "new" }),
      ]);
      await stack.up();
      await stack.destroy();
      expect(dropped.map(({ hits }) => hits)).toEqual([1, 1, 1, 1, 1]);
      const routesSent = waldur.writes.map(({ route }) => route);
      expect(routesSent).toEqual([...new Set(routesSent)]);
      expect(sent(routes.patchSnapshot)).toEqual([{ description: "new" }]);
    }));
});

describe("a server that is ill for a while", () => {
  it("is put up with: 429 with Retry-After, 503 and broken connections while something is waited for", () =>
    scenario({}, async ({ waldur, stack }) => {
      const list = /^\/api\/openstack-(snapshots|volumes)\/[0-9a-f]{32}\/$/;
      const ill = [
        waldur.faults.add({
          method: "GET",
          path: list,
          action: { kind: "answer", status: 429, headers: { "Retry-After": "1" } },
        }),
        waldur.faults.add({ method: "GET", path: list, times: 2, action: { kind: "answer", status: 503 } }),
        waldur.faults.add({ method: "GET", path: list, action: { kind: "drop" } }),
        waldur.faults.add({
          route: routes.snapshot,
          action: { kind: "unknownState", state: "Contemplating", seconds: 4 },
        }),
      ];
      stack.declare([snapshot(waldur)]);
      await stack.up();
      expect(ill.map(({ remaining }) => remaining)).toEqual([0, 0, 0, 0]);
    }));

  it("and one that does not find what it has just made is asked again", () =>
    scenario({}, async ({ waldur, stack, sent }) => {
      const missing = waldur.faults.add({ route: routes.snapshot, action: { kind: "missing", reads: 3 } });
      stack.declare([snapshot(waldur)]);
      await stack.up();
      expect(missing.hits).toBe(1);
      expect(sent(routes.snapshot)).toHaveLength(1);
    }));
});
