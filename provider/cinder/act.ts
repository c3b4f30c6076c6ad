import { ApiError, isAmbiguous, isTransient } from "../core/errors";
import { isNotFound, type Kind } from "./client";
import { isSettled } from "./statuses";
import { type CinderContext, fetch, type Subject, type Wire, waitSettled } from "./waits";

/** One write on an object that exists. */
export interface Action<K extends Kind> {
  on: Subject<K>;
  send: () => Promise<unknown>;
  /** Whether the object shows that the write was carried out; asked after a lost answer. */
  happened: (now: Wire[K] | undefined) => boolean;
}

const attempts = 4;
const pauseMs = 1000;

/**
 * Sends a write that the service may refuse because the object is busy, or whose answer may be lost: the busy
 * object is waited for, and after a lost answer the object tells whether anything is left to do.
 */
export async function act<K extends Kind>(
  ctx: CinderContext,
  { on, send, happened }: Action<K>,
): Promise<void> {
  for (let count = 1; ; count++) {
    try {
      await send();
      return;
    } catch (error) {
      if (isNotFound(error, on.id) && happened(undefined)) return;
      if (count >= attempts) throw error;
      if (isAmbiguous(error)) {
        await ctx.clock.sleep(pauseMs, ctx.signal);
        if (happened(await patiently(ctx, () => fetch(ctx, on)))) return;
      } else if (isRefusal(error)) {
        const now = await fetch(ctx, on);
        // A refusal of an object that rests is meant; of a busy one it passes.
        if (now === undefined || isSettled(on.kind, now.status)) throw error;
        await waitSettled(ctx, on);
      } else {
        throw error;
      }
    }
  }
}

/** Cinder refuses what does not fit the status with 400, and with 409 where two requests met. */
export function isRefusal(error: unknown): error is ApiError {
  return error instanceof ApiError && (error.status === 400 || error.status === 409);
}

/** Reads again and again while the service stays away, up to the operation's time limit. */
async function patiently<T>(ctx: CinderContext, read: () => Promise<T>): Promise<T> {
  const deadline = ctx.clock.now() + ctx.timeoutMs;
  for (;;) {
    try {
      return await read();
    } catch (error) {
      if (!isTransient(error) || ctx.clock.now() >= deadline) throw error;
      await ctx.clock.sleep(pauseMs * 5, ctx.signal);
    }
  }
}
