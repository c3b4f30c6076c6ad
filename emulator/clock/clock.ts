/**
 * Time as the emulator sees it, in milliseconds since the epoch. The world moves on lazily: each request first
 * runs whatever fell due since the last one, so a test that owns the clock never has to wait.
 */
export interface Clock {
  /** Milliseconds since the epoch; drives every countdown and the `Date` header. */
  now(): number;
  /** Resolves after `ms` milliseconds of this clock; only delaying faults use it. */
  sleep(ms: number): Promise<void>;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/**
 * The machine's clock, put ahead: it goes on by itself, and a test can make it jump. A provider that runs on the
 * machine's own clock believes neither of the two about the end of a retention: move its clock too.
 */
export class ShiftedClock implements Clock {
  #ahead: number;

  /** @param ahead how far it is ahead of the machine's, in milliseconds; below zero: behind */
  constructor(ahead = 0) {
    this.#ahead = ahead;
  }

  now(): number {
    return Date.now() + this.#ahead;
  }

  sleep(ms: number): Promise<void> {
    return systemClock.sleep(ms);
  }

  /** Jumps on by `ms` milliseconds. */
  advance(ms: number): void {
    this.#ahead += ms;
  }
}

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  #now: number;
  #sleepers: { at: number; wake: () => void }[] = [];

  /** @param start milliseconds since the epoch */
  constructor(start: number = Date.UTC(2026, 0, 1)) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number): Promise<void> {
    return new Promise((wake) => {
      this.#sleepers.push({ at: this.#now + ms, wake });
    });
  }

  /** Moves on by `ms` milliseconds. */
  advance(ms: number): void {
    this.set(this.#now + ms);
  }

  /** Moves on by `s` seconds. */
  advanceSeconds(s: number): void {
    this.advance(s * 1000);
  }

  /** Moves to `time` (milliseconds since the epoch) and wakes who slept until then. Never moves back. */
  set(time: number): void {
    this.#now = Math.max(this.#now, time);
    const due = this.#sleepers.filter((sleeper) => sleeper.at <= this.#now);
    this.#sleepers = this.#sleepers.filter((sleeper) => sleeper.at > this.#now);
    for (const sleeper of due) sleeper.wake();
  }
}
