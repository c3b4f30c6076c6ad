import { describe, expect, inject, it } from "vitest";
import { attach, look, makeSnapshot, makeVolume, untilSettled } from "../support/objects";
import { restoration, scenario, snapshot, volume } from "../support/scenario";

describe("a volume, a snapshot and a restoration", () => {
  it("are made, left alone by a second up, changed in place, read again and destroyed", () =>
    scenario({}, async ({ api, proxy, stack }) => {
      const declared = (more: Record<"volume" | "snapshot" | "restoration", Record<string, unknown>>) => [
        volume({ metadata: { team: "a" }, ...more.volume }),
        snapshot({ metadata: { class: "gold" }, description: "by night", ...more.snapshot }),
        restoration({ description: "a copy", ...more.restoration }),
      ];
      stack.declare(declared({ volume: {}, snapshot: {}, restoration: {} }));
      const { outputs } = await stack.up();
      const { data = {}, nightly = {}, copy = {} } = outputs;
      expect(data).toMatchObject({
        size: 1,
        status: "available",
        volumeType: "folder",
        metadata: { team: "a" },
      });
      expect(nightly).toMatchObject({ volumeId: data.id, status: "available", size: 1, progress: "100%" });
      expect(nightly.name).toMatch(/^nightly-[0-9a-f]{7}$/);
      expect(nightly.metadata).toEqual({ class: "gold" });
      expect(copy).toMatchObject({ snapshotId: nightly.id, status: "available", size: 1 });
      expect(copy.volumeId).not.toBe(data.id);
      expect(await look(api, "snapshot", String(nightly.id))).toMatchObject({
        volume_id: data.id,
        description: "by night",
      });
      expect(await look(api, "volume", String(copy.volumeId))).toMatchObject({ snapshot_id: nightly.id });
      expect([...proxy.writes].sort()).toEqual(["POST /snapshots", "POST /volumes", "POST /volumes"]);

      proxy.reset();
      expect((await stack.up()).changes).toEqual({ same: 4 });
      expect((await stack.refresh()).changes).toEqual({ same: 4 });
      expect((await stack.up()).changes).toEqual({ same: 4 });
      expect(proxy.writes).toEqual([]);

      stack.declare(
        declared({
          volume: { size: 2, name: "renamed", metadata: { team: "b", more: "1" } },
          snapshot: { name: "renamed", description: "", metadata: { class: "silver" } },
          restoration: { size: 3, name: "renamed" },
        }),
      );
      const changed = await stack.up();
      expect(changed.changes).toEqual({ update: 3, same: 1 });
      expect(changed.outputs.data).toMatchObject({ id: data.id, size: 2, name: "renamed" });
      expect(await look(api, "volume", String(data.id))).toMatchObject({
        size: 2,
        name: "renamed",
        metadata: expect.objectContaining({ team: "b", more: "1" }),
      });
      const snapshotNow = await look(api, "snapshot", String(nightly.id));
      expect(snapshotNow).toMatchObject({
        name: "renamed",
        metadata: expect.objectContaining({ class: "silver" }),
      });
      expect(snapshotNow?.description || null).toBeNull();
      expect(await look(api, "volume", String(copy.volumeId))).toMatchObject({ size: 3, name: "renamed" });
      proxy.reset();
      expect((await stack.up()).changes).toEqual({ same: 4 });
      expect(proxy.writes).toEqual([]);

      expect((await stack.destroy()).changes).toEqual({ delete: 4 });
      for (const id of [data.id, copy.volumeId])
        expect(await look(api, "volume", String(id))).toBeUndefined();
      expect(await look(api, "snapshot", String(nightly.id))).toBeUndefined();
    }));
});

describe("a volume in use", () => {
  it("grows, and a snapshot of it needs force only where the service does not know 3.66", () =>
    scenario({}, async ({ tenant, api, proxy, stack }) => {
      stack.declare([volume()]);
      const { outputs } = await stack.up();
      const id = String(outputs.data?.id);
      await attach(tenant.admin, id);
      stack.declare([volume({ size: 2 }), snapshot({}, "modern")]);
      await stack.up();
      expect(await look(api, "volume", id)).toMatchObject({ size: 2, status: "in-use" });
      expect(proxy.on("POST /snapshots").map(({ body }) => body.snapshot.force)).toEqual([undefined]);

      proxy.newest = "3.65";
      stack.declare([volume({ size: 2 }), snapshot({}, "modern"), snapshot({}, "old")]);
      expect(await stack.upFails()).toContain("set force");
      proxy.reset();
      stack.declare([volume({ size: 2 }), snapshot({}, "modern"), snapshot({ force: true }, "old")]);
      await stack.up();
      expect(proxy.on("POST /snapshots").map(({ body }) => body.snapshot.force)).toEqual([true]);
    }));
});

describe("a volume type", () => {
  it("is changed in place; one of another back end is refused unless the volume may move", () =>
    scenario({}, async ({ api, stack }) => {
      stack.declare([volume({ volumeType: "folder" })]);
      const { outputs } = await stack.up();
      const id = String(outputs.data?.id);
      stack.declare([volume({ volumeType: "multi" })]);
      expect((await stack.up()).changes).toEqual({ update: 1, same: 1 });
      expect(await look(api, "volume", id)).toMatchObject({ volume_type: "multi" });
      stack.declare([volume({ volumeType: inject("cloud").volumeTypes.multi })]);
      expect((await stack.up()).changes).toMatchObject({ same: expect.any(Number) });

      stack.declare([volume({ volumeType: "logging" })]);
      expect(await stack.upFails()).toMatch(/retypeMigrationPolicy|type/);
      expect(await untilSettled(api, "volume", id)).toMatchObject({ volume_type: "multi" });
    }));
});

describe("a revert", () => {
  it("takes the volume back to its latest snapshot, once and confirmed, and destroying it changes nothing", () =>
    scenario({}, async ({ api, proxy, stack }) => {
      const { id } = await makeVolume(api);
      const { id: of } = await makeSnapshot(api, id);
      const revert = (args: Record<string, unknown>) => [
        restoration({ snapshotId: of, mode: "revert", ...args }),
      ];
      stack.declare(revert({}));
      expect(await stack.upFails()).toContain("confirmRevert");
      expect(proxy.writes).toEqual([]);

      stack.declare(revert({ confirmRevert: true }));
      expect((await stack.up()).outputs.copy).toMatchObject({ volumeId: id, status: "available" });
      expect(proxy.writes).toEqual(["POST /volumes/{id}/action"]);
      expect((await stack.up()).changes).toEqual({ same: 2 });
      await stack.destroy();
      expect(stack.printed).toContain("nothing undoes a revert");
      expect(proxy.writes).toHaveLength(1);
      expect(await look(api, "volume", id)).toMatchObject({ status: "available" });
    }));
});

describe("deleting a volume that has snapshots", () => {
  it("names them; with cascade they go with it", () =>
    scenario({}, async ({ api, stack }) => {
      stack.declare([volume()]);
      const { outputs } = await stack.up();
      const id = String(outputs.data?.id);
      const inTheWay = await makeSnapshot(api, id, { name: "in the way" });
      await expect(stack.destroy()).rejects.toThrow();
      expect(stack.printed).toContain(`"in the way" (${inTheWay.id}, available)`);
      expect(Object.keys(stack.resources())).toEqual(["data"]);

      stack.declare([volume({ cascade: true })]);
      await stack.up();
      await stack.destroy();
      expect(await look(api, "volume", id)).toBeUndefined();
      expect(await look(api, "snapshot", inTheWay.id)).toBeUndefined();
    }));
});
