import { ProgressGroup } from "./progressGroup";

/**
 * When to poll something that takes time, in milliseconds since the wait began.
 *
 * Time is cut into slots that grow with age, up to a ceiling; there is one poll in each slot, at a random
 * moment of it. So jitter is full at every step, also at the ceiling, and still the number of polls is known
 * beforehand. A wait of 1 s and one of 30 min are both noticed within about a quarter of their age or 15 s.
 */
export interface Pace {
  /** End of the first slot. */
  firstMs: number;
  /** The shortest slot. */
  shortestMs: number;
  /** The longest slot. */
  longestMs: number;
  /** Length of a slot as a share of the age at its beginning. */
  growth: number;
}

/** First poll within 0.3 s, then at about every quarter of the age, at most 15 s apart. */
export const defaultPace: Pace = { firstMs: 300, shortestMs: 300, longestMs: 15_000, growth: 0.25 };

/**
 * The end of the slot that begins at `startMs`.
 *
 * @param expectedMs how long such operations took on this server so far; polls that would come long before
 *   that are left out
 */
export function slotEnd(startMs: number, pace: Pace, expectedMs?: number): number {
  if (startMs < pace.firstMs) return pace.firstMs;
  const length = Math.min(pace.longestMs, Math.max(pace.shortestMs, startMs * pace.growth));
  const end = startMs + length;
  const soonest = (expectedMs ?? 0) * 0.85;
  return soonest > end ? Math.min(soonest, startMs + pace.longestMs) : end;
}

/** The slot in which a moment lies, as `[start, end]`. */
export function slotAt(elapsedMs: number, pace: Pace, expectedMs?: number): [number, number] {
  let start = 0;
  let end = slotEnd(0, pace, expectedMs);
  while (end <= elapsedMs) {
    start = end;
    end = slotEnd(start, pace, expectedMs);
  }
  return [start, end];
}

/**
 * What is known of operations by their kind, for the life of the process: how long they take, and how many of them
 * are waited for now.
 */
export class Experience {
  readonly #typical = new Map<string, number>();
  readonly #groups = new Map<string, ProgressGroup>();

  /** The waits for operations of a kind. */
  progressGroup(operation: string): ProgressGroup {
    const group = this.#groups.get(operation) ?? new ProgressGroup();
    this.#groups.set(operation, group);
    return group;
  }

  /** Typical duration in milliseconds, `undefined` before the first one ended. */
  expected(operation: string): number | undefined {
    return this.#typical.get(operation);
  }

  /** Notes one that succeeded. The newest counts for 30 %, so that a server that speeds up is soon believed. */
  learn(operation: string, tookMs: number): void {
    const before = this.#typical.get(operation);
    this.#typical.set(operation, before === undefined ? tookMs : before * 0.7 + tookMs * 0.3);
  }
}
