import { describe, expect, it } from "vitest";
import { ShiftedClock } from "../../emulator";
import { restoration, routes, scenario, snapshot, volume } from "./support/scenario";

describe("a refresh", () => {
  it("shows what others changed, and the next up puts back only what is declared", () =>
    scenario({}, async ({ waldur, stack, sent }) => {
      stack.declare([snapshot(waldur, { name: "declared", keptUntil: "2031-01-31" })]);
      const { outputs } = await stack.up();
      const object = waldur.world.snapshots.get(String(outputs.nightly?.id));
      if (!object) throw new Error("the snapshot is not there");
      Object.assign(object, { name: "theirs", description: "theirs", keptUntil: "2030-01-01T00:00:00Z" });
      const refreshed = await stack.refresh();
      expect(refreshed.changes).toEqual({ update: 1, same: 1 });
      expect(stack.resources().nightly?.outputs).toMatchObject({
        name: "theirs",
        description: "theirs",
      });
      waldur.resetRequests();
      const { changes } = await stack.up();
      expect(changes).toEqual({ update: 1, same: 1 });
      expect(sent(routes.patchSnapshot)).toEqual(
        [{ name: "declared", kept_until: "2031-01-31" }].map(asSent),
      );
    }));

  it("leaves a volume that has grown, until another size is declared", () =>
    scenario({}, async ({ waldur, stack }) => {
      const declare = (size: number) => stack.declare([volume(waldur, { size, name: "data" })]);
      declare(10_240);
      const { outputs } = await stack.up();
      const object = waldur.world.volumes.get(String(outputs.data?.id));
      if (!object) throw new Error("the volume is not there");
      object.size = 30_720;
      expect((await stack.refresh()).changes).toEqual({ update: 1, same: 1 });
      expect(stack.resources().data?.outputs).toMatchObject({ size: 30_720 });
      waldur.resetRequests();
      expect((await stack.up()).changes).toEqual({ same: 2 });
      declare(20_480);
      const tooSmall = "20480 MiB is less than the 30720 MiB that the volume has, and a volume cannot shrink";
      expect(await stack.previewFails()).toContain(tooSmall);
      expect(await stack.upFails()).toContain(tooSmall);
      expect((await stack.refresh()).changes).toEqual({ same: 2 });
      expect(waldur.writes).toEqual([]);
    }));

  it("drops what was deleted behind Pulumi's back, and the next up makes it again", () => {
    const clock = new ShiftedClock();
    return scenario({ clock }, async ({ waldur, stack }) => {
      stack.declare([volume(waldur), snapshot(waldur), restoration(waldur)]);
      const { outputs } = await stack.up();
      // What was made just now is looked for longer: some replica might not know it yet.
      clock.advance(60_000);
      waldur.world.dropSnapshot(String(outputs.nightly?.id));
      waldur.world.dropVolume(String(outputs.data?.id));
      waldur.world.dropVolume(String(outputs.copy?.volumeId));
      const refreshed = await stack.refresh();
      expect(refreshed.changes).toEqual({ delete: 3, same: 1 });
      expect(stack.resources()).toEqual({});
      expect((await stack.up()).changes).toEqual({ create: 3, same: 1 });
    });
  });

  it("does not take a lost role for a deletion", () => {
    const clock = new ShiftedClock();
    return scenario({ clock }, async ({ waldur, stack }) => {
      stack.declare([snapshot(waldur)]);
      await stack.up();
      clock.advance(60_000);
      const owner = [...waldur.world.users.values()].find(({ token }) => token === waldur.tokens.owner);
      if (!owner) throw new Error("there is no owner");
      owner.roles = {};
      await expect(stack.refresh()).rejects.toThrow();
      expect(stack.printed).toContain("the access token may have lost its role");
      expect(Object.keys(stack.resources())).toEqual(["nightly"]);
    });
  });

  it("keeps a restoration whose snapshot is gone, because its volume is there", () =>
    scenario({}, async ({ waldur, stack }) => {
      stack.declare([restoration(waldur)]);
      const { outputs } = await stack.up();
      waldur.world.dropSnapshot(String(waldur.ids.snapshots["seed-snap-1"]));
      expect((await stack.refresh()).changes).not.toHaveProperty("delete");
      waldur.resetRequests();
      expect((await stack.up()).changes).toEqual({ same: 2 });
      expect(waldur.writes).toEqual([]);
      await stack.destroy();
      expect(waldur.world.volumes.has(String(outputs.copy?.volumeId))).toBe(false);
    }));

  it("reports no difference for metadata that the server's hourly pull wiped, unless they are to be repaired", () =>
    scenario({}, async ({ waldur, stack, sent }) => {
      stack.declare([snapshot(waldur, { metadata: { class: "gold" } })]);
      await stack.up();
      waldur.world.hourlyPull();
      await stack.refresh();
      waldur.resetRequests();
      expect((await stack.up()).changes).toEqual({ same: 2 });
      expect(waldur.writes).toEqual([]);

      stack.declare([snapshot(waldur, { metadata: { class: "gold" }, repairMetadata: true })]);
      await stack.up();
      expect(sent(routes.patchSnapshot)).toEqual([{ metadata: { class: "gold" } }]);

      waldur.world.hourlyPull();
      await stack.refresh();
      waldur.resetRequests();
      stack.declare([snapshot(waldur, { metadata: { class: "silver" } })]);
      await stack.up();
      expect(sent(routes.patchSnapshot)).toEqual([{ metadata: { class: "silver" } }]);
    }));

  it("pulls first where that is wanted", () =>
    scenario({ generation: "2026" }, async ({ waldur, stack }) => {
      stack.declare([volume(waldur, { pullOnRefresh: true }), snapshot(waldur, { pullOnRefresh: true })]);
      const { outputs } = await stack.up();
      waldur.resetRequests();
      await stack.refresh();
      expect(waldur.writes.map(({ path }) => path).sort()).toEqual([
        `/api/openstack-snapshots/${outputs.nightly?.id}/pull/`,
        `/api/openstack-volumes/${outputs.data?.id}/pull/`,
      ]);
      expect((await stack.up()).changes).toEqual({ same: 3 });
    }));
});

describe("deletion: unlink", () => {
  it("makes the portal forget the object", () =>
    scenario({ as: "staff" }, async ({ waldur, stack }) => {
      stack.declare([snapshot(waldur, { deletion: "unlink" })]);
      const { outputs } = await stack.up();
      waldur.resetRequests();
      await stack.destroy();
      expect(waldur.writes.map(({ path }) => path)).toEqual([
        `/api/openstack-snapshots/${outputs.nightly?.id}/unlink/`,
      ]);
      expect(waldur.world.snapshots.has(String(outputs.nightly?.id))).toBe(false);
    }));
});

/** A date goes to the server as the instant that it means. */
function asSent(body: { name: string; kept_until: string }) {
  return { ...body, kept_until: `${body.kept_until}T00:00:00Z` };
}
