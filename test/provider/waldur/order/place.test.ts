import { afterEach, describe, expect, it } from "vitest";
import { ApiError, WaitError } from "../../../../provider/core/errors";
import type { WaldurContext } from "../../../../provider/waldur/object";
import { followToEnd, followToVolume } from "../../../../provider/waldur/order/follow";
import { placeOrder } from "../../../../provider/waldur/order/place";
import type { OrderRequest } from "../../../../provider/waldur/order/request";
import { failure } from "../../../support/virtualClock";
import { Stage } from "../../../support/waldurStage";

let stage: Stage;
afterEach(() => stage.close());

const orderRoute = "POST /api/marketplace-orders/";

function request(more: Partial<OrderRequest> = {}): OrderRequest {
  const { project, offering } = stage.emulator.ids;
  return { project, offering, attributes: { name: "data-x", size: 10240 }, ...more };
}

/** Places an order for the resource of a context as `create` does, or takes an earlier one up. */
async function ordered(ctx: WaldurContext, wanted = request()) {
  return (await placeOrder(ctx, wanted)).object;
}

describe("placing an order", () => {
  it("sends what the contract wants, with a mark that tells whose it is", async () => {
    stage = await Stage.start();
    const { ids, world } = stage.emulator;
    const limits = { cpu: 1 };
    const order = await ordered(stage.ctx, request({ limits }));
    expect(stage.emulator.writes[0]?.body).toEqual({
      offering: stage.emulator.link("marketplace-public-offerings", ids.offering),
      project: stage.emulator.link("projects", ids.project),
      attributes: {
        name: "data-x",
        size: 10240,
        pulumi: {
          mark: expect.stringMatching(/^[0-9a-f]{16}-[0-9a-f]{16}-[0-9a-f]{16}$/),
          followed: 600,
        },
      },
      limits,
    });
    expect(order.state).toBe("executing");
    const volume = await followToVolume(stage.ctx, order, false);
    expect(world.volumes.get(volume)?.name).toBe("data-x");
    await followToEnd(stage.ctx, order, "order volume");
    expect(world.orders.get(order.uuid)?.state).toBe("done");
  });

  it.each([
    ["the answer is lost", { kind: "dropAnswer" } as const],
    ["the answer is cut off", { kind: "garble", how: "truncated" } as const],
  ])("finds its own order by the mark where %s", async (_, action) => {
    stage = await Stage.start();
    const { world, faults } = stage.emulator;
    // When the provider looks, there is a newer order of the same name by another run.
    faults.add({
      method: "GET",
      query: (query) => {
        const [ours, ...others] = [...world.orders.values()];
        if (query.has("offering_uuid") && ours && others.length === 0) {
          const attributes = { ...ours.attributes, pulumi: { nonce: "another" } };
          const newer = { ...ours, ...world.newRow("order", ours.name), attributes };
          world.orders.set(newer.uuid, newer);
        }
        return false;
      },
      action: { kind: "drop" },
    });
    stage.emulator.faults.add({ route: orderRoute, action });
    const order = await ordered(stage.ctx);
    expect(order.uuid).toBe([...world.orders.keys()][0]);
    expect(world.orders.size).toBe(2);
  });

  it("orders again where a lost request has made nothing", async () => {
    stage = await Stage.start();
    stage.emulator.faults.add({ route: orderRoute, action: { kind: "answer", status: 502 } });
    await ordered(stage.ctx);
    expect(stage.writes).toEqual([orderRoute, orderRoute]);
    expect(stage.emulator.world.orders.size).toBe(1);
  });

  it("fails at once with the server's reason where it is refused", async () => {
    stage = await Stage.start();
    const error = await failure(
      placeOrder(stage.ctx, request({ attributes: { name: "data-x", size: 99_999_999 } })),
      ApiError,
    );
    expect(error.reason).toMatch(/quota/i);
    expect(stage.writes).toEqual([orderRoute]);
  });
});

describe("an order that waits for approval", () => {
  it("is a time-out that says what to do, and is taken up by the next run", async () => {
    stage = await Stage.start({ approval: true });
    const order = await ordered(stage.ctx);
    const error = await failure(followToVolume(stage.ctx, order, false), WaitError);
    expect(error.end).toBe("timeout");
    expect(error.message).toContain(`order ${order.uuid} waits for approval by its consumer`);
    expect(error.message).toContain("the same order is taken up, no second one is placed");
    expect(stage.told.some((line) => line.includes("waits for approval"))).toBe(true);
    const next = stage.context();
    expect((await ordered(next)).uuid).toBe(order.uuid);
    expect(stage.writes).toEqual([orderRoute]);
  });

  it("is approved where that is wanted and the token may", async () => {
    stage = await Stage.start({ approval: true });
    const volume = await followToVolume(stage.ctx, await ordered(stage.ctx), true);
    expect(stage.emulator.world.volumes.get(volume)?.name).toBe("data-x");
  });

  it("is waited for all the same where the token may not approve, with a warning", async () => {
    stage = await Stage.start();
    const ctx = stage.context({ actor: "member", timeoutMs: 60_000 });
    const order = await ordered(ctx);
    await failure(followToVolume(ctx, order, true), WaitError);
    expect(stage.warnings).toEqual([
      `order ${order.uuid} waits for approval, and this token may not give it`,
    ]);
  });

  it("that was rejected is a failure, and the next run places another", async () => {
    stage = await Stage.start({ approval: true });
    const order = await ordered(stage.ctx);
    await stage.ctx.client.send("POST", `/api/marketplace-orders/${order.uuid}/reject_by_consumer/`);
    const error = await failure(followToVolume(stage.ctx, order, false), WaitError);
    expect(error).toMatchObject({ end: "failed" });
    expect(error.message).toContain("rejected");
    expect((await ordered(stage.context())).uuid).not.toBe(order.uuid);
  });
});

describe("an order that ended erred", () => {
  it("is asked for its message once more, which comes a moment later", async () => {
    stage = await Stage.start();
    stage.emulator.faults.add({ route: orderRoute, action: { kind: "fail", message: "No valid host" } });
    const order = await ordered(stage.ctx);
    await followToVolume(stage.ctx, order, false);
    const error = await failure(followToEnd(stage.ctx, order, "order volume"), WaitError);
    expect(error.message).toContain("No valid host");
  });
});
