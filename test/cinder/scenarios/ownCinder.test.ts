import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type OwnCinder, startOwnCinder } from "../service/cloud";
import { Tenant } from "../service/tenant";
import { until } from "../service/until";
import { look, makeSnapshot, makeVolume, newest, resetStatus } from "../support/objects";
import { restoration, scenario, snapshot, volume, withPassword } from "../support/scenario";

// One for the file, since a start takes its time. The last test ends its process.
let own: OwnCinder;
beforeAll(async () => {
  own = await startOwnCinder(inject("cloud"), { strict: true, tokenCache: false });
});
afterAll(() => own?.stop());

describe("with secure policies", () => {
  it("a reader sees everything, and each write is refused at once with what the service says", () =>
    scenario(
      {
        cinder: own,
        signIn: async (tenant, endpoint) =>
          withPassword(tenant, (await tenant.other("reader")).user, endpoint),
      },
      async ({ api, proxy, stack }) => {
        const { id: of } = await makeVolume(api);
        const { id } = await makeSnapshot(api, of, { name: "seen" });
        stack.declare([
          { type: "cinder:Snapshot", name: "seen", get: id },
          volume(),
          snapshot({ volumeId: of }),
          restoration({ snapshotId: id }),
        ]);
        const text = await stack.upFails({ continueOnError: true });
        expect(text).toContain("Policy doesn't allow volume:create to be performed");
        expect(text).toContain("Policy doesn't allow volume:create_snapshot to be performed");
        expect(proxy.writes.sort()).toEqual(["POST /snapshots", "POST /volumes", "POST /volumes"]);
        expect(stack.resources().seen?.outputs).toMatchObject({ name: "seen", status: "available" });

        // Nothing is waited for, and nothing is taken for gone.
        stack.declare([{ ...snapshot({ volumeId: of, name: "seen" }, "old"), opts: { import: id } }]);
        await stack.up();
        await expect(stack.destroy()).rejects.toThrow();
        expect(stack.printed).toContain("Policy doesn't allow volume:delete_snapshot to be performed");
        expect(Object.keys(stack.resources())).toContain("old");
        expect(await look(api, "snapshot", id)).toMatchObject({ status: "available" });
      },
    ));

  it("a reader may read everything and gets a 403 for every write", async () => {
    const owner = await Tenant.create(inject("cloud"), { cinder: own });
    const { id: of } = await makeVolume(owner.api);
    const { id } = await makeSnapshot(owner.api, of, { metadata: { one: "1" } });
    const { api: reader } = await owner.other("reader");
    for (const path of ["", "/detail", `/${id}`, `/${id}/metadata`, `/${id}/metadata/one`]) {
      expect((await reader.send("GET", `/snapshots${path}`)).status, path).toBe(200);
    }
    const writes: [string, string, unknown][] = [
      ["POST", "/snapshots", { snapshot: { volume_id: of } }],
      ["PUT", `/snapshots/${id}`, { snapshot: { name: "n" } }],
      ["DELETE", `/snapshots/${id}`, undefined],
      ["POST", `/snapshots/${id}/metadata`, { metadata: { two: "2" } }],
      ["PUT", `/snapshots/${id}/metadata`, { metadata: { two: "2" } }],
      ["PUT", `/snapshots/${id}/metadata/one`, { meta: { one: "2" } }],
      ["DELETE", `/snapshots/${id}/metadata/one`, undefined],
    ];
    for (const [method, path, body] of writes) {
      const { status, body: answer } = await reader.send(method, path, { body, version: newest });
      expect(status, `${method} ${path}`).toBe(403);
      expect(answer.forbidden.message).toContain("Policy doesn't allow");
    }
    expect((await look(owner.api, "snapshot", id))?.metadata).toEqual({ one: "1" });
  });
});

describe("in the middle of a wait", () => {
  it("a revoked token is replaced by a new one, and nothing is asked for twice", () =>
    scenario({ cinder: own }, async ({ tenant, api, proxy, stack }) => {
      const { id: of } = await makeVolume(api);
      stack.declare([snapshot({ volumeId: of, metadata: { inject: "hold_create" } })]);
      const running = stack.up();
      const [made] = await until("there is a snapshot", async () => {
        const found = proxy.on("POST /snapshots").filter(({ answer }) => answer);
        return found.length > 0 ? found : undefined;
      });
      const token = String(made?.headers["x-auth-token"]);
      // Counted from before it: the provider may have met the refusal by the time that this test goes on.
      const before = proxy.requests.length;
      await tenant.revoke(token);
      await until("a request was refused and one with another token was not", async () => {
        const later = proxy.requests.slice(before);
        const refused = later.some(({ status }) => status === 401);
        const renewed = later.some(
          ({ headers, status }) => status === 200 && headers["x-auth-token"] !== token,
        );
        return (refused && renewed) || undefined;
      });
      tenant.release(String(made?.answer.snapshot.id));
      expect((await running).outputs.nightly).toMatchObject({ status: "available" });
      expect(proxy.writes).toEqual(["POST /snapshots"]);
    }));

  it("a Cinder that is killed and started again is waited for; what it ends in is told, and no id is lost", () =>
    scenario({ cinder: own }, async ({ tenant, api, proxy, stack }) => {
      const { id: of } = await makeVolume(api);
      stack.declare([snapshot({ volumeId: of, metadata: { inject: "hold_create" } })]);
      const running = stack.upFails().catch(() => "it became available");
      const [made] = await until("there is a snapshot", async () => {
        const found = proxy.on("POST /snapshots").filter(({ answer }) => answer);
        return found.length > 0 ? found : undefined;
      });
      const id = String(made?.answer.snapshot.id);
      const before = proxy.requests.length;
      await own.crash();
      await until(
        "the provider has asked a Cinder that is not there",
        async () => proxy.requests.slice(before).some(({ status }) => status === undefined) || undefined,
      );
      // How long Cinder takes to start depends on the machine, and the provider's patience has an end: what it asks
      // meanwhile is answered late instead of never.
      const restarted = own.restart();
      proxy.before = () => restarted;
      await restarted;
      proxy.before = undefined;
      // A starting Cinder takes what it was making for failed, but at times leaves it as it was: then it would stay
      // so for ever, and an administrator helps.
      const left = (await look(api, "snapshot", id))?.status;
      if (left === "creating") await resetStatus(tenant.admin, "snapshot", id, "error");
      const text = await running;
      const ended = await look(api, "snapshot", id);
      expect(text).toContain(ended?.status === "available" ? "it became available" : ended?.status);
      expect(stack.resources().nightly).toMatchObject({ id, outputs: { status: ended?.status } });
      expect(proxy.writes).toEqual(["POST /snapshots"]);

      // The next run goes on with the same snapshot, once it is well again.
      await resetStatus(tenant.admin, "snapshot", id, "available");
      expect((await stack.up()).outputs.nightly).toMatchObject({ id, status: "available" });
      expect(proxy.on("POST /snapshots")).toHaveLength(1);
    }));
});
