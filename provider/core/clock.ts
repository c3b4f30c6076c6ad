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
  /** Calls `ring` once `ms` milliseconds have passed; keeps nobody waiting for it. @returns what takes it back */
  alarm(ms: number, ring: () => void): () => void;
  /** A number in [0, 1), for jitter. */
  random(): number;
}

/** Node's timers go off at once where they are to wait longer than this. */
const longestTimerMs = 2 ** 31 - 1;

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(ms, signal) {
    try {
      for (let left = Math.max(0, ms); ; left -= longestTimerMs) {
        await delay(Math.min(left, longestTimerMs), undefined, signal ? { signal } : {});
        if (left <= longestTimerMs) return;
      }
    } catch (error) {
      // timers/promises throws an AbortError of its own; callers want the reason that they gave.
      throw signal?.aborted ? signal.reason : error;
    }
  },
  alarm(ms, ring) {
    const at = Date.now() + ms;
    let timer: NodeJS.Timeout;
    const wind = () => {
      const left = at - Date.now();
      timer = setTimeout(left > longestTimerMs ? wind : ring, Math.min(Math.max(0, left), longestTimerMs));
      timer.unref();
    };
    wind();
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};
