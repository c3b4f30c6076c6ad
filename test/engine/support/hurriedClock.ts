import { type Clock, systemClock } from "../../../provider/core/clock";

/** A clock that the provider and its server share, and that can be put ahead. */
export interface Movable {
  now(): number;
  advance(ms: number): void;
}

/** Longer pauses are passed over. */
const longestMs = 3000;
/** So much of each is still waited for, while other requests finish. */
const leftMs = 100;

/**
 * The clock of a provider that passes its long pauses over: it puts the clock ahead that it shares with its server. Who
 * begins to sleep at the same moment wakes at the same moment.
 */
export function hurriedClock(shared: Movable): Clock {
  return {
    ...systemClock,
    now: () => shared.now(),
    async sleep(ms, signal) {
      if (ms <= longestMs) return systemClock.sleep(ms, signal);
      const until = shared.now() + ms;
      await systemClock.sleep(leftMs, signal);
      shared.advance(Math.max(0, until - shared.now()));
    },
  };
}
