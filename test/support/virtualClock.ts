import type { Clock } from "../../provider/core/clock";

/** A moment far from every boundary of the calendar. */
export const someDay = Date.UTC(2026, 10, 21, 8, 0, 0);

interface Timer {
  at: number;
  wake: () => void;
}

/** So many sleeps of one wait are a loop without an end; half an hour of polls takes 145. */
const mostJumps = 20_000;

/** A clock that stands still while anything can run, and then jumps to the next timer. */
export class VirtualClock implements Clock {
  readonly start: number;
  readonly random: () => number;
  /** Resolves once everything that can go on has gone on: promises, unless something else is at work too. */
  settle: () => Promise<void> = settled;
  #now: number;
  #timers: Timer[] = [];

  /**
   * @param random what jitter comes from; the middle of every slot by default
   * @param start milliseconds since the epoch; its beginning by default, where fractions are exact
   */
  constructor(random: () => number = () => 0.5, start = 0) {
    this.random = random;
    this.start = start;
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  /** Milliseconds since the clock was made. */
  get elapsed(): number {
    return this.#now - this.start;
  }

  /** How many sleep: 0 when whatever was tested has ended for good. */
  get sleepers(): number {
    return this.#timers.length;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const timer = this.#add(ms, () => {
        signal?.removeEventListener("abort", drop);
        resolve();
      });
      const drop = () => {
        this.#drop(timer);
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", drop, { once: true });
    });
  }

  alarm(ms: number, ring: () => void): () => void {
    const timer = this.#add(ms, ring);
    return () => this.#drop(timer);
  }

  /** Lets time pass until `promise` has settled. @throws where it never will */
  async run<T>(promise: Promise<T>): Promise<T> {
    let over = false;
    const end = () => {
      over = true;
    };
    promise.then(end, end);
    for (let jumps = 0; jumps < mostJumps; jumps++) {
      await this.settle();
      if (over) return promise;
      if (!this.#jump(Number.POSITIVE_INFINITY))
        throw new Error("nothing sleeps, and still it has not ended");
    }
    throw new Error(`it has not ended after ${mostJumps} sleeps`);
  }

  /** Lets `ms` milliseconds pass, with all that falls due in them. */
  async pass(ms: number): Promise<void> {
    const until = this.#now + ms;
    do await this.settle();
    while (this.#jump(until));
    this.#now = until;
  }

  #add(ms: number, wake: () => void): Timer {
    const timer = { at: this.#now + Math.max(0, ms), wake };
    // After those of the same moment, so that who slept first wakes first.
    const later = this.#timers.findIndex(({ at }) => at > timer.at);
    this.#timers.splice(later < 0 ? this.#timers.length : later, 0, timer);
    return timer;
  }

  #drop(timer: Timer): void {
    this.#timers = this.#timers.filter((other) => other !== timer);
  }

  /** Wakes the next sleeper, if it is due by `until`. */
  #jump(until: number): boolean {
    const [next] = this.#timers;
    if (next === undefined || next.at > until) return false;
    this.#timers.shift();
    this.#now = Math.max(this.#now, next.at);
    next.wake();
    return true;
  }
}

/** Resolves once every promise that can go on has gone on. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** A source of jitter that gives the same numbers for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The error that `promise` ends with. @throws where it does not fail with one of `type` */
export async function failure<E extends Error>(
  promise: Promise<unknown>,
  // biome-ignore lint/suspicious/noExplicitAny: constructors of errors take all sorts of arguments
  type: new (...args: any[]) => E,
): Promise<E> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if (!("error" in outcome)) throw new Error(`did not fail, but gave ${JSON.stringify(outcome.value)}`);
  if (!(outcome.error instanceof type)) throw outcome.error;
  return outcome.error;
}
