import { describe, expect, it } from "vitest";
import { routes, scenario, volume } from "./support/scenario";

const limit = { customTimeouts: { create: "5s" } };

describe("an order that waits for its consumer", () => {
  it("says so, is found again by the next up, and is followed once it is approved", () =>
    scenario({ as: "member" }, async ({ waldur, stack, sent }) => {
      stack.declare([{ ...volume(waldur, { name: "wanted" }), opts: limit }]);
      const text = await stack.upFails();
      expect(text).toMatch(/pending-consumer: order [0-9a-f]{32} waits for approval by its consumer/);
      expect(text).toContain("the same order is taken up, no second one is placed");
      expect(stack.resources()).toEqual({});

      // Still nobody has approved it.
      await stack.upFails();
      expect(sent(routes.order)).toHaveLength(1);

      const [order] = [...waldur.world.orders.values()].filter(({ state }) => state === "pending-consumer");
      const answer = await fetch(`${waldur.url}/api/marketplace-orders/${order?.uuid}/approve_by_consumer/`, {
        method: "POST",
        headers: { authorization: `Token ${waldur.tokens.owner}` },
      });
      expect(answer.status).toBe(200);
      // It is done before anybody looks again.
      const volumes = () => {
        waldur.world.advance();
        return waldur.world.volumesNamed("wanted");
      };
      await expect.poll(() => volumes()[0]?.state, { timeout: 5000 }).toBe("OK");
      const { outputs } = await stack.up();
      expect(sent(routes.order)).toHaveLength(1);
      expect(volumes()).toHaveLength(1);
      expect(outputs.data).toMatchObject({ id: volumes()[0]?.uuid, state: "OK" });

      // A later replacement takes nothing that the stack holds already.
      stack.declare([
        { ...volume(waldur, { name: "wanted", imageId: waldur.ids.images["debian-12"] }), opts: limit },
      ]);
      await stack.upFails();
      expect(sent(routes.order)).toHaveLength(2);
    }));

  it("is approved by the provider where that is asked for and allowed", () =>
    scenario({ approval: true }, async ({ waldur, stack, sent }) => {
      stack.declare([volume(waldur, { approve: true })]);
      expect((await stack.up()).outputs.data).toMatchObject({ state: "OK" });
      expect(sent("POST /api/marketplace-orders/{uuid}/approve_by_consumer/")).toHaveLength(1);
    }));

  it("is waited for, with a word about it, where the token may not approve", () =>
    scenario({ as: "member" }, async ({ waldur, stack }) => {
      stack.declare([{ ...volume(waldur, { approve: true }), opts: limit }]);
      expect(await stack.upFails()).toContain("this token may not give it");
    }));

  it("and is rejected, is an error", () =>
    scenario({ as: "member" }, async ({ waldur, stack, sent }) => {
      stack.declare([{ ...volume(waldur), opts: limit }]);
      await stack.upFails();
      const [order] = [...waldur.world.orders.values()].filter(({ state }) => state === "pending-consumer");
      if (!order) throw new Error("there is no order");
      await fetch(`${waldur.url}/api/marketplace-orders/${order.uuid}/reject_by_consumer/`, {
        method: "POST",
        headers: { authorization: `Token ${waldur.tokens.owner}` },
      });
      // A rejected order is over; the next up places a new one.
      await stack.upFails();
      expect(sent(routes.order)).toHaveLength(2);
    }));
});

it("an order that the server refuses says the server's words", () =>
  scenario({}, async ({ waldur, stack }) => {
    stack.declare([volume(waldur, { size: 1024 * 1024 * 100 })]);
    expect(await stack.upFails()).toContain("One or more quotas were exceeded: volumes_size quota limit");
    expect(stack.resources()).toEqual({});
  }));
