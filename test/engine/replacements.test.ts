import { describe, expect, it } from "vitest";
import { restoration, routes, scenario, snapshot, volume } from "./support/scenario";

describe("a change that needs a new object", () => {
  it("takes a new snapshot of the other volume before the old snapshot goes", () =>
    scenario({}, async ({ waldur, stack, sent }) => {
      stack.declare([snapshot(waldur)]);
      const before = (await stack.up()).outputs.nightly;
      waldur.resetRequests();
      stack.declare([
        snapshot(waldur, {
          volumeId: `${waldur.url}/api/openstack-volumes/${waldur.ids.volumes["data-2"]}/`,
        }),
      ]);
      const { changes, outputs } = await stack.up();
      expect(changes).toEqual({ replace: 1, same: 1 });
      expect(outputs.nightly?.id).not.toBe(before?.id);
      expect(outputs.nightly).toMatchObject({ sourceVolumeName: "data-2" });
      const [first, last] = [waldur.writes[0], waldur.writes.at(-1)];
      expect([first?.route, last?.route]).toEqual([routes.snapshot, routes.deleteSnapshot]);
      expect(waldur.world.snapshots.has(String(before?.id))).toBe(false);
      expect(sent(routes.patchSnapshot)).toEqual([]);
    }));

  it("restores again from the other snapshot, then the old restored volume goes", () =>
    scenario({}, async ({ waldur, stack }) => {
      stack.declare([restoration(waldur)]);
      const before = (await stack.up()).outputs.copy;
      waldur.resetRequests();
      stack.declare([restoration(waldur, { snapshotId: waldur.ids.snapshots["seed-snap-2"] })]);
      const { changes, outputs } = await stack.up();
      expect(changes).toEqual({ replace: 1, same: 1 });
      expect(outputs.copy?.volumeId).not.toBe(before?.volumeId);
      expect(waldur.writes.map(({ route }) => route)).toEqual([routes.restore, routes.terminate]);
      expect(waldur.world.volumes.has(String(before?.volumeId))).toBe(false);
    }));

  it("makes a new volume for another image, with what depends on it", () =>
    scenario({}, async ({ waldur, stack, sent }) => {
      stack.declare([volume(waldur), snapshot(waldur, { volumeId: "@data.id" })]);
      const before = (await stack.up()).outputs;
      waldur.resetRequests();
      stack.declare([
        volume(waldur, { imageId: waldur.ids.images["debian-12"] }),
        snapshot(waldur, { volumeId: "@data.id" }),
      ]);
      const { changes, outputs } = await stack.up();
      expect(changes).toEqual({ replace: 2, same: 1 });
      expect(outputs.data).toMatchObject({ imageName: "debian-12" });
      expect(sent(routes.order)).toHaveLength(1);
      expect(waldur.world.volumes.has(String(before.data?.id))).toBe(false);
      expect(waldur.world.snapshots.has(String(before.nightly?.id))).toBe(false);
      waldur.resetRequests();
      expect((await stack.up()).changes).toEqual({ same: 3 });
      expect(waldur.writes).toEqual([]);
    }));

  it("detaches a volume before it is attached to another instance", () =>
    scenario({}, async ({ waldur, stack }) => {
      const { volumes, instances } = waldur.ids;
      const attachment = (instance: string | undefined) => ({
        type: "VolumeAttachment" as const,
        name: "disk",
        args: { volume: volumes["data-2"], instance },
      });
      stack.declare([attachment(instances["vm-shutoff"])]);
      await stack.up();
      waldur.resetRequests();
      stack.declare([attachment(instances["vm-active"])]);
      const { outputs } = await stack.up();
      expect(outputs.disk).toMatchObject({ instanceName: "vm-active" });
      expect(waldur.writes.map(({ route }) => route)).toEqual([routes.detach, routes.attach]);
    }));
});
