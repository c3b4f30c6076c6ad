import { type Creation, loneCreation } from "../../core/resource/creation";
import { type Created, createOnce } from "../../core/resource/once/create";
import { unseen } from "../notFound";
import type { WaldurContext } from "../object";
import { fromWire, orderFields, type WireOrder } from "../wire";
import { earlierOrders, orders } from "./earlier";
import { markAttribute, markOf } from "./mark";
import type { OrderRequest } from "./request";

/** How much longer than since the request an order may seem to be there. */
const toleranceMs = 10 * 60_000;

/**
 * Places the order, exactly once: the nonce in its attributes tells it from every other. One that an earlier run had
 * to leave, or was killed over, is taken up instead.
 */
export function placeOrder(
  ctx: WaldurContext,
  request: OrderRequest,
  creation: Creation = ctx.creation ?? loneCreation(ctx.identity, "waldur:Volume"),
): Promise<Created<WireOrder>> {
  const { client, clock } = ctx;
  const { nonce } = creation.mark;
  const since = clock.now();
  const body = {
    offering: client.url("marketplace-public-offerings", request.offering),
    project: client.url("projects", request.project),
    attributes: { ...request.attributes, ...markAttribute(creation.mark, ctx.timeoutMs) },
    limits: request.limits ?? {},
    ...(request.plan ? { plan: request.plan } : {}),
  };
  return createOnce<WireOrder>(ctx, {
    what: `order of volume "${request.attributes.name}"`,
    creation,
    send: async () => {
      try {
        return (await client.send("POST", client.path("marketplace-orders"), body, ctx.signal)).body;
      } catch (error) {
        const { project, offering, plan } = request;
        throw unseen(error, { projectId: project, offeringId: offering, planId: plan });
      }
    },
    read: (answer) => fromWire(orderFields, answer),
    idOf: ({ uuid }) => uuid,
    async find() {
      const rows = await orders(ctx, request, clock.now() - since + toleranceMs);
      return { ours: rows.filter((order) => markOf(order)?.nonce === nonce), maybe: [] };
    },
    left: (again) => earlierOrders(ctx, creation, request, again),
    describe: (order) => `order ${order.uuid}`,
    claimed: client.claimed,
    now: () => client.now(),
  });
}
