import { ApiError, isAmbiguous, WaitError } from "../../core/errors";
import type { Operation } from "../../core/wait/experience";
import { type Verdict, waitFor } from "../../core/wait/wait";
import type { WaldurContext } from "../object";
import type { WireOrder } from "../wire";

const refused = new Set(["erred", "canceled", "cancelled", "rejected"]);

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
    if (now === undefined) return { is: "failed", state: "gone", reason: "the order no longer exists" };
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
