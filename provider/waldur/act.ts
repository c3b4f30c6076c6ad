import { ApiError, isAmbiguous, isTransient, UserError } from "../core/errors";
import { isSettled } from "./states";
import { fetch, type Subject, type WaldurContext, waitSettled } from "./waits";
import type { WireSnapshot, WireVolume } from "./wire";

/** One write on an object that exists. */
export interface Action {
  on: Subject;
  send: () => Promise<unknown>;
  /** Whether the object shows that the write was carried out; asked after a lost answer. */
  happened: (now: WireSnapshot | WireVolume | undefined) => boolean;
}

const attempts = 4;
const pauseMs = 1000;

/**
 * Sends a write that the server may refuse because the object is busy, or whose answer may be lost: the busy
 * object is waited for, and after a lost answer the object tells whether anything is left to do.
 */
export async function act(ctx: WaldurContext, { on, send, happened }: Action): Promise<void> {
  for (let count = 1; ; count++) {
    try {
      await send();
      return;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404 && error.json && happened(undefined)) return;
      if (count >= attempts) throw error;
      if (isAmbiguous(error)) {
        await ctx.clock.sleep(pauseMs, ctx.signal);
        if (happened(await patiently(ctx, () => fetch(ctx, on)))) return;
      } else if (error instanceof ApiError && error.status === 409) {
        const now = await fetch(ctx, on);
        // A refusal of a settled object is meant; of a busy one it passes.
        if (now === undefined || isSettled(now.state)) throw error;
        await waitSettled(ctx, on);
      } else {
        throw error;
      }
    }
  }
}

/** Reads again and again while the server stays away, up to the operation's time limit. */
export async function patiently<T>(ctx: WaldurContext, read: () => Promise<T>): Promise<T> {
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

/**
 * Makes sure that "not found" means "gone": Waldur answers 404 also for what the token may not see.
 *
 * @throws UserError where the project of the object cannot be seen either
 */
export async function confirmGone(
  ctx: WaldurContext,
  what: string,
  projectUuid: string | undefined,
): Promise<void> {
  if (projectUuid === undefined || (await ctx.client.sees(projectUuid))) return;
  throw new UserError(
    `${what} is not found, but neither is its project ${projectUuid}: the access token may have lost its role ` +
      "there, so this is not taken as deleted. Give the token access again; if the project is really gone, " +
      'take the resource out of the state with "pulumi state delete".',
  );
}
