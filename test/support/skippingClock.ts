import type { Clock } from "../../provider/core/clock";
import { someDay } from "./virtualClock";

/** A clock whose sleeps are over at once, and move it on: for work that waits for real sockets in between. */
export class SkippingClock implements Clock {
  readonly start: number;
  readonly random: () => number;
  /** Every pause that was asked for, in milliseconds. */
  readonly pauses: number[] = [];
  /** Called for every pause, before it is over. */
  onSleep: (ms: number) => void | Promise<void> = () => undefined;
  #now: number;

  constructor(random: () => number = () => 0.5, start = someDay) {
    this.random = random;
    this.start = start;
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) throw signal.reason;
    this.pauses.push(ms);
    await this.onSleep(ms);
    this.#now += Math.max(0, ms);
    if (signal?.aborted) throw signal.reason;
  }
}
