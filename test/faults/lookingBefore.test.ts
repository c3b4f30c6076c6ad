import { afterEach, describe, expect, it } from "vitest";
import { cinder } from "../../provider/cinder/backend";
import type { CinderContext } from "../../provider/cinder/object";
import { createSnapshot as createCinderSnapshot } from "../../provider/cinder/snapshot/create";
import { createVolume } from "../../provider/cinder/volume/create";
import type { Creation } from "../../provider/core/resource/creation";
import type { WaldurContext } from "../../provider/waldur/object";
import { placeOrder } from "../../provider/waldur/order/place";
import { restore } from "../../provider/waldur/restoration/create";
import { createSnapshot } from "../../provider/waldur/snapshot/create";
import { cases } from "../fronts/contract/cases";
import { fronts } from "../fronts/contract/support/codec";
import { Scene } from "../fronts/contract/support/scene";
import { CinderWorld, TrilioWorld, WaldurWorld, type World } from "../fronts/contract/support/worlds";
import { CinderDesk } from "../support/cinderDesk";
import { Machine } from "../support/creations";
import { Stage } from "../support/waldurStage";

/** So many creations are in one run. */
const creations = 20;

let close: () => Promise<void> | undefined;
afterEach(() => close());

const inOneRun = (type: string, create: (creation: Creation, name: string) => Promise<unknown>) => {
  const machine = new Machine(type);
  const names = Array.from({ length: creations }, (_, index) => `made-${index}`);
  return Promise.all(names.map((name) => create(machine.creation({ name }), name)));
};

describe.each([100, 5000])(
  "where %i objects are there already, looking before making costs a run",
  (count) => {
    async function waldur(): Promise<{ stage: Stage; ctx: WaldurContext; lists: (route: string) => number }> {
      const stage = await Stage.start();
      close = () => stage.close();
      for (const { quotas } of stage.emulator.world.tenants.values())
        for (const quota of Object.values(quotas)) quota.limit = 1e12;
      const lists = (route: string) =>
        stage.emulator.requests.filter((request) => request.route === `GET /api/${route}/`).length;
      return { stage, ctx: stage.context(), lists };
    }
    /** The server gives 300 rows a page. */
    const pages = (rows: number) => Math.ceil(rows / 300);

    it("the pages of one list of snapshots of Waldur, whatever the volumes", async () => {
      const { stage, ctx, lists } = await waldur();
      stage.addSnapshots(count);
      const { world } = stage.emulator;
      const own = world.volumes.get(stage.emulator.uuid("volumes", "data-1"))?.tenantUuid;
      const volumes = [...world.volumes.values()]
        .filter(({ state, tenantUuid }) => state === "OK" && tenantUuid === own)
        .map(({ uuid }) => uuid);
      expect(volumes.length).toBeGreaterThan(1);
      const total = world.snapshots.size;
      await inOneRun("waldur:Snapshot", (creation, name) => {
        const volume = volumes[Number(name.split("-")[1]) % volumes.length] ?? "";
        return createSnapshot({ name, volumeId: volume }, volume, { ...ctx, creation });
      });
      expect(lists("openstack-snapshots")).toBe(pages(total));
      expect(stage.writes).toHaveLength(creations);
    });

    it("the pages of one list of volumes of Waldur for restorations", async () => {
      const { stage, ctx, lists } = await waldur();
      const { world } = stage.emulator;
      const like = world.volumes.get(stage.emulator.uuid("volumes", "data-1"));
      if (like === undefined) throw new Error("the seed has changed");
      for (let number = 0; number < count; number++) {
        const row = world.newRow("volume", `bulk-${number}`);
        world.volumes.set(row.uuid, { ...like, ...row });
      }
      const total = world.volumes.size;
      const uuid = stage.emulator.uuid("snapshots", "seed-snap-1");
      await inOneRun("waldur:SnapshotRestoration", (creation, name) =>
        restore({ name, snapshotId: uuid }, { uuid, name: "seed-snap-1" }, { ...ctx, creation }),
      );
      expect(lists("openstack-volumes")).toBe(pages(total));
    });

    it("the pages of one list of orders", async () => {
      const { stage, ctx, lists } = await waldur();
      const { project, offering } = stage.emulator.ids;
      const request = (name: string) => ({ project, offering, attributes: { name, size: 1024 } });
      const { object } = await placeOrder(ctx, request("like"));
      const { world } = stage.emulator;
      const like = world.orders.get(object.uuid);
      if (like === undefined) throw new Error("there is no order");
      for (let number = 1; number < count; number++) {
        const row = world.newRow("order", `bulk-${number}`);
        world.orders.set(row.uuid, { ...like, ...row });
      }
      const before = lists("marketplace-orders");
      const run = stage.context();
      await inOneRun("waldur:Volume", (creation, name) => placeOrder(run, request(name), creation));
      expect(lists("marketplace-orders") - before).toBe(pages(count));
    });

    it.each([
      ["one page of Cinder's, which filters by the stack", true],
      ["the pages of one list where Cinder does not know the filter", false],
    ])("%s", async (_, filters) => {
      const desk = await new CinderDesk().open();
      close = () => desk.close();
      desk.filtersMetadata = filters;
      const { id: volume } = desk.plant("volume", { name: "data" });
      for (let number = 0; number < count; number++) {
        desk.plant("snapshot", { volume_id: volume });
        desk.plant("volume", {});
      }
      const { clock } = desk.stage;
      const ctx: CinderContext = {
        client: cinder.connect(desk.settings, clock),
        clock,
        identity: { project: "backups", stack: "prod", name: "data" },
        timeoutMs: 600_000,
        progress: () => undefined,
        warn: () => undefined,
      };
      await inOneRun("cinder:Snapshot", (creation, name) =>
        createCinderSnapshot({ name, volumeId: volume }, undefined, { ...ctx, creation }),
      );
      await inOneRun("cinder:Volume", (creation, name) =>
        createVolume({ ...ctx, creation }, { name, size: 1 }, "cinder:Volume"),
      );
      // The service gives 1,000 rows a page; of a full one only the next tells that it was the last.
      const most = filters ? 1 : Math.floor((count + 1) / 1000) + 1;
      for (const list of [/^GET \/snapshots\/detail/, /^GET \/volumes\/detail/])
        expect(desk.requests(list).length).toBeLessThanOrEqual(most);
      expect(desk.requests(/^GET \/snapshots\/detail/)[0]).toMatch(/metadata=%7B%22pulumi-stack%22/);
    });
  },
);

/** How many requests a server has had. */
function asked(world: World): number {
  if (world instanceof CinderWorld) return world.desk.stage.requests.length;
  const emulated = world instanceof WaldurWorld || world instanceof TrilioWorld;
  if (!emulated) throw new Error("another kind of world");
  return world.emulator.requests.length;
}

const all = fronts.flatMap((front) => cases.map((kind) => ({ front, kind, type: kind.type })));

describe.each(all)("an up that makes nothing, with a $type in the $front front,", ({ front, kind }) => {
  it("asks nothing", async () => {
    const scene = await Scene.open(kind, front);
    close = () => scene.close();
    const made = await scene.made();
    const before = asked(scene.world);
    expect(await made.up(scene.args())).toBe("same");
    expect(asked(scene.world)).toBe(before);
  });
});
