import { afterEach, describe, expect, it } from "vitest";
import { UserError, WaitError } from "../../../provider/core/errors";
import { subject } from "../../../provider/core/resource/object";
import { type WaldurContext, waldurObjects } from "../../../provider/waldur/object";
import { failure } from "../../support/virtualClock";
import { Stage } from "../../support/waldurStage";

let stage: Stage;
afterEach(() => stage.close());

/** Waiting for what was created just now. */
const fresh = { operation: "create", fresh: true };

const snapshotRoute = "POST /api/openstack-volumes/{uuid}/snapshot/";

async function snapshot(name: string, ctx: WaldurContext = stage.ctx) {
  const path = ctx.client.path("openstack-volumes", stage.emulator.uuid("volumes", "data-2"), "snapshot");
  const { body } = await ctx.client.send("POST", path, { name });
  return subject("snapshot", (body as { uuid: string }).uuid, name);
}

describe("waiting for OK", () => {
  it("ends with it, and learns how long that takes here", async () => {
    stage = await Stage.start();
    await waldurObjects.waitReady(stage.ctx, await snapshot("a"), fresh);
    // 12 s on a real server (contract, "Real countdowns").
    const took = stage.ctx.client.experience.of("create snapshot").expectedMs ?? 0;
    expect(took).toBeGreaterThanOrEqual(12_000);
    expect(took).toBeLessThan(16_000);
    expect(stage.told[0]).toMatch(/^CREATION_SCHEDULED, 0 s$/);
  });

  it("puts up with an object that is not found right after its creation, and with nothing like that later", async () => {
    stage = await Stage.start();
    stage.emulator.faults.add({ route: snapshotRoute, times: 2, action: { kind: "missing", reads: 3 } });
    await waldurObjects.waitReady(stage.ctx, await snapshot("a"), fresh);
    const late = await failure(
      waldurObjects.waitReady(stage.ctx, await snapshot("b"), { operation: "create" }),
      WaitError,
    );
    expect(late.end).toBe("gone");
  });

  it("survives a state that nobody has heard of", async () => {
    stage = await Stage.start();
    const action = { kind: "unknownState", state: "Reticulating Splines", seconds: 9 } as const;
    stage.emulator.faults.add({ route: snapshotRoute, action });
    await waldurObjects.waitReady(stage.ctx, await snapshot("a"), fresh);
    expect(stage.told.join()).toContain("RETICULATING_SPLINES");
  });

  it("fails with the server's reason", async () => {
    stage = await Stage.start();
    stage.emulator.faults.add({ route: snapshotRoute, action: { kind: "fail", message: "No space" } });
    const of = await snapshot("a");
    const error = await failure(waldurObjects.waitReady(stage.ctx, of, fresh), WaitError);
    expect(error.end).toBe("failed");
    expect(error.message).toContain(
      `snapshot "a" (${of.id}): ERRED: No space (states seen: CREATION_SCHEDULED`,
    );
  });

  it("asks once more where ERRED comes without a reason, and gives up then", async () => {
    stage = await Stage.start();
    stage.emulator.faults.add({ route: snapshotRoute, action: { kind: "fail", message: "" } });
    const error = await failure(waldurObjects.waitReady(stage.ctx, await snapshot("a"), fresh), WaitError);
    expect(error.message).toContain("the server gives no reason");
  });

  it("takes a reason that comes a moment after ERRED", async () => {
    stage = await Stage.start();
    const { world } = stage.emulator;
    const uuid = stage.emulator.uuid("snapshots", "erred-snap");
    const row = world.snapshots.get(uuid);
    if (row) row.errorMessage = "";
    world.after(0.2, () => Object.assign(row ?? {}, { errorMessage: "a moment later" }));
    const error = await failure(
      waldurObjects.waitReady(stage.ctx, subject("snapshot", uuid), { operation: "create" }),
      WaitError,
    );
    expect(error.message).toContain("a moment later");
  });

  it("ends at the time limit where nothing moves", async () => {
    stage = await Stage.start();
    stage.emulator.faults.add({ route: snapshotRoute, action: { kind: "stuck" } });
    const ctx = stage.context({ timeoutMs: 90_000 });
    const start = ctx.clock.now();
    const error = await failure(waldurObjects.waitReady(ctx, await snapshot("a", ctx), fresh), WaitError);
    expect(error.end).toBe("timeout");
    expect(ctx.clock.now() - start).toBeLessThan(92_000);
  });

  it("stops when it is cancelled", async () => {
    stage = await Stage.start();
    const stop = new AbortController();
    const ctx = stage.context({ signal: stop.signal, progress: () => stop.abort() });
    const error = await failure(waldurObjects.waitReady(ctx, await snapshot("a", ctx), fresh), WaitError);
    expect(error.end).toBe("cancelled");
  });
});

describe("waiting until it is gone", () => {
  it("believes no 202, only a 404", async () => {
    stage = await Stage.start();
    const of = subject("snapshot", stage.emulator.uuid("snapshots", "seed-snap-1"));
    const { client } = stage.ctx;
    expect((await client.send("DELETE", client.path("openstack-snapshots", of.id))).status).toBe(202);
    await waldurObjects.waitGone(stage.ctx, of);
    expect(await client.get("openstack-snapshots", of.id)).toBeUndefined();
  });

  it("fails where the deletion failed", async () => {
    stage = await Stage.start();
    const of = subject("snapshot", stage.emulator.uuid("snapshots", "seed-snap-1"));
    stage.emulator.faults.add({ method: "DELETE", action: { kind: "fail", message: "busy in the cloud" } });
    const { client } = stage.ctx;
    await client.send("DELETE", client.path("openstack-snapshots", of.id));
    const error = await failure(waldurObjects.waitGone(stage.ctx, of), WaitError);
    expect(error.message).toContain("busy in the cloud");
  });
});

describe("reading", () => {
  it("what has to be there is an error where it is not", async () => {
    stage = await Stage.start();
    const none = waldurObjects.existing(stage.ctx, { kind: "volume", id: "0".repeat(32) });
    expect((await failure(none, UserError)).message).toBe(
      `there is no volume ${"0".repeat(32)}; run "pulumi refresh"`,
    );
  });

  it("waits for what is busy, and not for what is not", async () => {
    stage = await Stage.start();
    const of = await snapshot("a");
    expect((await waldurObjects.settled(stage.ctx, { kind: "snapshot", id: of.id }))?.state).toBe("OK");
    const erred = stage.emulator.uuid("snapshots", "erred-snap");
    stage.emulator.resetRequests();
    expect((await waldurObjects.settled(stage.ctx, { kind: "snapshot", id: erred }))?.state).toBe("ERRED");
    expect(stage.emulator.requests).toHaveLength(1);
    expect(await waldurObjects.settled(stage.ctx, { kind: "snapshot", id: "0".repeat(32) })).toBeUndefined();
  });
});
