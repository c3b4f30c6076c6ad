import { describe, expect, it } from "vitest";
import { until } from "../service/until";
import { look, makeSnapshot, makeVolume, messagesOf, resetStatus, untilGone } from "../support/objects";
import { restoration, scenario, snapshot, volume } from "../support/scenario";

describe("a create that fails", () => {
  it("says the service's reason and the states, keeps the id, asks for no second one, and can be destroyed", () =>
    scenario({}, async ({ api, proxy, stack }) => {
      const { id: of } = await makeVolume(api);
      const fails = { inject: "fail_create" };
      stack.declare([volume({ metadata: fails }, "bad"), snapshot({ volumeId: of, metadata: fails })]);
      const text = await stack.upFails({ continueOnError: true });
      expect(text).toContain("Snapshot failed to create");
      expect(text).toMatch(/volume "bad-[0-9a-f]{7}" \([0-9a-f-]{36}\)/);
      expect(text).toContain("(states seen: ");
      const { bad, nightly } = stack.resources();
      expect(bad?.outputs).toMatchObject({ status: "error" });
      expect(nightly?.outputs).toMatchObject({ status: "error", volumeId: of });
      expect((await messagesOf(api, String(nightly?.id)))[0]?.user_message).toContain(
        "Snapshot failed to create",
      );

      await stack.upFails({ continueOnError: true });
      expect(proxy.on("POST /snapshots")).toHaveLength(1);
      expect(proxy.on("POST /volumes")).toHaveLength(1);
      expect((await stack.refresh()).changes).toEqual({ same: 3 });
      expect((await stack.destroy()).changes).toEqual({ delete: 3 });
      expect(await look(api, "snapshot", String(nightly?.id))).toBeUndefined();
      expect(await look(api, "volume", String(bad?.id))).toBeUndefined();
    }));

  it("over the quota says which one, at once, and leaves nothing", () =>
    scenario({ quotas: { snapshots: 1, volumes: 2 } }, async ({ api, proxy, stack }) => {
      const { id: of } = await makeVolume(api);
      await makeSnapshot(api, of);
      await makeVolume(api);
      stack.declare([snapshot({ volumeId: of }), volume()]);
      const text = await stack.upFails({ continueOnError: true });
      const help = "or ask an administrator of the cloud for a higher quota)";
      for (const name of ["SnapshotLimitExceeded", "VolumeLimitExceeded"])
        expect(text.split("\n").filter((line) => line.includes(name) && line.includes(help))).not.toEqual([]);
      expect(text).toMatch(/req-[0-9a-f-]{36}/);
      expect(stack.resources()).toEqual({});
      expect(proxy.writes).toHaveLength(2);
    }));
});

describe("a delete", () => {
  it("of a snapshot that the back end is busy with is a failure with its reason; so is error_deleting, with what an administrator can do", () =>
    scenario({ hurried: true }, async ({ tenant, api, stack }) => {
      const { id: of } = await makeVolume(api);
      const declared = (inject: string) => [
        snapshot({ volumeId: of, metadata: { inject: "busy_delete" } }, "busy"),
        snapshot({ volumeId: of, metadata: { inject } }, "broken"),
      ];
      stack.declare(declared("fail_delete"));
      await stack.up();
      await expect(stack.destroy({ continueOnError: true })).rejects.toThrow();
      expect(stack.printed).toContain("Snapshot is busy");
      expect(stack.printed).toContain("Snapshot failed to delete");
      expect(stack.printed).toContain("ask an administrator");
      const { busy, broken } = stack.resources();
      expect(await look(api, "snapshot", String(busy?.id))).toMatchObject({ status: "available" });
      expect(await look(api, "snapshot", String(broken?.id))).toMatchObject({ status: "error_deleting" });

      // The owner cannot delete it again, and is told so; the administrator can.
      const before = stack.printed.length;
      await expect(stack.destroy({ continueOnError: true })).rejects.toThrow();
      expect(stack.printed.slice(before)).toContain("ask an administrator");
      for (const each of [busy, broken]) await api.ok("DELETE", `/snapshots/${each?.id}/metadata/inject`);
      await tenant.admin.ok("POST", `/snapshots/${broken?.id}/action`, { body: { "os-force_delete": {} } });
      await untilGone(api, "snapshot", String(broken?.id));
      expect((await stack.destroy()).changes).toMatchObject({ delete: 3 });
      expect(await look(api, "snapshot", String(busy?.id))).toBeUndefined();
    }));
});

describe("drift", () => {
  it("of volumes that have grown is shown and left alone; a retention that is gone is shown and written again", () =>
    scenario({ hurried: true }, async ({ api, proxy, stack }) => {
      const kept = { keptUntil: "2035-01-31T12:00:00Z", retentionMode: "governance" };
      const declare = (size: number) =>
        stack.declare([volume({ size }), snapshot(kept), restoration({ size: 1 })]);
      declare(1);
      const { outputs } = await stack.up();
      const [data, copy, nightly] = [outputs.data?.id, outputs.copy?.id, outputs.nightly?.id].map(String);
      for (const id of [data, copy]) {
        await api.ok("POST", `/volumes/${id}/action`, { body: { "os-extend": { new_size: 3 } } });
        await until("it has grown", async () => {
          const shown = await look(api, "volume", String(id));
          return (shown?.size === 3 && shown.status === "available") || undefined;
        });
      }
      await api.ok("DELETE", `/snapshots/${nightly}/metadata/kept_until`);

      expect((await stack.refresh()).changes).toEqual({ same: 1, update: 3 });
      expect(stack.resources()).toMatchObject({
        data: { outputs: { size: 3 } },
        copy: { outputs: { size: 3 } },
        nightly: { outputs: { heldUntil: kept.keptUntil } },
      });
      expect(stack.resources().nightly?.outputs).not.toHaveProperty("keptUntil");
      proxy.reset();
      expect((await stack.up()).changes).toEqual({ same: 3, update: 1 });
      expect(proxy.writes).toEqual(["PUT /snapshots/{id}/metadata/kept_until"]);
      expect((await look(api, "snapshot", String(nightly)))?.metadata.kept_until).toBe(kept.keptUntil);

      // Another size is a declaration like any other.
      declare(2);
      const tooSmall = "size: 2 GiB is less than the 3 GiB that the volume has, and a volume cannot shrink";
      expect(await stack.previewFails()).toContain(tooSmall);
      expect(await stack.upFails()).toContain(tooSmall);
      expect((await stack.refresh()).changes).toEqual({ same: 4 });
      proxy.reset();
      declare(3);
      expect((await stack.up()).changes).toEqual({ same: 3, update: 1 });
      expect(proxy.writes).toEqual([]);
      declare(4);
      expect((await stack.up()).outputs.data).toMatchObject({ size: 4 });
      expect(proxy.writes).toEqual(["POST /volumes/{id}/action"]);
    }));

  it("of a snapshot that is gone is made again; what other tools wrote is left alone", () =>
    scenario({ hurried: true }, async ({ tenant, api, proxy, stack }) => {
      stack.declare([volume(), snapshot({ metadata: { class: "gold" } })]);
      const { outputs } = await stack.up();
      const id = String(outputs.nightly?.id);
      await api.ok("POST", `/snapshots/${id}/metadata`, { body: { metadata: { backup: "done" } } });
      await api.ok("POST", `/volumes/${outputs.data?.id}/metadata`, {
        body: { metadata: { readonly: "False" } },
      });
      proxy.reset();
      expect((await stack.up({ refresh: true })).changes).toEqual({ same: 3 });
      expect(proxy.writes).toEqual([]);

      // Another tool writes at the same moment as the provider: both have their way.
      proxy.before = async ({ method, path }) => {
        if (method === "GET" || !path.startsWith("/snapshots/{id}/metadata")) return;
        await api.ok("POST", `/snapshots/${id}/metadata`, { body: { metadata: { meanwhile: "1" } } });
      };
      stack.declare([volume(), snapshot({ metadata: { class: "silver", more: "1" } })]);
      await stack.up();
      proxy.before = undefined;
      expect((await look(api, "snapshot", id))?.metadata).toMatchObject({
        class: "silver",
        more: "1",
        backup: "done",
        meanwhile: "1",
      });
      stack.declare([volume(), snapshot()]);
      await stack.up();
      const left = (await look(api, "snapshot", id))?.metadata;
      expect(left).toMatchObject({ backup: "done", meanwhile: "1" });
      expect(left).not.toHaveProperty("class");

      await api.ok("DELETE", `/snapshots/${id}`);
      await untilGone(api, "snapshot", id);
      await stack.refresh();
      expect(Object.keys(stack.resources())).toEqual(["data"]);
      const again = await stack.up();
      expect(again.changes).toEqual({ create: 1, same: 2 });

      // What is being restored or backed up is waited for by whoever administers it, not taken for lost.
      await resetStatus(tenant.admin, "snapshot", String(again.outputs.nightly?.id), "backing-up");
      expect((await stack.refresh()).changes).toMatchObject({ same: expect.any(Number) });
      expect(stack.resources().nightly?.outputs).toMatchObject({ status: "backing-up" });
      await resetStatus(tenant.admin, "snapshot", String(again.outputs.nightly?.id), "available");
    }));
});
