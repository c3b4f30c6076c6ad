import { ApiError, messageOf } from "../core/errors";
import type { Subject } from "../core/resource/object";
import { actOn, pull, type WaldurContext, type WaldurKind } from "./object";

/** Pulls for a refresh: a server that refuses is no reason not to show what it has. */
export async function pullOrWarn(ctx: WaldurContext, on: Subject<WaldurKind>): Promise<void> {
  try {
    await pull(ctx, on);
  } catch (error) {
    if (!(error instanceof ApiError) || ![400, 404, 409].includes(error.status)) throw error;
    ctx.warn(`${on.what} was not synchronised with OpenStack: ${messageOf(error)}`);
  }
}

/**
 * Makes Waldur forget an object, whatever its state; the one in OpenStack stays. Unlinking a volume makes it
 * forget the volume's snapshots too. For staff only (contract, "unlink").
 *
 * @throws ApiError 403 for others than staff
 */
export function unlink(ctx: WaldurContext, on: Subject<WaldurKind>): Promise<void> {
  return actOn(ctx, on, { method: "POST", action: "unlink" }, (now) => now === undefined);
}
