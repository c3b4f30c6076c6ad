import { randomBytes } from "node:crypto";
import { ApiError, isAmbiguous, UserError, WaitError } from "../core/errors";
import { createOnce } from "../core/resource/once";
import { instantOf, isRecord } from "../core/values";
import type { Operation } from "../core/wait/experience";
import { type Verdict, waitFor } from "../core/wait/wait";
import type { WaldurContext } from "./object";
import { fromWire, orderFields, type WireOrder } from "./wire";

/** What to order. Contract, "order create". */
export interface OrderRequest {
  /** UUIDs. */
  project: string;
  offering: string;
  /** What the offering's form asks for, e.g. name and size in MiB. */
  attributes: Record<string, unknown>;
  limits?: Record<string, number> | undefined;
  /** URL of the plan. */
  plan?: string | undefined;
}

/** The key in an order's attributes that says which resource placed it; the server keeps it for life. */
const markKey = "pulumi";

interface Mark {
  /** Which resource: project, stack, the components around it, name. */
  resource: string;
  /** UUID of the user who placed it: stacks of the same name elsewhere are most often somebody else's. */
  user: string;
  nonce: string;
  /** How long the run that placed the order was going to follow it, in seconds. */
  followed: number;
}

/** Older orders than this are not taken up again. */
const memoryMs = 90 * 24 * 3600 * 1000;

const ended = new Set(["done", "erred", "canceled", "cancelled", "rejected"]);
const refused = new Set(["erred", "canceled", "cancelled", "rejected"]);

function identityOf(ctx: WaldurContext): string {
  const { project, stack, name, parents } = ctx.identity;
  return [project, stack, parents, name].filter(Boolean).join("/");
}

function markOf(order: WireOrder): Partial<Mark> {
  const mark = order.attributes?.[markKey];
  return isRecord(mark) ? (mark as Partial<Mark>) : {};
}

/** Places the order, exactly once: the nonce in its attributes tells it from every other. */
export async function placeOrder(ctx: WaldurContext, request: OrderRequest): Promise<WireOrder> {
  const { client } = ctx;
  const nonce = randomBytes(8).toString("hex");
  const user = await client.me();
  const mark: Mark = { resource: identityOf(ctx), user, nonce, followed: Math.ceil(ctx.timeoutMs / 1000) };
  const body = {
    offering: client.url("marketplace-public-offerings", request.offering),
    project: client.url("projects", request.project),
    attributes: { ...request.attributes, [markKey]: mark },
    limits: request.limits ?? {},
    ...(request.plan ? { plan: request.plan } : {}),
  };
  return createOnce<WireOrder>({
    what: `order of volume "${request.attributes.name}"`,
    clock: ctx.clock,
    signal: ctx.signal,
    timeoutMs: ctx.timeoutMs,
    attempt: async () => {
      const answer = await client.send("POST", client.path("marketplace-orders"), body, ctx.signal);
      return fromWire(orderFields, answer.body);
    },
    find: async (since) => {
      const orders = await ordersSince(ctx, request, since + client.http.serverClock.aheadMs - 60_000);
      return orders.filter((order) => markOf(order).nonce === nonce);
    },
    idOf: ({ uuid }) => uuid,
    claimed: ctx.client.claimed,
    describe: (order) => `order ${order.uuid}`,
  });
}

/**
 * An order that an earlier run placed for this resource and had to leave before its volume was known: one that
 * still waits, or one that was approved only after that run had given up.
 */
export async function findEarlierOrder(
  ctx: WaldurContext,
  request: OrderRequest,
): Promise<WireOrder | undefined> {
  const orders = await ordersSince(ctx, request, ctx.client.http.serverClock.now() - memoryMs);
  const ours = orders.filter(
    (order) => order.type === "Create" && markOf(order).resource === identityOf(ctx),
  );
  const free = ours.filter((order) => !isHeld(ctx, order) && !ctx.client.claimed.has(order.uuid));
  const waiting = free.find(({ state }) => !ended.has(state ?? ""));
  if (waiting) return takenUp(ctx, waiting);
  const user = await ctx.client.me();
  for (const order of free) {
    if (order.state !== "done" || !order.resourceUuid || markOf(order).user !== user) continue;
    const volume = await ctx.client.get("openstack-volumes", order.resourceUuid, ["uuid"], ctx.signal);
    if (volume === undefined) continue;
    if (wasLeftWaiting(order)) return order;
    ctx.warn(
      `volume ${order.resourceUuid} was made for this resource by an earlier run (order ${order.uuid}) and is not in ` +
        "the state. A new one is ordered now; import the old one, or terminate it if it is not wanted.",
    );
  }
  return undefined;
}

/** What the stack holds is not to be taken up; nor, while it is not known which that is, anything that is there. */
function isHeld({ replacing }: WaldurContext, { resourceUuid }: WireOrder): boolean {
  if (!replacing || !resourceUuid) return false;
  return replacing.id === undefined || replacing.id === resourceUuid;
}

/** An order that somebody else placed may belong to another stack of the same name: that is not for a guess. */
async function takenUp(ctx: WaldurContext, order: WireOrder): Promise<WireOrder> {
  if (markOf(order).user === (await ctx.client.me())) return order;
  throw new UserError(
    `order ${order.uuid} (${order.state}) was placed for a resource "${identityOf(ctx)}" by another user. If it is ` +
      "this one, go on with that user's token, or have the order rejected; if it belongs to another stack of the " +
      "same name, give this project, stack or resource another name.",
  );
}

/** A run that still followed the order when it went on has recorded the volume; one that had left has not. */
function wasLeftWaiting(order: WireOrder): boolean {
  const { followed } = markOf(order);
  const placed = instantOf(order.created ?? "");
  const approved = instantOf(order.consumerReviewedAt ?? "");
  if (placed === undefined || approved === undefined || typeof followed !== "number") return false;
  return approved > placed + followed * 1000;
}

async function ordersSince(
  ctx: WaldurContext,
  { project, offering }: OrderRequest,
  since: number,
): Promise<WireOrder[]> {
  const query = {
    project_uuid: project,
    offering_uuid: offering,
    created: new Date(since).toISOString(),
    o: "-created",
    field: ["uuid", "type", "state", "attributes", "created", "resource_uuid", "consumer_reviewed_at"],
  };
  return ctx.client.all("marketplace-orders", orderFields, query, ctx.signal);
}

/** Follows an order until its volume is known. @returns the volume's uuid */
export async function followToVolume(
  ctx: WaldurContext,
  order: WireOrder,
  approve: boolean,
): Promise<string> {
  if (order.resourceUuid) return order.resourceUuid;
  if (approve && order.state === "pending-consumer") await approveOrder(ctx, order.uuid);
  const seen = await follow(ctx, order, (now) => (now?.resourceUuid ? "done" : undefined));
  return seen?.resourceUuid ?? "";
}

/** Follows an order to its end. */
export async function followToEnd(
  ctx: WaldurContext,
  order: Pick<WireOrder, "uuid">,
  operation: string,
): Promise<void> {
  await follow(
    ctx,
    order,
    (now) => (now?.state === "done" ? "done" : undefined),
    ctx.client.experience.of(operation),
  );
}

type Brief = Pick<WireOrder, "state" | "errorMessage" | "resourceUuid">;

async function follow(
  ctx: WaldurContext,
  order: Pick<WireOrder, "uuid">,
  reached: (now: Brief | undefined) => "done" | undefined,
  operation?: Operation,
): Promise<Brief | undefined> {
  const watch = ctx.client.orders.watch(order.uuid);
  let pollsAfterRefusal = 0;
  const classify = (now: Brief | undefined): Verdict => {
    if (now === undefined) return { is: "failed", state: "gone", reason: "the order is not there any more" };
    const state = now.state ?? "unknown";
    if (reached(now)) return { is: "done", state };
    if (!refused.has(state)) return { is: "pending", state: inWords(state, order.uuid) };
    // The message comes a moment after the state (contract, "order erred").
    const wait = state === "erred" && !now.errorMessage && pollsAfterRefusal++ < 2;
    return { is: wait ? "pending" : "failed", state, reason: now.errorMessage };
  };
  try {
    const { value } = await waitFor<Brief>({
      what: `order ${order.uuid}`,
      observer: watch,
      classify,
      clock: ctx.clock,
      signal: ctx.signal,
      timeoutMs: ctx.timeoutMs,
      operation,
      notFoundGraceMs: 15_000,
      progress: (message) => ctx.progress(message),
    });
    return value;
  } catch (error) {
    throw error instanceof WaitError && error.history.at(-1)?.state.startsWith("pending")
      ? advise(error)
      : error;
  } finally {
    watch.close();
  }
}

function inWords(state: string, uuid: string): string {
  if (state === "pending-consumer")
    return `pending-consumer: order ${uuid} waits for approval by its consumer`;
  if (state === "pending-provider")
    return `pending-provider: order ${uuid} waits for approval by the provider`;
  return state;
}

function advise(error: WaitError): WaitError {
  const advice =
    'Have it approved and run "pulumi up" again: the same order is taken up, no second one is placed.';
  return new WaitError(error.end, `${error.message}. ${advice}`, error.history, error);
}

/** Approves; a token that may not is told so, and somebody else has to. */
async function approveOrder(ctx: WaldurContext, uuid: string): Promise<void> {
  const path = ctx.client.path("marketplace-orders", uuid, "approve_by_consumer");
  try {
    await ctx.client.send("POST", path, {}, ctx.signal);
  } catch (error) {
    // Whoever follows the order sees whether a lost answer was a yes; 409 says that somebody was quicker.
    if (isAmbiguous(error)) return;
    if (!(error instanceof ApiError) || ![403, 409].includes(error.status)) throw error;
    if (error.status === 403) ctx.warn(`order ${uuid} waits for approval, and this token may not give it`);
  }
}
