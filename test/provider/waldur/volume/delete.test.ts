import { afterEach, describe, expect, it } from "vitest";
import { ApiError, UserError, WaitError } from "../../../../provider/core/errors";
import { waldurObjects } from "../../../../provider/waldur/object";
import { terminateVolume } from "../../../../provider/waldur/volume/delete";
import { failure } from "../../../support/virtualClock";
import { Stage } from "../../../support/waldurStage";

let stage: Stage;
afterEach(() => stage.close());

const terminateRoute = "POST /api/marketplace-resources/{uuid}/terminate/";
const named = (name: string) => ({ kind: "volume" as const, id: stage.emulator.uuid("volumes", name) });

async function terminate(name: string, ctx = stage.ctx): Promise<void> {
  await terminateVolume(ctx, await waldurObjects.existing(ctx, named(name)));
}

describe("terminating a volume", () => {
  it("ends when a GET says 404", async () => {
    stage = await Stage.start();
    await terminate("data-2");
    expect(await waldurObjects.read(stage.ctx, named("data-2"))).toBeUndefined();
    expect(stage.writes).toEqual([terminateRoute]);
  });

  it("works from Erred too", async () => {
    stage = await Stage.start();
    await terminate("erred-1");
    expect(await waldurObjects.read(stage.ctx, named("erred-1"))).toBeUndefined();
  });

  it("names the snapshots that stand in its way", async () => {
    stage = await Stage.start();
    const { uuid, ids } = { uuid: stage.emulator.uuid("snapshots", "backup-snap"), ids: stage.emulator.ids };
    const { world } = stage.emulator;
    const snapshot = world.snapshots.get(uuid);
    if (snapshot) snapshot.sourceVolumeUuid = ids.volumes["data-2"] ?? "";
    const { message } = await failure(terminate("data-2"), UserError);
    expect(message).toContain('volume "data-2"');
    expect(message).toContain(
      `cannot be deleted while there are snapshots of it: "backup-snap" (${uuid}). Delete`,
    );
    expect(message).toContain("Volume has dependent snapshots.");
    expect(stage.writes).toEqual([terminateRoute]);
  });

  it("names every one of many", async () => {
    stage = await Stage.start();
    stage.addSnapshots(320);
    const { message } = await failure(terminate("data-1"), UserError);
    expect(message.match(/"bulk-\d{4}"/g)).toHaveLength(320);
  });

  it("waits for the order that is still pending", async () => {
    stage = await Stage.start();
    const { world } = stage.emulator;
    const volume = await waldurObjects.existing(stage.ctx, named("data-2"));
    const resource = world.resources.get(volume.marketplaceResourceUuid ?? "");
    const pending = ["Pending order for resource already exists."];
    stage.emulator.faults.add({
      route: terminateRoute,
      times: 3,
      action: { kind: "answer", status: 400, body: pending },
    });
    await terminateVolume(stage.ctx, volume);
    expect(stage.writes).toHaveLength(4);
    expect(resource?.state).toBe("Terminated");
  });

  it("waits for a pending order no longer than the time limit", async () => {
    stage = await Stage.start();
    const ctx = stage.context({ timeoutMs: 30_000 });
    const body = ["Pending order for resource already exists."];
    stage.emulator.faults.add({
      route: terminateRoute,
      times: 999,
      action: { kind: "answer", status: 400, body },
    });
    const start = ctx.clock.now();
    expect((await failure(terminate("data-2", ctx), ApiError)).reason).toContain("Pending order");
    expect(ctx.clock.now() - start).toBeGreaterThanOrEqual(30_000);
    expect(ctx.clock.now() - start).toBeLessThan(40_000);
  });

  it.each([["dropAnswer"], ["drop"]] as const)("is carried out once after %s", async (kind) => {
    stage = await Stage.start();
    stage.emulator.faults.add({ route: terminateRoute, action: { kind } });
    await terminate("data-2");
    expect(await waldurObjects.read(stage.ctx, named("data-2"))).toBeUndefined();
    const orders = [...stage.emulator.world.orders.values()].filter(({ type }) => type === "Terminate");
    expect(orders).toHaveLength(1);
  });

  it("joins a termination that somebody else has begun", async () => {
    stage = await Stage.start();
    const volume = await waldurObjects.existing(stage.ctx, named("data-2"));
    const path = stage.ctx.client.path("marketplace-resources", volume.marketplaceResourceUuid, "terminate");
    await stage.ctx.client.send("POST", path, {});
    await terminateVolume(stage.ctx, volume);
    expect(await waldurObjects.read(stage.ctx, named("data-2"))).toBeUndefined();
  });

  it("of an attached volume is refused with the server's words", async () => {
    stage = await Stage.start();
    expect((await failure(terminate("attached-1"), ApiError)).status).toBe(409);
    expect(await waldurObjects.read(stage.ctx, named("attached-1"))).toBeDefined();
  });

  it("that fails in the cloud is a failure", async () => {
    stage = await Stage.start();
    stage.emulator.faults.add({
      route: terminateRoute,
      action: { kind: "fail", message: "in use by backend" },
    });
    const error = await failure(terminate("data-2"), WaitError);
    expect(error.end).toBe("failed");
  });

  it("needs a marketplace resource, and says who can do without", async () => {
    stage = await Stage.start();
    const volume = await waldurObjects.existing(stage.ctx, named("data-2"));
    const error = await failure(
      terminateVolume(stage.ctx, { ...volume, marketplaceResourceUuid: undefined }),
      UserError,
    );
    expect(error.message).toContain("has no marketplace resource");
    expect(stage.writes).toEqual([]);
  });
});
