import { afterEach, describe, expect, it } from "vitest";
import { PartialError } from "../../../../provider/core/errors";
import { restoreIn } from "../../../../provider/trilio/client";
import { snapshotRestorationLifecycle } from "../../../../provider/trilio/restoration/lifecycle";
import { restorationTable } from "../../../../provider/trilio/restoration/schema";
import { TrilioStage } from "../../../support/trilioStage";

const lifecycle = snapshotRestorationLifecycle;
const restoreRoute = "POST /v1/{tenant}/snapshots/{snapshotId}";
const cancelRoute = "GET /v1/{tenant}/restores/{id}/cancel";
let stage: TrilioStage;
afterEach(() => stage?.close());

const oneClick = {
  snapshot: "2e56d167-bad7-43c7-8ede-a613c3fe7844",
  kind: "one-click" as const,
  name: "drill",
};
const upgrade = "ed4f29e8-7544-4e1c-af8a-a76031211926";
const nightly = "f07b6f6c-2a1e-4d7b-9b63-8d5e4c3a2b10";
const databaseA = "7c1bb5d2-aa5a-44f7-abcd-2d76b819b4c8";
const inPlace = {
  snapshot: upgrade,
  kind: "in-place" as const,
  name: "back",
  confirmOverwrite: true,
  options: { instances: [{ id: databaseA, restoreBootDisk: true }] },
};

describe("create", () => {
  it("shows percent and message on the way, takes what the server says at the end, and asks little", async () => {
    stage = await TrilioStage.start();
    const { id, outputs } = await lifecycle.create(oneClick, stage.ctx);
    expect(outputs).toMatchObject({ status: "available", timeTaken: 580, kind: "one-click", name: "drill" });
    expect(outputs.metadata).toMatchObject({ data_transfer_time: "0" });
    expect(
      stage.told.some((line) => /^restoring, \d+ %, Creating Instance: cirros-[12], \d+/.test(line)),
    ).toBe(true);
    expect(stage.count(restoreRoute)).toBe(1);
    expect(stage.emulator.world.restores.has(id)).toBe(true);
    expect(stage.emulator.requests.length).toBeLessThan(80);
  });

  it("waits for a snapshot that is busy, and takes a snapshot's id in any spelling", async () => {
    stage = await TrilioStage.start();
    const options = { instances: [{ id: databaseA }], networksMapping: [], restoreTopology: true };
    const snapshot = nightly.replaceAll("-", "").toUpperCase();
    const { outputs } = await lifecycle.create(
      { snapshot, kind: "selective", name: "s", options },
      stage.ctx,
    );
    expect(outputs).toMatchObject({ status: "available", snapshot: nightly });
    expect(stage.count("GET /v1/{tenant}/snapshots/{snapshotId}")).toBeGreaterThan(3);
    expect(lifecycle.diff(outputs, { snapshot, kind: "selective", name: "s", options })).toEqual([]);
  });

  it("refuses a mounted snapshot at once", async () => {
    stage = await TrilioStage.start();
    const snapshot = stage.emulator.world.snapshots.get(upgrade);
    if (snapshot) snapshot.status = "mounted" as never;
    await expect(lifecycle.create(inPlace, stage.ctx)).rejects.toThrow("mounted: dismount it first");
    expect(stage.count(restoreRoute)).toBe(0);
  });

  it.each([
    ["a clock that is hours off", { timeOffsetMinutes: -600 }],
    ["options filled in on later reads", { restoreOptionsOnRead: "filled" }],
  ] as const)("finds its own restore after a lost answer: %s", async (_, guesses) => {
    stage = await TrilioStage.start({ guesses });
    stage.emulator.faults.add({ route: restoreRoute, action: { kind: "dropAnswer" } });
    // One of the same name from before is somebody else's.
    await lifecycle.create(oneClick, stage.context());
    stage.emulator.world.liveInstances.clear();
    const before = stage.count(restoreRoute);
    stage.emulator.faults.add({ route: restoreRoute, action: { kind: "dropAnswer" } });
    const { id } = await lifecycle.create(oneClick, stage.context());
    expect(stage.count(restoreRoute)).toBe(before + 1);
    const [first, second] = stage.emulator.world.restoresNamed("drill");
    expect([first?.id === id, second?.id === id]).toEqual([false, true]);
  });

  it("sends nothing again while its own restore, which no list shows yet, keeps the snapshot busy", async () => {
    stage = await TrilioStage.start();
    const { faults } = stage.emulator;
    faults.add({ route: restoreRoute, action: { kind: "dropAnswer" } });
    const empty = { kind: "answer" as const, status: 200, body: { restores: [] } };
    const blind = faults.add({
      route: "GET /v1/{tenant}/restores/detail",
      after: 1,
      times: 4,
      action: empty,
    });
    const { id } = await lifecycle.create(oneClick, stage.ctx);
    expect(blind.remaining).toBe(0);
    expect(stage.count(restoreRoute)).toBe(1);
    expect(stage.emulator.world.restoresNamed("drill").map((each) => each.id)).toEqual([id]);
  });

  it("of the same snapshot come one after the other, whatever the server would do with two at once", async () => {
    stage = await TrilioStage.start({ guesses: { createOnBusySnapshot: "error" } });
    stage.emulator.world.liveInstances.clear();
    const options = { instances: [{ id: databaseA }], restoreTopology: true };
    const made = await Promise.all(
      ["a", "b", "c"].map((name) =>
        lifecycle.create({ snapshot: upgrade, kind: "selective", name, options }, stage.ctx),
      ),
    );
    expect(made.map(({ outputs }) => outputs.status)).toEqual(["available", "available", "available"]);
    expect(stage.count(restoreRoute)).toBe(3);
  });

  it("waits and asks again when somebody else is faster", async () => {
    stage = await TrilioStage.start();
    const other = {
      restore: { name: "x", options: { type: "openstack", restore_type: "oneclick", openstack: {} } },
    };
    const theirs = stage.context().client;
    const { client } = stage.ctx;
    const send = client.startRestore.bind(client);
    // Theirs comes between our look at the snapshot and our request.
    client.startRestore = async (...args) => {
      client.startRestore = send;
      await theirs.startRestore(oneClick.snapshot, other);
      return send(...args);
    };
    stage.emulator.guesses.oneclickLiveOriginals = "restored";
    const { outputs } = await lifecycle.create(oneClick, stage.ctx);
    expect(outputs.status).toBe("available");
    expect(stage.count(restoreRoute)).toBe(3);
  });

  it("keeps the id when it is cut off, and asks for the end only where that is wanted", async () => {
    stage = await TrilioStage.start();
    for (const [onInterrupt, cancels] of [
      ["leave", 0],
      ["cancel", 1],
    ] as const) {
      const stop = new AbortController();
      const ctx = { ...stage.context(), signal: stop.signal, progress: () => stop.abort(new Error("stop")) };
      stage.emulator.world.liveInstances.clear();
      const error = await lifecycle
        .create({ ...oneClick, name: onInterrupt, onInterrupt }, ctx)
        .catch((reason: unknown) => reason);
      if (!(error instanceof PartialError)) throw error;
      const [made] = stage.emulator.world.restoresNamed(onInterrupt);
      expect(error.id).toBe(made?.id);
      expect(error.outputs).toMatchObject({ name: onInterrupt, kind: "one-click", status: "restoring" });
      // As every later answer shows it: without the fraction.
      const later = await lifecycle.read(error.id, stage.context(), error.outputs);
      expect(error.outputs.createdAt).toBe(later?.outputs.createdAt);
      expect(stage.count(cancelRoute)).toBe(cancels);
      stage.clock.advance(1_000_000);
    }
  });
});

describe("read", () => {
  it("gives back all arguments from the id alone", async () => {
    stage = await TrilioStage.start();
    const { id, outputs } = await lifecycle.create(inPlace, stage.ctx);
    const found = await lifecycle.read(id.toUpperCase(), stage.context());
    const { name, snapshot, kind } = inPlace;
    expect(found).toMatchObject({ id, inputs: { name, snapshot, kind, confirmOverwrite: true } });
    expect(restorationTable.inputs.parse(found?.inputs)).toEqual(found?.inputs);
    expect(lifecycle.check?.(found?.inputs ?? {}, undefined, stage.ctx)).toEqual([]);
    expect(lifecycle.diff(found?.outputs ?? {}, inPlace)).toEqual([]);
    // What a refresh reads is what the create kept, to the letter.
    const again = await lifecycle.read(id, stage.context(), outputs);
    expect(again?.outputs).toEqual(outputs);
  });

  it.each([
    ["JSON of Nova's kind", {}],
    ["HTML", { errorEnvelope: "html" }],
    ["200 with the status deleted", { showAfterDelete: 200, listAfterDelete: "listed" }],
  ] as const)("takes it as gone where the server says so: %s", async (_, guesses) => {
    stage = await TrilioStage.start({ guesses });
    const { id, outputs } = await lifecycle.create(oneClick, stage.ctx);
    await lifecycle.delete(id, outputs, stage.ctx);
    expect(await lifecycle.read(id, stage.ctx, outputs)).toBeUndefined();
    await lifecycle.delete(id, outputs, stage.ctx);
    expect(stage.count("DELETE /v1/{tenant}/restores/{id}")).toBe(1);
  });

  it("does not take a restore of another project for gone", async () => {
    stage = await TrilioStage.start();
    const { id, outputs } = await lifecycle.create(oneClick, stage.ctx);
    const elsewhere = stage.context({ projectName: "elsewhere" });
    await expect(lifecycle.read(id, elsewhere, outputs)).rejects.toThrow("it is not treated as deleted");
    await expect(lifecycle.delete(id, outputs, elsewhere)).rejects.toThrow("it is not treated as deleted");
    expect(stage.emulator.world.restores.has(id)).toBe(true);
  });

  it("does not take what a proxy says for an answer of Trilio's", async () => {
    stage = await TrilioStage.start();
    const path = /\/v1\//;
    stage.emulator.faults.add({
      path,
      times: 50,
      action: { kind: "answer", status: 404, body: "no such host" },
    });
    await expect(lifecycle.read(oneClick.snapshot, stage.ctx)).rejects.toThrow("404");
  });
});

describe("update", () => {
  it("of what only the state knows sends no write", async () => {
    stage = await TrilioStage.start();
    const { id, outputs } = await lifecycle.create(oneClick, stage.ctx);
    const news = { ...oneClick, onDestroy: "keep-record" as const };
    expect(lifecycle.diff(outputs, news)).toEqual([
      expect.objectContaining({ property: "onDestroy", kind: "update" }),
    ]);
    stage.emulator.resetRequests();
    const after = await lifecycle.update(id, outputs, news, stage.ctx);
    expect(after).toMatchObject({ onDestroy: "keep-record", metadata: outputs.metadata });
    expect(stage.emulator.writes).toEqual([]);
    await lifecycle.delete(id, after, stage.ctx);
    expect(stage.emulator.writes).toEqual([]);
    // Taken out again, it is what it is by default.
    expect(lifecycle.diff(after, oneClick)).toEqual([expect.objectContaining({ property: "onDestroy" })]);
  });

  it("of anything else is a replacement", async () => {
    stage = await TrilioStage.start();
    const { outputs } = await lifecycle.create({ ...inPlace, description: "d" }, stage.ctx);
    const changed = (more: object) =>
      lifecycle
        .diff(outputs, { ...inPlace, description: "d", ...more })
        .map(({ property, kind }) => [property, kind]);
    expect(
      changed({ options: { instances: [{ id: databaseA, restoreBootDisk: true, volumes: [] }] } }),
    ).toEqual([]);
    expect(changed({ options: { instances: [{ id: databaseA }] } })).toEqual([["options", "replace"]]);
    expect(changed({ name: "other" })).toEqual([["name", "replace"]]);
    expect(changed({ description: undefined })).toEqual([["description", "replace"]]);
    expect(changed({ snapshot: nightly })).toEqual([["snapshot", "replace"]]);
    expect(changed({ confirmOverwrite: undefined })).toEqual([["confirmOverwrite", "update"]]);
  });
});

describe("delete", () => {
  it.each([
    ["refused while it runs", {}],
    ["of a settled restore refused to cancel", { cancelSettled: "refused" }],
    ["answered with 202", { deleteStatus: 202, deleteSeconds: 60 }],
  ] as const)("ends with the record gone: %s", async (_, guesses) => {
    stage = await TrilioStage.start({ guesses });
    const answer = await stage.ctx.client.startRestore(oneClick.snapshot, {
      restore: { name: "r", options: { type: "openstack", restore_type: "oneclick", openstack: {} } },
    });
    const begun = restoreIn(answer);
    await lifecycle.delete(begun.id, {}, stage.ctx);
    expect(stage.count(cancelRoute)).toBe(1);
    expect(await stage.ctx.client.restore(begun.id)).toBeUndefined();
    expect(stage.warnings).toEqual([expect.stringContaining("what it restored stays as it is")]);
  });

  it("is over where the record is gone after a refusal, or shown as deleted after a lost answer", async () => {
    stage = await TrilioStage.start({ guesses: { showAfterDelete: 200, listAfterDelete: "listed" } });
    const deleteRoute = "DELETE /v1/{tenant}/restores/{id}";
    const { faults } = stage.emulator;
    const lost = await lifecycle.create(oneClick, stage.ctx);
    faults.add({ route: deleteRoute, action: { kind: "dropAnswer" } });
    await lifecycle.delete(lost.id, lost.outputs, stage.ctx);
    expect(stage.count(deleteRoute)).toBe(1);

    stage.emulator.world.liveInstances.clear();
    const refused = await lifecycle.create({ ...oneClick, name: "second" }, stage.context());
    const vanish = () => stage.emulator.world.restores.delete(refused.id);
    faults.add({ route: deleteRoute, query: vanish, action: { kind: "answer", status: 409 } });
    await lifecycle.delete(refused.id, refused.outputs, stage.ctx);
    expect(stage.count(deleteRoute)).toBe(2);
  });

  it("says when a cancel is not allowed, and sends it no second time", async () => {
    stage = await TrilioStage.start();
    const answer = await stage.ctx.client.startRestore(oneClick.snapshot, {
      restore: { name: "r", options: { type: "openstack", restore_type: "oneclick", openstack: {} } },
    });
    const begun = restoreIn(answer);
    stage.emulator.faults.add({ route: cancelRoute, action: { kind: "answer", status: 403 } });
    await expect(lifecycle.delete(begun.id, {}, stage.ctx)).rejects.toThrow("403");
    expect(stage.count(cancelRoute)).toBe(1);
    expect(stage.count("DELETE /v1/{tenant}/restores/{id}")).toBe(0);
  });
});
