import { describe, expect, it } from "vitest";
import { restoration, routes, type Scenario, scenario, snapshot, volume } from "./support/scenario";

describe.each(["2024", "2026"] as const)("on a server of %s", (generation) => {
  it("creates a volume, a snapshot and a restoration, leaves them alone, and takes them away", () =>
    scenario({ generation }, async ({ waldur, stack, sent }) => {
      stack.declare([
        volume(waldur, { volumeType: "ssd", description: "the data" }),
        snapshot(waldur, {
          volumeId: "@data.id",
          keptUntil: "2031-01-31",
          forceDelete: true,
          metadata: { class: "gold" },
        }),
        restoration(waldur, { snapshotId: "@nightly.id", name: "restored" }),
      ]);
      const { changes, outputs } = await stack.up();
      expect(changes).toEqual({ create: 4 });
      expect(outputs.data).toMatchObject({
        state: "OK",
        size: 10240,
        volumeType: "ssd",
        description: "the data",
        attached: false,
        name: expect.stringMatching(/^data-[0-9a-f]{7}$/),
      });
      expect(outputs.nightly).toMatchObject({
        state: "OK",
        size: 10240,
        keptUntil: "2031-01-31T00:00:00Z",
        metadata: { class: "gold" },
        sourceVolumeName: outputs.data?.name,
        restorations: [],
      });
      const [row] = waldur.world.restorationsOf(String(outputs.nightly?.id));
      expect(outputs.copy).toMatchObject({
        id: row?.uuid,
        volumeId: row?.volumeUuid,
        volumeState: "OK",
        size: 10240,
      });
      expect(outputs.copy?.volumeUrl).toMatch(new RegExp(`/openstack-volumes/${row?.volumeUuid}/$`));
      expect(sent(routes.order)).toHaveLength(1);

      waldur.resetRequests();
      expect((await stack.up()).changes).toEqual({ same: 4 });
      expect(waldur.writes).toEqual([]);

      const before = { volumes: waldur.world.volumes.size, snapshots: waldur.world.snapshots.size };
      expect((await stack.destroy()).changes).toEqual({ delete: 4 });
      waldur.world.advance();
      expect(waldur.world.volumes.size).toBe(before.volumes - 2);
      expect(waldur.world.snapshots.size).toBe(before.snapshots - 1);
    }));
});

describe("a volume", () => {
  it("changes name, description, bootable, size and type in place, each with just what differs", () =>
    scenario({}, async ({ waldur, stack, sent }) => {
      stack.declare([volume(waldur, { name: "one", volumeType: waldur.ids.types.ssd })]);
      const first = await stack.up();
      waldur.resetRequests();
      const declared = { name: "two", description: "text", bootable: false, volumeType: "hdd", size: 20480 };
      stack.declare([volume(waldur, declared)]);
      const { changes, outputs } = await stack.up();
      expect(changes).toEqual({ update: 1, same: 1 });
      expect(outputs.data).toMatchObject({
        id: first.outputs.data?.id,
        ...declared,
        volumeTypeUrl: expect.anything(),
      });
      expect(sent(routes.patchVolume)).toEqual([{ name: "two", description: "text" }]);
      expect(sent(routes.extend)).toEqual([{ disk_size: 20480 }]);
      expect(sent(routes.retype)).toHaveLength(1);
      expect(waldur.writes).toHaveLength(3);

      // What is not declared any more is left alone, but for what has a natural default.
      waldur.resetRequests();
      stack.declare([volume(waldur, { name: "two", size: 20480 })]);
      expect((await stack.up()).outputs.data).toMatchObject({ description: "", volumeType: "hdd" });
      expect(waldur.writes.map(({ body }) => body)).toEqual([{ description: "" }]);
    }));

  it("never shrinks, and says so before anything is sent", () =>
    scenario({}, async ({ waldur, stack }) => {
      stack.declare([volume(waldur, { size: 20480 })]);
      await stack.up();
      waldur.resetRequests();
      stack.declare([volume(waldur, { size: 10240 })]);
      const text = await stack.upFails();
      expect(text).toContain(
        "10240 MiB is less than the 20480 MiB that the volume has, and a volume cannot shrink",
      );
      expect(waldur.writes).toEqual([]);
    }));
});

describe("a snapshot", () => {
  it("sends one PATCH with just what changed, and none for another spelling of the same instant", () =>
    scenario({}, async ({ waldur, stack, sent }) => {
      const metadata = { class: "gold", nested: { deep: [1, null, "x"] } };
      stack.declare([snapshot(waldur, { name: "n", keptUntil: "2031-01-31", metadata })]);
      await stack.up();
      waldur.resetRequests();
      stack.declare([snapshot(waldur, { name: "n", keptUntil: "2031-01-31T02:00:00+02:00", metadata })]);
      expect((await stack.up()).changes).toEqual({ same: 2 });
      expect(waldur.writes).toEqual([]);

      const changed = {
        name: "n",
        keptUntil: "2032-01-31T00:00:00Z",
        metadata: { class: "silver" },
        description: "d",
      };
      stack.declare([snapshot(waldur, changed)]);
      expect((await stack.up()).outputs.nightly).toMatchObject(changed);
      expect(sent(routes.patchSnapshot)).toEqual([
        { kept_until: "2032-01-31T00:00:00Z", metadata: { class: "silver" }, description: "d" },
      ]);

      waldur.resetRequests();
      stack.declare([snapshot(waldur, { name: "n" })]);
      const { outputs } = await stack.up();
      expect(sent(routes.patchSnapshot)).toEqual([{ kept_until: null, metadata: {}, description: "" }]);
      expect(outputs.nightly).not.toHaveProperty("keptUntil");
    }));

  it("is updated only once it is not busy any more", () =>
    scenario({}, async ({ waldur, stack, sent }) => {
      stack.declare([snapshot(waldur)]);
      const { outputs } = await stack.up();
      // Somebody else has just started an update of it.
      const path = `${waldur.url}/api/openstack-snapshots/${outputs.nightly?.id}/`;
      stack.declare([snapshot(waldur, { description: "ours" })]);
      const slow = waldur.faults.add({ route: routes.patchSnapshot, action: { kind: "slow", factor: 30 } });
      const answer = await fetch(path, {
        method: "PATCH",
        headers: { authorization: `Token ${waldur.tokens.owner}`, "content-type": "application/json" },
        body: '{"description":"theirs"}',
      });
      expect([answer.status, slow.hits]).toEqual([200, 1]);
      await stack.up();
      expect(sent(routes.patchSnapshot)).toEqual([{ description: "theirs" }, { description: "ours" }]);
    }));
});

describe("a restoration", () => {
  it("changes the restored volume in place, and can leave it behind", () =>
    scenario({}, async ({ waldur, stack, sent }: Scenario) => {
      stack.declare([restoration(waldur, { name: "one" })]);
      const first = await stack.up();
      waldur.resetRequests();
      stack.declare([restoration(waldur, { name: "two", description: "text", onDestroy: "keep" })]);
      const { outputs } = await stack.up();
      expect(outputs.copy).toMatchObject({ id: first.outputs.copy?.id, name: "two", description: "text" });
      expect(sent(routes.patchVolume)).toEqual([{ name: "two", description: "text" }]);
      await stack.destroy();
      expect(sent(routes.terminate)).toEqual([]);
      expect(waldur.world.volumesNamed("two")).toHaveLength(1);
    }));
});
