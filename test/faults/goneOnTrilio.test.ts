import { afterEach, describe, expect, it } from "vitest";
import type { TrilioFaultAction } from "../../emulator";
import { snapshotRestorationLifecycle as lifecycle } from "../../provider/trilio/restoration/lifecycle";
import { TrilioStage } from "../support/trilioStage";

let stage: TrilioStage;
afterEach(() => stage.close());

const oneClick = {
  snapshot: "2e56d167-bad7-43c7-8ede-a613c3fe7844",
  kind: "one-click" as const,
  name: "drill",
};
const showRoute = "GET /v1/{tenant}/restores/{id}";
const answer = (status: number, body: unknown): TrilioFaultAction =>
  ({ kind: "answer", status, body }) as TrilioFaultAction;
const notFound = answer(404, { itemNotFound: { code: 404, message: "restore could not be found." } });

const made = async () => {
  stage = await TrilioStage.start();
  return lifecycle.create(oneClick, stage.ctx);
};

describe("a restore that lives in Trilio", () => {
  it.each<[string, TrilioFaultAction]>([
    ["an empty body", answer(200, "")],
    ["null", answer(200, null)],
    ["an empty object", answer(200, {})],
    ["another restore", answer(200, { restore: { id: "f", status: "available" } })],
    ["a page of HTML", answer(200, "<html><title>Maintenance</title></html>")],
    ["half an answer", { kind: "garble", how: "truncated" }],
    ["a gateway's 404", answer(404, { message: "no Route matched with those values" })],
    ["a page of HTML with 404", answer(404, "<html><title>404</title></html>")],
    ["a stale 404", notFound],
  ])("is not gone for %s in the place of an answer", async (_, action) => {
    const { id, outputs } = await made();
    for (const times of [1, 6]) {
      stage.emulator.faults.add({ route: showRoute, times, action });
      const found = await lifecycle.read(id, stage.ctx, outputs).catch((error: Error) => error);
      expect(found).toBeDefined();
      stage.emulator.faults.clear();
    }
    expect((await lifecycle.read(id, stage.ctx, outputs))?.id).toBe(id);
  });

  it("is not gone while the whole API answers 404, as where a proxy has lost its route", async () => {
    const { id, outputs } = await made();
    const lost = answer(404, "<html><title>404</title></html>");
    stage.emulator.faults.add({ path: /^\/v1\//, times: Number.POSITIVE_INFINITY, action: lost });
    await expect(lifecycle.read(id, stage.ctx, outputs)).rejects.toThrow(/answered 404/);
    await expect(lifecycle.delete(id, outputs, stage.ctx)).rejects.toThrow(/answered 404/);
    expect(stage.emulator.world.restores.has(id)).toBe(true);
  });

  it("loses its record in truth although a stale 404 comes at any moment of the deletion", async () => {
    for (let after = 0; after < 6; after++) {
      const { id, outputs } = await made();
      stage.emulator.faults.add({ route: showRoute, after, action: notFound });
      await lifecycle.delete(id, outputs, stage.ctx);
      expect(stage.emulator.world.restores.has(id)).toBe(false);
      if (after < 5) await stage.close();
    }
  });

  it("is not gone where its project is not known, and that is noted at its creation", async () => {
    stage = await TrilioStage.start();
    const restoreRoute = "POST /v1/{tenant}/snapshots/{snapshotId}";
    stage.emulator.faults.add({ route: restoreRoute, action: { kind: "without", fields: ["project_id"] } });
    stage.emulator.faults.add({
      route: showRoute,
      times: 99,
      action: { kind: "without", fields: ["project_id"] },
    });
    const { id, outputs } = await lifecycle.create(oneClick, stage.ctx);
    expect(outputs.projectId).toBe(await stage.ctx.client.service.projectId());
    const { projectId: _, ...unknown } = outputs;
    stage.emulator.world.restores.delete(id);
    await expect(lifecycle.read(id, stage.ctx, unknown)).rejects.toThrow(
      "it is not known in which project it was",
    );
    expect(await lifecycle.read(id, stage.ctx, outputs)).toBeUndefined();
  });
});
