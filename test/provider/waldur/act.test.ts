import { afterEach, describe, expect, it, vi } from "vitest";
import { ApiError, ConnectionError, UserError } from "../../../provider/core/errors";
import { patiently, subject } from "../../../provider/core/resource/object";
import { waldurObjects } from "../../../provider/waldur/object";
import { failure } from "../../support/virtualClock";
import { Stage } from "../../support/waldurStage";

let stage: Stage;
afterEach(() => stage.close());

const snapshotRoute = "PATCH /api/openstack-snapshots/{uuid}/";

function rename(name: string) {
  const uuid = stage.emulator.uuid("snapshots", "seed-snap-1");
  const { client } = stage.ctx;
  return waldurObjects.act(stage.ctx, {
    on: subject("snapshot", uuid, "seed-snap-1"),
    send: () => client.send("PATCH", client.path("openstack-snapshots", uuid), { name }),
    happened: (now) => now?.name === name,
  });
}

describe("a write", () => {
  it("is sent once where it is answered", async () => {
    stage = await Stage.start();
    await rename("new");
    expect(stage.emulator.counts()).toEqual({ [snapshotRoute]: 1 });
  });

  it("waits for a busy object and is sent again", async () => {
    stage = await Stage.start();
    await rename("first");
    await rename("second");
    expect(stage.writes).toEqual([snapshotRoute, snapshotRoute, snapshotRoute]);
    expect(stage.emulator.writes.map(({ status }) => status)).toEqual([200, 409, 200]);
    expect(stage.emulator.world.snapshotsNamed("second")).toHaveLength(1);
  });

  it("that a settled object refuses is refused", async () => {
    stage = await Stage.start();
    const uuid = stage.emulator.uuid("snapshots", "erred-snap");
    const { client } = stage.ctx;
    const send = vi.fn(() => client.send("PATCH", client.path("openstack-snapshots", uuid), { name: "x" }));
    const error = await failure(
      waldurObjects.act(stage.ctx, { on: subject("snapshot", uuid), send, happened: () => false }),
      ApiError,
    );
    expect(error.reason).toBe("Valid states for operation: OK.");
    expect(send).toHaveBeenCalledTimes(1);
  });

  it("whose answer is lost is not repeated where the object shows that it was carried out", async () => {
    stage = await Stage.start();
    stage.emulator.faults.add({ route: snapshotRoute, action: { kind: "dropAnswer" } });
    await rename("new");
    expect(stage.writes).toEqual([snapshotRoute]);
    expect(stage.emulator.world.snapshotsNamed("new")).toHaveLength(1);
  });

  it("that was lost on its way is repeated", async () => {
    stage = await Stage.start();
    stage.emulator.faults.add({ route: snapshotRoute, action: { kind: "drop" } });
    await rename("new");
    expect(stage.writes).toEqual([snapshotRoute, snapshotRoute]);
    expect(stage.emulator.world.snapshotsNamed("new")).toHaveLength(1);
  });

  it("waits for a server that stays away before it decides", async () => {
    stage = await Stage.start();
    stage.emulator.faults.add({ route: snapshotRoute, action: { kind: "dropAnswer" } });
    stage.emulator.faults.add({ method: "GET", times: 12, action: { kind: "answer", status: 503 } });
    await rename("new");
    expect(stage.writes).toEqual([snapshotRoute]);
    expect(stage.emulator.faults.remaining).toBe(0);
  });

  it("is given up after four attempts", async () => {
    stage = await Stage.start();
    stage.emulator.faults.add({ route: snapshotRoute, times: 99, action: { kind: "answer", status: 500 } });
    expect((await failure(rename("new"), ApiError)).status).toBe(500);
    expect(stage.writes).toHaveLength(4);
  });

  it.each([400, 401, 403])("answered %i is not repeated", async (status) => {
    stage = await Stage.start();
    stage.emulator.faults.add({ route: snapshotRoute, action: { kind: "answer", status } });
    expect((await failure(rename("new"), ApiError)).status).toBe(status);
    expect(stage.writes).toHaveLength(1);
  });

  it("on an object that is gone is over where that is what was wanted, and an error where not", async () => {
    stage = await Stage.start();
    const uuid = "0".repeat(32);
    const { client } = stage.ctx;
    const on = subject("snapshot", uuid);
    const send = () => client.send("DELETE", client.path("openstack-snapshots", uuid));
    await waldurObjects.act(stage.ctx, { on, send, happened: (now) => now === undefined });
    const error = await failure(
      waldurObjects.act(stage.ctx, { on, send, happened: (now) => now?.name === "x" }),
      ApiError,
    );
    expect(error.status).toBe(404);
  });
});

describe("reading patiently", () => {
  it("goes on while the server stays away, up to the time limit, and no further", async () => {
    stage = await Stage.start();
    const ctx = stage.context({ timeoutMs: 60_000 });
    const start = ctx.clock.now();
    const away = new ConnectionError("away", true);
    await expect(patiently(ctx, () => Promise.reject(away))).rejects.toBe(away);
    expect(ctx.clock.now() - start).toBe(60_000);
    const denied = new ApiError({ method: "GET", path: "/", status: 403, reason: "" });
    const read = vi.fn().mockRejectedValue(denied);
    await expect(patiently(ctx, read)).rejects.toBe(denied);
    expect(read).toHaveBeenCalledTimes(1);
  });
});

describe("not found", () => {
  const snapshot = (project: string | undefined) =>
    subject("snapshot", "0".repeat(32), "x", { project, beside: { kind: "volume", id: "1".repeat(32) } });

  it("is gone where the project is seen, or where nothing holds it", async () => {
    stage = await Stage.start();
    const read = waldurObjects.read(stage.ctx, snapshot(stage.emulator.ids.project));
    await expect(read).resolves.toBeUndefined();
    const unheld = waldurObjects.read(stage.ctx, { kind: "snapshot", id: "0".repeat(32) });
    await expect(unheld).resolves.toBeUndefined();
  });

  it("is not gone where the token no longer sees the project, or where that is not known", async () => {
    stage = await Stage.start();
    const ctx = stage.context({ actor: "outsider" });
    const { message } = await failure(
      waldurObjects.read(ctx, snapshot(stage.emulator.ids.project)),
      UserError,
    );
    expect(message).toContain('snapshot "x"');
    expect(message).toContain("is not found, but neither is its project");
    expect(message).toContain("pulumi state delete");
    const unknown = await failure(waldurObjects.read(ctx, snapshot(undefined)), UserError);
    expect(unknown.message).toContain("is not found, but it is not known in which project it was");
  });
});
