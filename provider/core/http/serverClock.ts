import type { Clock } from "../clock";

/** So many answers are remembered: enough for a majority, few enough to follow a clock that is set right. */
const remembered = 9;
/** An answer that is this far from the others tells a wrong time, in milliseconds. */
const farMs = 5 * 60_000;
/** RFC 9110, 5.6.7. `Date.parse` alone takes far more for a date, e.g. `0`. */
const httpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** The resolution of a Date header, in milliseconds. */
export const dateResolutionMs = 1000;

/**
 * The clock of a server, as its answers tell it. One answer can be wrong: a proxy that answers itself, one machine of
 * many whose clock is off. So the median of the last answers counts.
 */
export class ServerClock {
  readonly #clock: Clock;
  /** Server time minus local time by answer, in milliseconds, the last one last. */
  #offsets: number[] = [];
  #toldOfStray = false;

  /** @param clock the local one, from which the server's is reckoned */
  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes the time from an answer's headers, if they have it. */
  noteHeaders({ date, age }: Record<string, string | string[] | undefined>): void {
    // An answer out of a cache has the time at which it was put there.
    if (typeof date !== "string" || !httpDate.test(date) || (age !== undefined && age !== "0")) return;
    this.note(Date.parse(date));
  }

  /** Takes what the server says its time is. @param at ms since the epoch; NaN is no time */
  note(at: number): void {
    if (Number.isNaN(at)) return;
    this.#offsets = [...this.#offsets, at - this.#clock.now()].slice(-remembered);
  }

  /** Whether the server has told its time. */
  get known(): boolean {
    return this.#offsets.length > 0;
  }

  /** Server time minus local time in milliseconds; 0 before the first answer. Of an even number the earlier counts. */
  get aheadMs(): number {
    const sorted = [...this.#offsets].sort((one, other) => one - other);
    return sorted[Math.ceil(sorted.length / 2) - 1] ?? 0;
  }

  /** The server's present time, in milliseconds since the epoch, as well as it is known. */
  now(): number {
    return this.#clock.now() + this.aheadMs;
  }

  /**
   * What the last answer says, in milliseconds since the epoch, where that is far from what all say. Either it is
   * wrong, or the clock here was set since the others came.
   */
  dissent(): number | undefined {
    const last = this.#offsets.at(-1);
    return last !== undefined && this.#isFar(last) ? this.#clock.now() + last : undefined;
  }

  /** The time of an answer that was ignored, in milliseconds since the epoch; given once for a server. */
  takeStray(): number | undefined {
    const stray = this.#offsets.find((offset) => this.#isFar(offset));
    if (stray === undefined || this.#toldOfStray) return undefined;
    this.#toldOfStray = true;
    return this.#clock.now() + stray;
  }

  #isFar(offset: number): boolean {
    return Math.abs(offset - this.aheadMs) > farMs;
  }
}
