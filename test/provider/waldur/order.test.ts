import { afterEach, describe, expect, it } from "vitest";
import { ApiError, UserError, WaitError } from "../../../provider/core/errors";
import type { WaldurContext } from "../../../provider/waldur/object";
import {
  findEarlierOrder,
  followToEnd,
  followToVolume,
  type OrderRequest,
  placeOrder,
} from "../../../provider/waldur/order";
import { failure } from "../../support/virtualClock";
import { Stage } from "../../support/waldurStage";

let stage: Stage;
afterEach(() => stage.close());

const orderRoute = "POST /api/marketplace-orders/";

function request(more: Partial<OrderRequest> = {}): OrderRequest {
  const { project, offering } = stage.emulator.ids;
  return { project, offering, attributes: { name: "data-x", size: 10240 }, ...more };
}

/** Places an order for the resource of a context as `create` does, or takes an earlier one up. */
async function ordered(ctx: WaldurContext) {
  return (await findEarlierOrder(ctx, request())) ?? placeOrder(ctx, request());
}

describe("placing an order", () => {
  it("sends what the contract wants, with a mark that tells whose it is", async () => {
    stage = await Stage.start();
    const { ids, world } = stage.emulator;
    const limits = { cpu: 1 };
    const order = await placeOrder(stage.ctx, request({ limits }));
    const staff = [...world.users.values()].find(({ username }) => username === "owner");
    expect(stage.emulator.writes[0]?.body).toEqual({
      offering: stage.emulator.link("marketplace-public-offerings", ids.offering),
      project: stage.emulator.link("projects", ids.project),
      attributes: {
        name: "data-x",
        size: 10240,
        pulumi: {
          resource: "backups/prod/data",
          user: staff?.uuid,
          nonce: expect.stringMatching(/^[0-9a-f]{16}$/),
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
    const order = await placeOrder(stage.ctx, request());
    expect(order.uuid).toBe([...world.orders.keys()][0]);
    expect(world.orders.size).toBe(2);
  });

  it("orders again where a lost request has made nothing", async () => {
    stage = await Stage.start();
    stage.emulator.faults.add({ route: orderRoute, action: { kind: "answer", status: 502 } });
    await placeOrder(stage.ctx, request());
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
    const order = await placeOrder(stage.ctx, request());
    await followToVolume(stage.ctx, order, false);
    const error = await failure(followToEnd(stage.ctx, order, "order volume"), WaitError);
    expect(error.message).toContain("No valid host");
  });
});

describe("an order from an earlier run", () => {
  const approve = (uuid: string) =>
    stage.context().client.send("POST", `/api/marketplace-orders/${uuid}/approve_by_consumer/`, {});

  /** Places an order that waits, gives it up, and lets it be approved `lateMs` after the run had left. */
  async function leftBehind(lateMs: number, identity?: WaldurContext["identity"]): Promise<string> {
    const ctx = stage.context({ timeoutMs: 60_000, ...(identity ? { identity } : {}) });
    const order = await ordered(ctx);
    stage.clock.advance(60_000 + lateMs);
    await approve(order.uuid);
    stage.clock.advance(120_000);
    stage.emulator.world.advance();
    return order.uuid;
  }

  it("is taken where it was approved after that run had given up", async () => {
    stage = await Stage.start({ approval: true });
    const uuid = await leftBehind(5000);
    expect((await findEarlierOrder(stage.context(), request()))?.uuid).toBe(uuid);
  });

  it("is not taken, but told of, where that run still followed it", async () => {
    stage = await Stage.start({ approval: true });
    const uuid = await leftBehind(-30_000);
    expect(await findEarlierOrder(stage.context(), request())).toBeUndefined();
    expect(stage.warnings.join()).toContain(
      `(order ${uuid}) and is not in the state. A new one is ordered now`,
    );
  });

  it("is not taken where its volume is gone", async () => {
    stage = await Stage.start({ approval: true });
    const uuid = await leftBehind(5000);
    const { world } = stage.emulator;
    world.dropVolume(world.resources.get(world.orders.get(uuid)?.resourceUuid ?? "")?.volumeUuid ?? "");
    expect(await findEarlierOrder(stage.context(), request())).toBeUndefined();
    expect(stage.warnings).toEqual([]);
  });

  it("is not taken for another resource, stack or component", async () => {
    stage = await Stage.start({ approval: true });
    await leftBehind(5000);
    const mine = { project: "backups", stack: "prod", name: "data" };
    for (const identity of [
      { ...mine, name: "data2" },
      { ...mine, stack: "dev" },
      { ...mine, parents: "my:Site" },
    ]) {
      expect(await findEarlierOrder(stage.context({ identity }), request())).toBeUndefined();
    }
    expect(stage.warnings).toEqual([]);
  });

  it.each([
    [89, true],
    [91, false],
  ])("after %i days is taken: %s", async (days, taken) => {
    stage = await Stage.start({ approval: true });
    const uuid = await leftBehind(5000);
    stage.clock.advance(days * 24 * 3_600_000);
    const ctx = stage.context();
    // The server's time is known from its first answer.
    await ctx.client.me();
    expect((await findEarlierOrder(ctx, request()))?.uuid).toBe(taken ? uuid : undefined);
  });

  it("is not taken where the stack holds its volume, or holds one that is not known yet", async () => {
    stage = await Stage.start({ approval: true });
    const uuid = await leftBehind(5000);
    const { world } = stage.emulator;
    const volume = world.resources.get(world.orders.get(uuid)?.resourceUuid ?? "")?.volumeUuid ?? "";
    for (const replacing of [{ id: volume }, {}]) {
      expect(await findEarlierOrder(stage.context({ replacing }), request())).toBeUndefined();
    }
    const another = { id: stage.emulator.uuid("volumes", "data-1") };
    expect((await findEarlierOrder(stage.context({ replacing: another }), request()))?.uuid).toBe(uuid);
  });

  it("that still waits is taken while a volume is replaced, since it has made none yet", async () => {
    stage = await Stage.start({ approval: true });
    const { uuid } = await ordered(stage.ctx);
    expect((await findEarlierOrder(stage.context({ replacing: {} }), request()))?.uuid).toBe(uuid);
  });

  it("is not taken twice in one run", async () => {
    stage = await Stage.start({ approval: true });
    const first = await ordered(stage.ctx);
    expect((await ordered(stage.ctx)).uuid).not.toBe(first.uuid);
  });

  it("of another user is not taken on a guess while it waits, and left alone once it is done", async () => {
    stage = await Stage.start({ approval: true });
    const { uuid } = await ordered(stage.ctx);
    const other = () => stage.context({ actor: "admin" });
    const error = await failure(findEarlierOrder(other(), request()), UserError);
    expect(error.message).toContain(
      `order ${uuid} (pending-consumer) was placed for a resource "backups/prod/data"`,
    );
    stage.clock.advance(700_000);
    await approve(uuid);
    stage.clock.advance(120_000);
    expect(await findEarlierOrder(other(), request())).toBeUndefined();
  });
});
