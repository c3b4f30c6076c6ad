import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { lock } from "proper-lockfile";
import { elapsed } from "./progress";
import type { Context } from "./types";

// The holder renews its lock all the while, so one that is older than this belongs to a dead process.
const STALE_MS = 20_000;
const RENEW_MS = 4_000;
const POLL_MS = 1_000;
const REMIND_EVERY_POLLS = 15;

/** Name of the lock in the cache folder. Its modification time is when the holder was last seen alive. */
export const LOCK_NAME = "lock";

/**
 * Does some work while no other process does the same in this cache folder. Waits for the other one
 * and says so; takes over from one that died.
 *
 * @param interrupted Ends the waiting when it aborts.
 * @param work Gets a signal that aborts on interruption, or when the lock is lost (as after a long suspension).
 * @throws Error if the cache folder cannot be written to or the waiting was interrupted, and whatever
 *   the work throws.
 */
export async function withLock<T>(
  context: Context,
  interrupted: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { cacheDir } = context;
  await mkdir(cacheDir, { recursive: true });
  const lost = new AbortController();
  const release = await acquire(context, interrupted, () =>
    lost.abort(new Error(`another process took over the lock in ${cacheDir}`)),
  );
  try {
    return await work(AbortSignal.any([interrupted, lost.signal]));
  } finally {
    if (!lost.signal.aborted) await release();
  }
}

async function acquire(
  context: Context,
  interrupted: AbortSignal,
  onLost: () => void,
): Promise<() => Promise<void>> {
  const { cacheDir, log, sleep } = context;
  for (let polls = 0; ; polls++) {
    try {
      return await lock(cacheDir, {
        lockfilePath: join(cacheDir, LOCK_NAME),
        stale: STALE_MS,
        update: RENEW_MS,
        onCompromised: onLost,
      });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ELOCKED") throw error;
    }
    if (polls === 0) log(`Another process is setting things up in ${cacheDir}. Waiting for it.`);
    else if (polls % REMIND_EVERY_POLLS === 0) log(`  still waiting, ${elapsed(polls * POLL_MS)}`);
    await sleep(POLL_MS);
    interrupted.throwIfAborted();
  }
}
