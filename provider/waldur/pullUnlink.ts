import { ApiError, messageOf } from "../core/errors";
import type { Subject } from "../core/resource/object";
import { actOn, type WaldurContext, type WaldurKind, waldurObjects } from "./object";

/**
 * Asks the server to synchronise an object with OpenStack, and waits for the end of that. Answers of 200, 202
 * and 204 are all success (API pages, `pull`). On servers of 2024 the pull of a snapshot always ends ERRED
 * (contract, "pull").
 *
 * @throws ApiError 409 unless the object is OK or ERRED, 400 where it has no id in OpenStack
 */
export async function pull(ctx: WaldurContext, on: Subject<WaldurKind>): Promise<void> {
  await waldurObjects.settled(ctx, on);
  await actOn(ctx, on, { method: "POST", action: "pull" }, (now) => {
    return now === undefined || !waldurObjects.isSettled(on.kind, now);
  });
  await waldurObjects.settled(ctx, on);
}

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
