import { describe, expect, it } from "vitest";
import { front } from "../../engine/support/stack";
import type { Api } from "../service/api";
import { makeSnapshot, makeVolume } from "../support/objects";
import { restoration, scenario, snapshot, volume } from "../support/scenario";

/** A volume, a snapshot of it and a volume made from that, as somebody made them by hand. */
async function byHand(api: Api) {
  const data = await makeVolume(api, { name: "by hand", description: "old", metadata: { team: "a" } });
  const nightly = await makeSnapshot(api, data.id, {
    name: "old",
    metadata: { class: "gold", other: "tool" },
  });
  const copy = await makeVolume(api, { name: "restored", size: 2, snapshot_id: nightly.id });
  return { data, nightly, copy };
}

describe("importing", () => {
  it("takes objects over as they are, without a write, and the option can be taken out afterwards", () =>
    scenario({}, async ({ api, proxy, stack }) => {
      const { data, nightly, copy } = await byHand(api);
      const declared = [
        volume({ name: "by hand", description: "old", metadata: { team: "a" } }),
        snapshot({ name: "old", metadata: { class: "gold" } }),
        restoration({ name: "restored", size: 2 }),
      ];
      const ids = [data.id, nightly.id, copy.id];
      stack.declare(declared.map((each, index) => ({ ...each, opts: { import: ids[index] } })));
      await stack.up();
      const { data: kept, nightly: snap, copy: restored } = stack.resources();
      expect([kept?.id, snap?.id, restored?.id]).toEqual(ids);
      expect((await stack.up()).changes).toEqual({ same: 4 });
      stack.declare(declared);
      expect((await stack.up()).changes).toEqual({ same: 4 });
      expect((await stack.refresh()).changes).toEqual({ same: 4 });
      expect((await stack.up()).changes).toEqual({ same: 4 });
      expect(proxy.writes).toEqual([]);

      // They are owned from now on.
      await stack.destroy();
      expect((await api.ok("GET", "/volumes")).volumes).toEqual([]);
      expect((await api.ok("GET", "/snapshots")).snapshots).toEqual([]);
    }));

  it("is an error where the object is another or is not there, without a write", () =>
    scenario({}, async ({ api, proxy, stack }) => {
      const { data, nightly } = await byHand(api);
      const wrong = snapshot({ volumeId: data.id, name: "new" });
      stack.declare([{ ...wrong, opts: { import: nightly.id } }]);
      expect(await stack.upFails()).toContain('name: declared "new", actual "old"');
      stack.declare([{ ...snapshot({ volumeId: data.id }), opts: { import: data.id } }]);
      expect(await stack.upFails()).toMatch(/does not exist|there is no cinder:Snapshot/);
      expect(proxy.writes).toEqual([]);
    }));

  it.runIf(front === "plugin")("of one object works by the command too", () =>
    scenario({}, async ({ api, proxy, stack }) => {
      const { nightly } = await byHand(api);
      stack.declare([]);
      await stack.up();
      await stack.pulumi(
        "import",
        "openstack-snapshots:cinder:Snapshot",
        "old",
        nightly.id,
        "--yes",
        "--skip-preview",
        "--generate-code=false",
        "--protect=false",
      );
      expect(stack.resources().old).toMatchObject({ id: nightly.id, outputs: { name: "old" } });
      expect(proxy.writes).toEqual([]);
    }),
  );
});

describe("look-ups", () => {
  it("find what the page's filters find, also where the service would ignore a filter", () =>
    scenario({}, async ({ tenant, api, proxy, stack }) => {
      const { data, nightly, copy } = await byHand(api);
      const newer = await makeSnapshot(api, data.id, { name: "newer", metadata: { class: "silver" } });
      const names = ({ snapshots }: Record<string, unknown>) =>
        (snapshots as { name: string }[]).map(({ name }) => name);
      const lookups = [
        { name: "byId", fn: "cinder:getSnapshot", args: { id: nightly.id } },
        { name: "byName", fn: "cinder:getSnapshot", args: { name: "newer" } },
        { name: "latest", fn: "cinder:getSnapshot", args: { volumeId: data.id, mostRecent: true } },
        { name: "gold", fn: "cinder:getSnapshots", args: { metadata: { class: "gold" } } },
        {
          name: "sorted",
          fn: "cinder:getSnapshots",
          args: { sort: ["createdAt:asc"], withCount: true, limit: 1 },
        },
        { name: "after", fn: "cinder:getSnapshots", args: { marker: newer.id } },
        { name: "skipped", fn: "cinder:getSnapshots", args: { offset: 1 } },
        { name: "brief", fn: "cinder:getSnapshots", args: { detail: false, status: "available" } },
        { name: "mine", fn: "cinder:getSnapshots", args: { allTenants: true } },
        { name: "broken", fn: "cinder:getSnapshots", args: { status: "error" } },
        { name: "volumes", fn: "cinder:getVolumes", args: { snapshotId: nightly.id } },
        { name: "types", fn: "cinder:getVolumeTypes", args: {} },
        { name: "limits", fn: "cinder:getLimits", args: {} },
      ];
      const holds = async () => {
        const { outputs: all } = await stack.up();
        expect(all.byId).toMatchObject({ id: nightly.id, name: "old", projectId: tenant.projectId });
        expect(all.byName).toMatchObject({ id: newer.id, metadata: { class: "silver" } });
        expect(all.latest).toMatchObject({ id: newer.id });
        expect(names(all.gold ?? {})).toEqual(["old"]);
        expect(names(all.sorted ?? {})).toEqual(["old"]);
        expect(all.sorted).toMatchObject({ count: 2 });
        expect(names(all.after ?? {})).toEqual(["old"]);
        expect(names(all.skipped ?? {})).toEqual(["old"]);
        expect(names(all.brief ?? {})).toEqual(["newer", "old"]);
        expect(names(all.mine ?? {})).toEqual(["newer", "old"]);
        expect(names(all.broken ?? {})).toEqual([]);
        expect(all.volumes).toMatchObject({ volumes: [{ id: copy.id, snapshotId: nightly.id }] });
        expect(JSON.stringify(all.types)).toContain('"multi"');
        expect(all.limits).toMatchObject({ totalVolumesUsed: 2, totalSnapshotsUsed: 2 });
      };
      stack.declare([], lookups);
      await holds();
      // At 3.20 the service ignores the filter by metadata, and refuses to count.
      proxy.newest = "3.20";
      await holds();
      expect(proxy.writes).toEqual([]);

      stack.declare([], [{ name: "none", fn: "cinder:getSnapshot", args: { name: "nowhere" } }]);
      expect(await stack.upFails()).toContain("nowhere");
    }));
});
