import { afterEach, describe, expect, it } from "vitest";
import { ApiError } from "../../../provider/core/errors";
import { subject } from "../../../provider/core/resource/object";
import { pull, waldurObjects } from "../../../provider/waldur/object";
import { pullOrWarn, unlink } from "../../../provider/waldur/pullUnlink";

import { failure } from "../../support/virtualClock";
import { Stage } from "../../support/waldurStage";

let stage: Stage;
afterEach(() => stage.close());

const snapshot = (name: string) => subject("snapshot", stage.emulator.uuid("snapshots", name), name);
const volume = (name: string) => subject("volume", stage.emulator.uuid("volumes", name), name);
const pullRoute = "POST /api/openstack-volumes/{uuid}/pull/";

describe("pull", () => {
  it("of a volume ends when the server has synchronised it, and heals an Erred one", async () => {
    stage = await Stage.start();
    await pull(stage.ctx, volume("erred-1"));
    expect((await waldurObjects.read(stage.ctx, volume("erred-1")))?.state).toBe("OK");
    expect(stage.writes).toEqual([pullRoute]);
  });

  it("of a snapshot on a server of 2024 ends Erred, and still ends", async () => {
    stage = await Stage.start();
    await pull(stage.ctx, snapshot("seed-snap-1"));
    expect((await waldurObjects.read(stage.ctx, snapshot("seed-snap-1")))?.state).toBe("ERRED");
  });

  it.each([
    [200, { detail: "done" }],
    [202, undefined],
    [204, undefined],
  ])("takes %i for success", async (status, body) => {
    stage = await Stage.start({
      snapshotPullWorks: true,
      answers: { pull: { status, ...(body ? { body } : {}) } },
    });
    await pull(stage.ctx, snapshot("seed-snap-1"));
    expect((await waldurObjects.read(stage.ctx, snapshot("seed-snap-1")))?.state).toBe("OK");
  });

  it("waits for a busy object first", async () => {
    stage = await Stage.start();
    const { client } = stage.ctx;
    const { id } = volume("data-1");
    await client.send("PATCH", client.path("openstack-volumes", id), { name: "data-1b" });
    await pull(stage.ctx, volume("data-1"));
    expect(stage.emulator.writes.map(({ status }) => status)).toEqual([200, 202]);
  });

  it("is not repeated after a lost answer while the server is at it", async () => {
    stage = await Stage.start();
    stage.emulator.faults.add({ route: pullRoute, action: { kind: "dropAnswer" } });
    await pull(stage.ctx, volume("data-1"));
    expect(stage.writes).toEqual([pullRoute]);
  });

  it("for a refresh warns where the server refuses, and throws anything else", async () => {
    stage = await Stage.start();
    const add = (status: number) =>
      stage.emulator.faults.add({ route: pullRoute, action: { kind: "answer", status } });
    for (const status of [400, 409]) {
      add(status);
      await pullOrWarn(stage.ctx, volume("data-1"));
    }
    expect(stage.warnings).toHaveLength(2);
    expect(stage.warnings[0]).toMatch(
      /^volume "data-1" \([0-9a-f]{32}\) was not synchronised with OpenStack: POST/,
    );
    // What is gone needs no warning: the read that follows says so.
    add(404);
    await pullOrWarn(stage.ctx, volume("data-1"));
    expect(stage.warnings).toHaveLength(2);
    add(403);
    expect((await failure(pullOrWarn(stage.ctx, volume("data-1")), ApiError)).status).toBe(403);
  });
});

describe("unlink", () => {
  it("makes Waldur forget, by staff, in any state", async () => {
    stage = await Stage.start();
    const staff = stage.context({ actor: "staff" });
    await unlink(staff, snapshot("stuck-snap"));
    expect(await waldurObjects.read(staff, snapshot("stuck-snap"))).toBeUndefined();
    expect(stage.emulator.world.cloud.snapshots.size).toBeGreaterThan(0);
  });

  it("is refused to others, and the object stays", async () => {
    stage = await Stage.start();
    expect((await failure(unlink(stage.ctx, snapshot("seed-snap-1")), ApiError)).status).toBe(403);
    expect(await waldurObjects.read(stage.ctx, snapshot("seed-snap-1"))).toBeDefined();
  });

  it("is over where it was lost and carried out, or where somebody was quicker", async () => {
    stage = await Stage.start();
    const staff = stage.context({ actor: "staff" });
    stage.emulator.faults.add({ method: "POST", action: { kind: "dropAnswer" } });
    await unlink(staff, snapshot("seed-snap-1"));
    await unlink(staff, snapshot("seed-snap-1"));
    expect(stage.writes).toHaveLength(2);
  });
});
