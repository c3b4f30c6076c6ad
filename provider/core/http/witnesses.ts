import { abortable } from "../abortable";
import type { Clock } from "../clock";
import { isoTimestamp } from "../values";
import { dateResolutionMs, type ServerClock } from "./serverClock";

/** What one clock says. */
export interface Reading {
  /** Whose clock it is, for people, e.g. `this machine`. */
  of: string;
  /** Milliseconds since the epoch. */
  at: number;
}

/** What all clocks say at one moment. */
export interface Readings {
  /** The clock of the service that keeps the objects; absent where it tells no time. */
  service: Reading | undefined;
  /** Every clock, that of this machine first. */
  all: readonly [Reading, ...Reading[]];
}

/** Clocks of clouds, portals and laptops differ by up to this much, in milliseconds. */
export const clockSkewMs = 15 * 60_000;

/** Answers that are asked for when clocks disagree: with the first one they make a majority. */
const moreAnswers = 2;

/** Where the clocks come from. */
interface Sources {
  /** The service that keeps the objects, for people, e.g. `Waldur`. */
  title: string;
  /** This machine's. */
  local: Clock;
  /** The service's; may be another one once the service has moved. */
  service: () => ServerClock | undefined;
  /** Others, by name for people. */
  others?: Readonly<Record<string, ServerClock>>;
  /** Has the service answer something, for its time. */
  ask: () => Promise<unknown>;
}

/** All clocks that a client knows of. None is believed alone: each one is wrong some day. */
export class Witnesses {
  readonly #sources: Sources;
  #asking: Promise<unknown> | undefined;

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  /** What the clocks say, as far as that is known without a request. */
  known(): Readings {
    const { title, local, others = {} } = this.#sources;
    const clock = this.#sources.service();
    const service = clock?.known ? { of: title, at: clock.now() } : undefined;
    const dissent = clock?.dissent();
    return {
      service,
      all: [
        { of: "this machine", at: local.now() },
        ...(service ? [service] : []),
        ...(dissent === undefined ? [] : [{ of: `the last answer of ${title}`, at: dissent }]),
        ...Object.entries(others).flatMap(([of, other]) => (other.known ? [{ of, at: other.now() }] : [])),
      ],
    };
  }

  /**
   * What the clocks say. Where the service has not told its time, or clocks disagree, it is asked: once, or until
   * three answers are there, of which one may be wrong.
   *
   * @param warn takes what was ignored, once for a service
   * @throws the signal's reason as soon as it aborts, and whatever keeps the service from answering
   */
  async read(warn: (message: string) => void, signal?: AbortSignal): Promise<Readings> {
    const { title, service } = this.#sources;
    for (let asked = 0; ; asked++) {
      const readings = this.known();
      const enough = readings.service ? moreAnswers : 1;
      if (asked >= enough || (readings.service && !disagree(readings))) {
        const stray = service()?.takeStray();
        if (stray !== undefined)
          warn(
            `${title} answered with the time ${isoTimestamp(stray)}, far from its other answers: it is ignored`,
          );
        return readings;
      }
      await abortable(this.#ask(), signal);
    }
  }

  /** Many may ask at once; one request goes out. */
  #ask(): Promise<unknown> {
    this.#asking ??= this.#sources.ask().finally(() => (this.#asking = undefined));
    return this.#asking;
  }
}

/** Whether two of the clocks are further apart than clocks may be. */
export function disagree({ all }: Readings): boolean {
  return latest(all) - earliest(all) > clockSkewMs + dateResolutionMs;
}

/** The time of the clock that is furthest behind, in milliseconds since the epoch. */
export function earliest(all: Readings["all"]): number {
  return Math.min(...all.map(({ at }) => at));
}

/** The time of the clock that is furthest ahead, in milliseconds since the epoch. */
export function latest(all: Readings["all"]): number {
  return Math.max(...all.map(({ at }) => at));
}

/** The clock that counts where clocks agree: the service's, or the one furthest ahead where it tells no time. */
export function timeOf({ service, all }: Readings): Reading {
  return service ?? all.reduce((one, other) => (other.at > one.at ? other : one));
}
