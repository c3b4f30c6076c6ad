import type { Clock } from "../../provider/core/clock";
import { type Transport, undiciTransport } from "../../provider/core/http/transport";

/** How far the Date header of an answer is ahead of the truth, in milliseconds; `null`: it has none. */
export type Dates = (answer: number) => number | null;

/**
 * A transport whose answers have other times than the server gave them.
 *
 * @param truth ms since the epoch
 * @param dates asked for every answer, which are numbered from 0
 */
export function transportWith(truth: () => number, dates: Dates): Transport {
  const transport = undiciTransport({});
  let answers = 0;
  return async (request) => {
    const response = await transport(request);
    const { date: _right, ...headers } = response.headers;
    const ahead = dates(answers++);
    const date = ahead === null ? {} : { date: new Date(truth() + ahead).toUTCString() };
    return { ...response, headers: { ...headers, ...date } };
  };
}

/** A clock that is ahead of another one, or behind it. */
export class OffClock implements Clock {
  /** @param aheadMs in milliseconds; below zero: behind */
  constructor(
    readonly truth: Clock,
    readonly aheadMs: number,
  ) {}

  now(): number {
    return this.truth.now() + this.aheadMs;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return this.truth.sleep(ms, signal);
  }

  alarm(ms: number, ring: () => void): () => void {
    return this.truth.alarm(ms, ring);
  }

  random(): number {
    return this.truth.random();
  }
}
