import type { Clock } from "./clock";
import { EventQueue } from "./eventQueue";

/**
 * The time of an emulated server. Nothing runs by timers: each request first runs whatever fell due since the last
 * one, as of the time at which it was due.
 */
export class Timeline {
  readonly #events = new EventQueue();
  #eventTime: number | undefined;

  /** @param speed how many times faster than a real server */
  constructor(
    readonly clock: Clock,
    readonly speed: number,
  ) {}

  /** Now, in milliseconds since the epoch; while something due is run, the time it was due. */
  now(): number {
    return this.#eventTime ?? this.clock.now();
  }

  /** Has something run later. @param seconds of a real server; `speed` shortens them */
  after(seconds: number, run: () => void): void {
    this.#events.add(this.now() + (seconds * 1000) / this.speed, run);
  }

  /** Has something run again and again. @param ms of the clock; `speed` does not shorten them */
  protected every(ms: number, run: () => void): void {
    const again = (time: number): void => {
      this.#events.add(time, () => {
        again(time + ms);
        run();
      });
    };
    again(this.clock.now() + ms);
  }

  /** Runs everything that fell due. Called before each request, and by tests that look at the world directly. */
  advance(): void {
    const until = this.clock.now();
    for (let event = this.#events.take(until); event; event = this.#events.take(until)) {
      this.#eventTime = event.time;
      try {
        event.run();
      } finally {
        this.#eventTime = undefined;
      }
    }
  }

  /** When something happens next (milliseconds since the epoch), or undefined. */
  nextEvent(): number | undefined {
    return this.#events.next();
  }
}
