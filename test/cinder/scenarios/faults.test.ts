import { describe, expect, inject, it } from "vitest";
import { type OwnCinder, startOwnCinder } from "../service/cloud";
import { until } from "../service/until";
import { look, makeSnapshot, makeVolume, resetStatus, type Shown } from "../support/objects";
import { restoration, scenario, snapshot, volume } from "../support/scenario";

/** Everything of the project. */
const all = async (
  api: { ok(method: string, path: string): Promise<Shown> },
  kind: "volumes" | "snapshots",
) => (await api.ok("GET", `/${kind}/detail`))[kind] as Shown[];

describe("a create whose answer does not come", () => {
  it.each([
    ["is lost", "lost"],
    ["is a 504", { status: 504, body: "<html>Gateway Timeout</html>" }],
    ["is a 503", { status: 503, headers: { "retry-after": "1" } }],
  ] as const)("because it %s makes one object, be it carried out or not", (_, answer) =>
    scenario({ hurried: true }, async ({ api, proxy, stack }) => {
      const { id: of } = await makeVolume(api);
      const { id: from } = await makeSnapshot(api, of);
      // One of each kind is carried out, another is not.
      for (const route of ["POST /snapshots", "POST /volumes"]) {
        proxy.faults.push({ route, answer, carriedOut: true }, { route, answer, carriedOut: false });
      }
      const declared = [
        snapshot({ volumeId: of, name: "one" }, "one"),
        snapshot({ volumeId: of, name: "two" }, "two"),
        volume({ name: "three" }, "three"),
        restoration({ snapshotId: from, name: "four" }, "four"),
      ];
      stack.declare(declared);
      const { outputs } = await stack.up();
      const made = (await all(api, "snapshots")).filter(({ id }) => id !== from);
      expect(made.map(({ name }) => name).sort()).toEqual(["one", "two"]);
      const volumes = (await all(api, "volumes")).filter(({ id }) => id !== of);
      expect(volumes.map(({ name }) => name).sort()).toEqual(["four", "three"]);
      for (const { name, id } of made) expect(outputs[name]?.id).toBe(id);
      expect((await stack.up()).changes).toEqual({ same: 5 });

      // Deletes whose answers are lost are carried out, and known to be.
      for (const route of ["DELETE /snapshots/{id}", "DELETE /volumes/{id}"]) {
        proxy.faults.push({ route, answer, carriedOut: true }, { route, answer, carriedOut: false });
      }
      await stack.destroy();
      expect((await all(api, "snapshots")).map(({ id }) => id)).toEqual([from]);
      expect((await all(api, "volumes")).map(({ id }) => id)).toEqual([of]);
    }),
  );
});

describe("in the middle of a wait", () => {
  // Not one for the file: each test ends its Cinder or makes tokens worthless in its own time.
  const withOwn = async (run: (own: OwnCinder) => Promise<void>) => {
    const own = await startOwnCinder(inject("cloud"), { tokenCache: false });
    try {
      await run(own);
    } finally {
      await own.stop();
    }
  };

  it("a revoked token is replaced by a new one, and nothing is asked for twice", () =>
    withOwn((own) =>
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
      }),
    ));

  it("a Cinder that is killed and started again is waited for; what it ends in is told, and no id is lost", () =>
    withOwn((own) =>
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
      }),
    ));
});
