import type { Clock } from "./clock";

/** When an operation has to be over. */
export interface Deadline {
  /** The end of its time, in ms since the epoch by its clock: nothing is begun that would last longer. */
  readonly at: number;
  /** Aborts a little later: whatever is under way by then is cut off, a write too. */
  readonly signal: AbortSignal;
}

/** The time of an operation is over. */
export class TimeLimitError extends Error {
  override name = "TimeLimitError";
}

/** After the end of its time an operation may look once more, and note what it has come to, for so long. */
const graceMs = 4000;

const deadlines = new WeakMap<AbortSignal, Deadline>();

/** A limit that runs. */
export interface Limit {
  /** Aborts when the operation is cancelled, or when its time is over. */
  signal: AbortSignal;
  /** Takes the limit back; to be called when the operation has ended. */
  end(): void;
}

/**
 * Limits an operation: its signal reaches everything that it waits for.
 *
 * @param limitMs its time limit, which counts from now on
 * @param title the limit for people, e.g. `20 min`
 * @param cancelled stops it earlier; only a write that is under way goes on then, to the end of its time
 */
export function limited(clock: Clock, limitMs: number, title: string, cancelled?: AbortSignal): Limit {
  const over = new AbortController();
  const ring = () => over.abort(new TimeLimitError(`the time limit of ${title} is over`));
  const end = clock.alarm(limitMs + graceMs, ring);
  const signal = AbortSignal.any([over.signal, ...(cancelled ? [cancelled] : [])]);
  deadlines.set(signal, { at: clock.now() + limitMs, signal: over.signal });
  return { signal, end };
}

/** The deadline of the operation that a signal is of; `undefined`: none. */
export function deadlineOf(signal: AbortSignal | undefined): Deadline | undefined {
  return signal && deadlines.get(signal);
}

/** Whether a signal has aborted because time is over, not because somebody wanted to stop. */
export function isOutOfTime(signal: AbortSignal): boolean {
  return signal.reason instanceof TimeLimitError;
}
