import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { oneCheckpoint } from "../../engine/support/checkpoints";
import { type OwnCinder, startOwnCinder } from "../service/cloud";
import { makeVolume, type Shown } from "../support/objects";
import { type CinderScenarioOptions, scenario, snapshot, withPassword } from "../support/scenario";

let stock: OwnCinder;
beforeAll(async () => {
  stock = await startOwnCinder(inject("cloud"), { stock: true });
});
afterAll(() => stock?.stop());

/** Signs in as by default, and has the state written once. */
const signIn: CinderScenarioOptions["signIn"] = (tenant, endpoint) => {
  const { env, ...options } = withPassword(tenant, tenant.user, endpoint);
  return { ...options, env: { ...env, ...oneCheckpoint } };
};

/** Twice as many at once as there are connections: more of them show nothing more. */
const count = 64;

it(`${count} snapshots by one up, with the limits that Cinder comes with: all available, none twice, few connections`, () =>
  scenario(
    { cinder: stock, signIn, quotas: { snapshots: 200, gigabytes: 1000 } },
    async ({ api, proxy, stack }) => {
      const { id: of } = await makeVolume(api);
      const names = Array.from({ length: count }, (_, index) => `s-${index}`);
      stack.declare(names.map((name) => snapshot({ volumeId: of, name }, name)));
      const { outputs } = await stack.up({ parallel: count });
      const made: Shown[] = (await api.ok("GET", "/snapshots/detail")).snapshots;
      expect(made.map(({ name }) => name).sort()).toEqual([...names].sort());
      expect(made.filter(({ status }) => status !== "available")).toEqual([]);
      expect(new Set(made.map(({ id }) => id))).toEqual(new Set(names.map((name) => outputs[name]?.id)));
      expect(proxy.on("POST /snapshots")).toHaveLength(count);
      expect(proxy.peakConnections).toBeLessThanOrEqual(32);
      console.log(
        `${count} snapshots: ${proxy.requests.length} requests over at most ${proxy.peakConnections} connections, ` +
          `${proxy.on("GET /snapshots/{id}").length} of single snapshots`,
      );
      await stack.destroy({ parallel: count });
      expect((await api.ok("GET", "/snapshots")).snapshots).toEqual([]);
      expect(proxy.peakConnections).toBeLessThanOrEqual(32);
    },
  ));
