interface Event {
  /** Milliseconds since the epoch. */
  time: number;
  run: () => void;
}

/** What a server still has to do, by time. */
export class EventQueue {
  readonly #events: Event[] = [];

  /** Notes something to do, after everything else of the same time. @param time milliseconds since the epoch */
  add(time: number, run: () => void): void {
    const index = this.#events.findLastIndex((other) => other.time <= time);
    this.#events.splice(index + 1, 0, { time, run });
  }

  /** When the next event falls due (milliseconds since the epoch), or undefined when nothing is left. */
  next(): number | undefined {
    return this.#events[0]?.time;
  }

  /** Takes the first event that is due at `now` (milliseconds since the epoch), or undefined. */
  take(now: number): Event | undefined {
    const first = this.#events[0];
    return first === undefined || first.time > now ? undefined : this.#events.shift();
  }
}
