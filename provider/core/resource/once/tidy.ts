import { ApiError, messageOf } from "../../errors";
import { begunFor } from "../leftover";
import { patiently } from "../object";
import { longestPauseMs, type OnceContext, type OnceOptions, unclaimed } from "./options";

/** So often a removal is refused until it is left to a person. */
const mostRefusals = 4;

/** What there may be of a resource beside its object. */
export interface Beside<T> {
  kept: T;
  /** What is known of that by now. */
  extras: readonly T[];
  /** Until when a request may be carried out late that was repeated, in ms since the epoch; absent: there was none. */
  lateUntil: number | undefined;
  /** Whether killed runs have sent such requests too, which may have asked for something else. */
  others: boolean;
  /** The end of the create's own time, in the same time. */
  deadline: number;
}

/** Removes what was made of a resource beside its object, by requests that had to be repeated and by killed runs. */
export async function tidy<T>(
  ctx: OnceContext,
  options: OnceOptions<T>,
  { kept, extras, lateUntil, others, deadline }: Beside<T>,
  remove: (extra: T) => Promise<void>,
): Promise<void> {
  const { clock, signal } = ctx;
  const { what, describe, find, idOf } = options;
  const removeAll = async (all: readonly T[]) => {
    for (const extra of all) await removeOne(ctx, options, kept, extra, remove);
  };
  await removeAll(extras);
  if (lateUntil === undefined) return;
  try {
    await clock.sleep(Math.max(0, Math.min(lateUntil, deadline) - clock.now()), signal);
    const { ours, maybe } = unclaimed(options, await answered(ctx, deadline, find));
    await removeAll(ours.filter((extra) => idOf(extra) !== idOf(kept)));
    for (const extra of maybe) ctx.warn(`${what} may have been created twice: ${describe(extra)}`);
    const { left } = options;
    if (!others || left === undefined) return;
    const rows = await answered(ctx, deadline, () => left(true, new Set(), []));
    const begun = (await begunFor(options, rows)).filter((extra) => idOf(extra) !== idOf(kept));
    const known = new Set(ours.map(idOf));
    await removeAll(begun.filter((extra) => !known.has(idOf(extra))));
  } catch (error) {
    ctx.warn(`${what} may have been created twice, which could not be looked up: ${messageOf(error)}`);
    if (signal?.aborted) throw error;
  }
}

/** Asks until there is an answer, or the time is over. Whatever else comes, be it a 403, tells nothing. */
async function answered<T>(
  { clock, signal }: OnceContext,
  deadline: number,
  ask: () => Promise<T>,
): Promise<T> {
  for (let failed = 1; ; failed++) {
    try {
      return await ask();
    } catch (error) {
      if (signal?.aborted || clock.now() >= deadline) throw error;
      await clock.sleep(Math.min(longestPauseMs, 1000 * 2 ** failed), signal);
    }
  }
}

/** Tries again what is refused: what was made a moment ago may be busy without showing it, and a gateway may err. */
async function persistently({ clock, signal }: OnceContext, remove: () => Promise<void>): Promise<void> {
  for (let refused = 1; ; refused++) {
    try {
      return await remove();
    } catch (error) {
      if (!(error instanceof ApiError) || refused >= mostRefusals) throw error;
      await clock.sleep(1000 * 2 ** refused, signal);
    }
  }
}

async function removeOne<T>(
  ctx: OnceContext,
  { what, describe }: OnceOptions<T>,
  kept: T,
  extra: T,
  remove: (extra: T) => Promise<void>,
): Promise<void> {
  try {
    await persistently(ctx, () => patiently(ctx, () => remove(extra)));
  } catch (error) {
    if (ctx.signal?.aborted) throw error;
    ctx.warn(
      `${what} was created twice: ${describe(kept)} is kept, ${describe(extra)} is not in the state and could not be ` +
        `removed: ${messageOf(error)}`,
    );
  }
}
