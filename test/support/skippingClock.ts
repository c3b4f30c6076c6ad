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
  readonly #alarms = new Set<{ at: number; ring: () => void }>();

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
    // Who begins to sleep at the same moment wakes at the same moment.
    const until = this.#now + Math.max(0, ms);
    await this.onSleep(ms);
    this.advance(Math.max(0, until - this.#now));
    if (signal?.aborted) throw signal.reason;
  }

  /** Moves on, with the alarms that fall due. */
  advance(ms: number): void {
    this.#now += ms;
    for (const alarm of this.#alarms) {
      if (alarm.at > this.#now) continue;
      this.#alarms.delete(alarm);
      alarm.ring();
    }
  }

  alarm(ms: number, ring: () => void): () => void {
    const alarm = { at: this.#now + ms, ring };
    this.#alarms.add(alarm);
    return () => this.#alarms.delete(alarm);
  }
}
