import { describe, expect, it } from "vitest";
import { restoration, routes, scenario, snapshot, volume } from "./support/scenario";

describe("a create that ends Erred", () => {
  it.each([
    ["volume", "order", "VolumeSizeExceedsAvailableQuota"],
    ["snapshot", "snapshot", "VolumeSizeExceedsAvailableQuota"],
  ] as const)(
    "of a %s says the server's reason, keeps it in the state, and lets it be destroyed",
    (kind, route, reason) =>
      scenario({}, async ({ waldur, stack, sent }) => {
        stack.declare([
          kind === "volume" ? volume(waldur, { name: "FAIL it" }) : snapshot(waldur, { name: "FAIL it" }),
        ]);
        const text = await stack.upFails();
        expect(text).toContain(`${kind} "FAIL it"`);
        expect(text).toContain(reason);
        expect(text).toContain("(states seen: ");
        const [resource] = Object.values(stack.resources());
        expect(resource?.outputs).toMatchObject({
          state: "ERRED",
          errorMessage: expect.stringContaining(reason),
        });

        // Another up asks for no second one.
        expect(await stack.upFails()).toContain("ERRED");
        expect(sent(routes[route])).toHaveLength(1);
        expect((await stack.refresh()).changes).toEqual({ same: 2 });
        expect((await stack.destroy()).changes).toEqual({ delete: 2 });
        expect([...waldur.world.volumesNamed("FAIL it"), ...waldur.world.snapshotsNamed("FAIL it")]).toEqual(
          [],
        );
      }),
  );

  it("of a restored volume says what can be known, though the server gives no reason", () =>
    scenario({}, async ({ waldur, stack, sent }) => {
      stack.declare([restoration(waldur, { name: "FAIL_ASYNC it" })]);
      const text = await stack.upFails();
      expect(text).toContain("the server gives no reason");
      expect(text).toContain('state in the cloud "error"');
      expect(stack.resources().copy?.outputs).toMatchObject({ volumeState: "ERRED" });
      await stack.upFails();
      expect(sent(routes.restore)).toHaveLength(1);
      await stack.destroy();
      expect(waldur.world.volumesNamed("FAIL_ASYNC it")).toEqual([]);
    }));
});

describe("a create that takes longer than its time limit", () => {
  it.each([
    ["volume", "order"],
    ["snapshot", "snapshot"],
    ["restoration", "restore"],
  ] as const)(
    "of a %s is kept in the state, and the next up goes on waiting for the same one",
    (kind, route) =>
      scenario({}, async ({ waldur, stack, sent }) => {
        const make = { volume, snapshot, restoration }[kind];
        const declared = (create: string) => [
          { ...make(waldur), opts: { customTimeouts: { create, update: "1m" } } },
        ];
        const slow = waldur.faults.add({
          route: routes[route],
          action: { kind: "slow", factor: kind === "snapshot" ? 16 : 6 },
        });
        stack.declare(declared("2s"));
        const text = await stack.upFails();
        expect(slow.hits).toBe(1);
        expect(text).toContain("not done after 2 s");
        expect(text).toContain('The next "pulumi up" goes on waiting.');
        const [partial] = Object.values(stack.resources());
        expect(partial?.initErrors).toHaveLength(1);

        const { changes } = await stack.up();
        expect(changes).toEqual({ update: 1, same: 1 });
        expect(sent(routes[route])).toHaveLength(1);
        const [whole] = Object.values(stack.resources());
        expect(whole).toMatchObject({ id: partial?.id });
        expect(whole?.initErrors ?? []).toEqual([]);
        waldur.resetRequests();
        expect((await stack.up()).changes).toEqual({ same: 2 });
        expect(waldur.writes).toEqual([]);
      }),
  );

  it("of an attachment is kept in the state too", () =>
    scenario({}, async ({ waldur, stack, sent }) => {
      waldur.faults.add({ route: routes.attach, action: { kind: "slow", factor: 25 } });
      const { volumes, instances } = waldur.ids;
      const args = { volume: volumes["data-2"], instance: instances["vm-shutoff"] };
      stack.declare([
        { type: "VolumeAttachment", name: "disk", args, opts: { customTimeouts: { create: "2s" } } },
      ]);
      expect(await stack.upFails()).toMatch(/not done after [12] s/);
      const { outputs } = await stack.up();
      expect(outputs.disk).toMatchObject({ runtimeState: "in-use" });
      expect(sent(routes.attach)).toHaveLength(1);
    }));
});

describe("an update that fails", () => {
  it("keeps the volume, says why, and is tried again", () =>
    scenario({}, async ({ waldur, stack, sent }) => {
      stack.declare([volume(waldur)]);
      const { outputs } = await stack.up();
      waldur.faults.add({ route: routes.extend, action: { kind: "fail", message: "no room in the cloud" } });
      stack.declare([volume(waldur, { size: 20480 })]);
      expect(await stack.upFails()).toContain("no room in the cloud");
      expect(stack.resources().data).toMatchObject({
        id: outputs.data?.id,
        outputs: { state: "ERRED" },
      });
      const object = waldur.world.volumes.get(String(outputs.data?.id));
      if (!object) throw new Error("the volume is not there");
      Object.assign(object, { state: "OK", size: 10240, errorMessage: "" });
      expect((await stack.up()).outputs.data).toMatchObject({ size: 20480, state: "OK" });
      expect(sent(routes.extend)).toHaveLength(2);
    }));
});

describe("a delete", () => {
  it("of a volume with snapshots is an error that names them", () =>
    scenario({}, async ({ waldur, stack }) => {
      stack.declare([volume(waldur, { name: "full" })]);
      const { outputs } = await stack.up();
      const answer = await fetch(`${waldur.url}/api/openstack-volumes/${outputs.data?.id}/snapshot/`, {
        method: "POST",
        headers: { authorization: `Token ${waldur.tokens.owner}`, "content-type": "application/json" },
        body: '{"name":"in the way"}',
      });
      const { uuid } = (await answer.json()) as { uuid: string };
      await expect(stack.destroy()).rejects.toThrow();
      expect(stack.printed).toContain(
        `cannot be deleted while there are snapshots of it: "in the way" (${uuid})`,
      );
      expect(Object.keys(stack.resources())).toEqual(["data"]);
    }));

  it("that the cloud refuses keeps the snapshot and says why", () =>
    scenario({}, async ({ waldur, stack }) => {
      stack.declare([snapshot(waldur, { name: "FAIL_DELETE it" })]);
      await stack.up();
      await expect(stack.destroy()).rejects.toThrow();
      expect(stack.printed).toContain("fake DELETE failure");
      expect(Object.keys(stack.resources())).toEqual(["nightly"]);
    }));

  it("waits for what is restored from the snapshot", () =>
    scenario({}, async ({ waldur, stack }) => {
      stack.declare([snapshot(waldur, { name: "source" })]);
      const { outputs } = await stack.up();
      waldur.faults.add({ route: routes.restore, action: { kind: "slow", factor: 5 } });
      const answer = await fetch(`${waldur.url}/api/openstack-snapshots/${outputs.nightly?.id}/restore/`, {
        method: "POST",
        headers: { authorization: `Token ${waldur.tokens.owner}`, "content-type": "application/json" },
        body: '{"name":"pending"}',
      });
      const { uuid } = (await answer.json()) as { uuid: string };
      await stack.destroy();
      const deletion = waldur.requests.find(({ route }) => route === routes.deleteSnapshot);
      const restored = waldur.world.volumes.get(uuid);
      expect(restored?.state).toBe("OK");
      expect(deletion?.time).toBeGreaterThanOrEqual(Date.parse(restored?.modified ?? ""));
    }));
});

describe("a server that cannot be read any more after a create", () => {
  it.each([
    ["volume", "order", /openstack-volumes\/[0-9a-f]{32}\/$/],
    ["snapshot", "snapshot", /openstack-snapshots\/[0-9a-f]{32}\/$/],
    ["restoration", "restore", /openstack-volumes\/[0-9a-f]{32}\/$/],
  ] as const)("leaves the %s in the state, to be gone on with and not replaced", (kind, route, path) =>
    scenario({}, async ({ waldur, stack, sent }) => {
      const body = { detail: "You do not have permission to perform this action." };
      const times = Number.POSITIVE_INFINITY;
      const refused = waldur.faults.add({
        method: "GET",
        path,
        times,
        action: { kind: "answer", status: 403, body },
      });
      const declared = { volume, snapshot, restoration }[kind](waldur, { name: "kept", description: "text" });
      stack.declare([declared]);
      expect(await stack.upFails()).toContain(body.detail);
      expect(Object.keys(stack.resources())).toEqual([declared.name]);
      refused.remove();
      expect((await stack.up()).changes).toEqual({ update: 1, same: 1 });
      expect(sent(routes[route])).toHaveLength(1);
      expect((await stack.up()).changes).toEqual({ same: 2 });
    }),
  );
});
