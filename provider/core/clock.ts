import { setTimeout as delay } from "node:timers/promises";

/**
 * Time as the provider sees it. Injected everywhere, so that tests run on a virtual clock and never sleep.
 */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /**
   * Resolves after `ms` milliseconds.
   * @throws the signal's reason as soon as `signal` aborts.
   */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** A number in [0, 1), for jitter. */
  random(): number;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(ms, signal) {
    try {
      await delay(Math.max(0, ms), undefined, signal ? { signal } : {});
    } catch (error) {
      // timers/promises throws an AbortError of its own; callers want the reason that they gave.
      throw signal?.aborted ? signal.reason : error;
    }
  },
  random: () => Math.random(),
};
