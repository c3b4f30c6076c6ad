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
