import { afterEach, describe, expect, it } from "vitest";
import type { FaultAction } from "../../emulator";
import { PartialError } from "../../provider/core/errors";
import type { Context, Lifecycle, Properties } from "../../provider/core/resource/lifecycle";
import { volumeAttachmentLifecycle } from "../../provider/waldur/attachment/lifecycle";
import type { WaldurClient } from "../../provider/waldur/client";
import { snapshotRestorationLifecycle } from "../../provider/waldur/restoration/lifecycle";
import { snapshotLifecycle } from "../../provider/waldur/snapshot/lifecycle";
import { volumeLifecycle } from "../../provider/waldur/volume/lifecycle";
import { failure } from "../support/virtualClock";
import { Stage } from "../support/waldurStage";

let stage: Stage;
afterEach(() => stage.close());

type AnyLifecycle = Lifecycle<WaldurClient, Properties, Properties>;

/** A resource, what makes it, and the object behind it. */
interface Kind {
  lifecycle: AnyLifecycle;
  inputs: () => Properties;
  /** The path of what is read to see whether it is there. */
  path: RegExp;
  /** Whether the server still has it. */
  isThere: (id: string, state: Properties) => boolean;
  /** Takes it away behind everybody's back. */
  remove: (id: string, state: Properties) => void;
}

const volumeOf = (name: string) => stage.emulator.uuid("volumes", name);
const world = () => stage.emulator.world;
const volumePath = /\/openstack-volumes\/[0-9a-f]{32}\/$/;

const kinds: Record<string, Kind> = {
  snapshot: {
    lifecycle: snapshotLifecycle as unknown as AnyLifecycle,
    inputs: () => ({ volumeId: volumeOf("data-2"), name: "nightly" }),
    path: /\/openstack-snapshots\/[0-9a-f]{32}\/$/,
    isThere: (id) => world().snapshots.has(id),
    remove: (id) => world().dropSnapshot(id),
  },
  volume: {
    lifecycle: volumeLifecycle as unknown as AnyLifecycle,
    inputs: () => ({
      projectId: stage.emulator.ids.project,
      offeringId: stage.emulator.ids.offering,
      size: 1024,
      name: "data",
    }),
    path: volumePath,
    isThere: (id) => world().volumes.has(id),
    remove: (id) => world().dropVolume(id),
  },
  restoration: {
    lifecycle: snapshotRestorationLifecycle as unknown as AnyLifecycle,
    inputs: () => ({ snapshotId: stage.emulator.uuid("snapshots", "seed-snap-1"), name: "restored" }),
    path: volumePath,
    isThere: (_, { volumeId }) => world().volumes.has(String(volumeId)),
    remove: (_, { volumeId }) => world().dropVolume(String(volumeId)),
  },
  attachment: {
    lifecycle: volumeAttachmentLifecycle as unknown as AnyLifecycle,
    inputs: () => ({
      volumeId: volumeOf("data-2"),
      instanceId: Object.values(stage.emulator.ids.instances)[0],
    }),
    path: volumePath,
    isThere: (_, { volumeId }) => world().volumes.get(String(volumeId))?.instanceUuid !== null,
    remove: (_, { volumeId }) => world().dropVolume(String(volumeId)),
  },
};

const notFound = { detail: "No OpenStack Volume matches the given query." };
const answer = (status: number, body: unknown): FaultAction => ({
  kind: "answer",
  status,
  body: body as never,
});

/** Answers to a GET that say nothing of the object. */
const noAnswers: [string, FaultAction][] = [
  ["an empty body", answer(200, "")],
  ["null", answer(200, null)],
  ["an empty object", answer(200, {})],
  ["a list", answer(200, [])],
  ["another object", answer(200, { uuid: "f".repeat(32), state: "OK", name: "other" })],
  ["a page of HTML", answer(200, "<html><title>Maintenance</title></html>")],
  ["half an answer", { kind: "garble", how: "truncated" }],
  ["a gateway's 404", answer(404, { message: "no Route matched with those values" })],
  ["a page of HTML with 404", answer(404, "<html><title>404</title></html>")],
  ["a 404 without a body", answer(404, "")],
];

async function made(kind: Kind) {
  const inputs = kind.inputs();
  const { id, outputs } = await kind.lifecycle.create(inputs, stage.ctx as Context<WaldurClient>);
  stage.emulator.resetRequests();
  return { id, outputs, inputs };
}

const read = ({ lifecycle }: Kind, id: string, state: Properties, ctx = stage.ctx) =>
  lifecycle.read(id, ctx, state);

describe.each(Object.entries(kinds))("a %s that lives", (_, kind) => {
  it.each(noAnswers)("is not gone for %s in the place of an answer", async (_, action) => {
    stage = await Stage.start();
    const { id, outputs } = await made(kind);
    for (const times of [1, 6]) {
      stage.emulator.faults.add({ method: "GET", path: kind.path, times, action });
      const found = await read(kind, id, outputs).catch((error: Error) => error);
      // Either the error is told, or the object was found after all; it is never "gone".
      expect(found).toBeDefined();
      stage.emulator.faults.clear();
    }
    expect((await read(kind, id, outputs))?.id).toBe(id);
  });

  it("is not gone for one 404 of a stale replica", async () => {
    stage = await Stage.start();
    const { id, outputs } = await made(kind);
    stage.emulator.faults.add({ method: "GET", path: kind.path, action: answer(404, notFound) });
    expect((await read(kind, id, outputs))?.id).toBe(id);
  });

  it("is not gone for 404s while its list shows it", async () => {
    stage = await Stage.start();
    const { id, outputs } = await made(kind);
    stage.emulator.faults.add({ method: "GET", path: kind.path, times: 9, action: answer(404, notFound) });
    await expect(read(kind, id, outputs)).rejects.toThrow(
      "the list still shows it: it is not treated as deleted",
    );
  });

  it("is not gone where the token has lost its role", async () => {
    stage = await Stage.start();
    const { id, outputs } = await made(kind);
    const outsider = stage.context({ actor: "outsider" });
    await expect(read(kind, id, outputs, outsider)).rejects.toThrow(/neither is its project/);
    await expect(kind.lifecycle.delete(id, outputs, outsider)).rejects.toThrow(
      /it is not treated as deleted/,
    );
    expect(kind.isThere(id, outputs)).toBe(true);
  });

  it("is destroyed in truth although a stale 404 comes at any moment of it", async () => {
    // 12 requests of a destroy come from nowhere: each of them is hit once.
    for (let after = 0; after < 12; after++) {
      stage = await Stage.start();
      const { id, outputs } = await made(kind);
      stage.emulator.faults.add({ method: "GET", path: kind.path, after, action: answer(404, notFound) });
      await kind.lifecycle.delete(id, outputs, stage.ctx);
      expect(kind.isThere(id, outputs)).toBe(false);
      await stage.close();
    }
    stage = await Stage.start();
  });

  it("that is really gone is found so by one refresh, for a few requests", async () => {
    stage = await Stage.start();
    const { id, outputs } = await made(kind);
    stage.clock.advance(60_000);
    kind.remove(id, outputs);
    const began = stage.ctx.clock.now();
    expect(await read(kind, id, outputs)).toBeUndefined();
    expect(stage.emulator.requests).toHaveLength(4);
    expect(stage.ctx.clock.now() - began).toBeLessThan(5000);
    stage.emulator.resetRequests();
    await kind.lifecycle.delete(id, outputs, stage.ctx);
    expect(stage.emulator.requests).toHaveLength(4);
  });
});

describe("for a replica that is half a minute behind", () => {
  const { attachment, ...objects } = kinds;
  /** Until when the replica shows what was before. */
  const behind = (born: number) => () => stage.ctx.clock.now() < born + 30_000;

  it.each(Object.entries(objects))("a new %s is not gone, its list lags too", async (_, kind) => {
    stage = await Stage.start();
    const { id, outputs } = await made(kind);
    const rule = { method: "GET", query: behind(Date.parse(String(outputs.createdAt))), times: 99 };
    stage.emulator.faults.add({ ...rule, path: kind.path, action: answer(404, notFound) });
    const lists = /\/openstack-(snapshots|volumes)\/$/;
    stage.emulator.faults.add({ ...rule, path: lists, action: answer(200, []) });
    expect((await read(kind, id, outputs))?.id).toBe(id);
  });

  it("a new attachment is not gone", async () => {
    stage = await Stage.start();
    const before = await stage.ctx.client.get("openstack-volumes", volumeOf("data-2"));
    const { id, outputs } = await made(attachment as Kind);
    const rule = { method: "GET", query: behind(stage.ctx.clock.now()), times: 99 };
    stage.emulator.faults.add({ ...rule, path: volumePath, action: answer(200, before) });
    expect((await read(attachment as Kind, id, outputs))?.id).toBe(id);
    await (attachment as Kind).lifecycle.delete(id, outputs, stage.ctx);
    expect((attachment as Kind).isThere(id, outputs)).toBe(false);
  });
});

describe.each(Object.entries(kinds))("a %s whose reads after its creation failed", (_, kind) => {
  /** The state that is kept of a creation after which nothing can be read. */
  async function kept() {
    const inputs = kind.inputs();
    stage.emulator.faults.add({
      method: "GET",
      // The order of a volume is followed to the volume, or no id would be known.
      path: /openstack-(volumes|snapshots)/,
      query: () => stage.emulator.writes.length > 0,
      times: Number.POSITIVE_INFINITY,
      action: answer(503, ""),
    });
    const error = await failure(kind.lifecycle.create(inputs, stage.ctx), PartialError);
    stage.emulator.faults.clear();
    return error;
  }

  it("is not gone where the token has lost its role since", async () => {
    stage = await Stage.start();
    const { id, outputs } = await kept();
    const outsider = stage.context({ actor: "outsider" });
    await expect(read(kind, id, outputs, outsider)).rejects.toThrow(/it is not treated as deleted/);
  });

  it("is gone where it really is", async () => {
    stage = await Stage.start();
    const { id, outputs } = await kept();
    stage.clock.advance(120_000);
    world().advance();
    kind.remove(id, outputs);
    expect(await read(kind, id, outputs)).toBeUndefined();
  });
});

describe("a state that knows no project", () => {
  it("is judged by the volume beside a snapshot", async () => {
    stage = await Stage.start();
    const kind = kinds.snapshot as Kind;
    const { id, outputs } = await made(kind);
    const { projectId: _, ...state } = outputs;
    await expect(read(kind, id, state, stage.context({ actor: "outsider" }))).rejects.toThrow(
      "it is not known in which project it was",
    );
    kind.remove(id, outputs);
    expect(await read(kind, id, state)).toBeUndefined();
  });
});

describe("two hundred snapshots that are gone at once", () => {
  it("cost four requests each at most, and no list is read whole", async () => {
    stage = await Stage.start();
    stage.addSnapshots(200);
    const kind = kinds.snapshot as Kind;
    const rows = [...world().snapshots.values()].filter(({ name }) => name.startsWith("bulk"));
    const states = await Promise.all(rows.map(({ uuid }) => read(kind, uuid, {})));
    for (const { uuid } of rows) kind.remove(uuid, {});
    stage.emulator.resetRequests();
    const found = await Promise.all(states.map((state) => read(kind, state?.id ?? "", state?.outputs ?? {})));
    expect(found.every((one) => one === undefined)).toBe(true);
    const counts = stage.emulator.counts();
    expect(counts["GET /api/openstack-snapshots/{uuid}/"]).toBe(400);
    expect(counts["GET /api/openstack-snapshots/"]).toBe(200);
    expect(stage.emulator.requests.filter(({ query }) => query.has("page"))).toEqual([]);
    // The project is asked for once a moment, for all who ask then.
    expect(counts["GET /api/projects/{uuid}/"]).toBeLessThan(20);
  });
});
