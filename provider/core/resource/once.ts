import type { Clock } from "../clock";
import { ApiError, isAmbiguous, isTransient, messageOf, UserError } from "../errors";

/** How to make a thing exactly once over a wire that loses answers. */
export interface OnceOptions<T> {
  /** The thing in the user's words. */
  what: string;
  /** Sends the POST. */
  attempt: () => Promise<T>;
  /** Everything on the server that can be the fruit of the attempt that began at the given local time (ms). */
  find: (since: number) => Promise<T[]>;
  /** How a candidate is named in the error for two of them. */
  describe: (candidate: T) => string;
  /** The id of what was made. */
  idOf: (made: T) => string;
  /** Ids that creates of this process have made; kept here, so that nobody takes over what is somebody else's. */
  claimed: Set<string>;
  clock: Clock;
  /** Looking up may take this long when the server stays away. */
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

/** The POST is sent at most so often. */
const attempts = 3;
/** Pauses before each look-up after a lost answer; after a gateway's time-out the server works on for longer. */
const settle = [1000, 2000, 4000];
const settleAfterTimeout = [2000, 8000, 20_000];

/**
 * Creates a thing. After an ambiguous answer it asks the server before it repeats anything: one candidate is adopted;
 * if there is none in any of three look-ups, the POST is repeated; several are an error that names them.
 */
export async function createOnce<T>(options: OnceOptions<T>): Promise<T> {
  const made = await make(options);
  options.claimed.add(options.idOf(made));
  return made;
}

async function make<T>(options: OnceOptions<T>): Promise<T> {
  const { attempt, clock } = options;
  const since = clock.now();
  for (let count = 1; ; count++) {
    try {
      return await attempt();
    } catch (error) {
      if (!isAmbiguous(error)) throw error;
      const found = await lookUp(options, since, error);
      if (found !== undefined) return found;
      if (count >= attempts) throw error;
    }
  }
}

async function lookUp<T>(options: OnceOptions<T>, since: number, lost: unknown): Promise<T | undefined> {
  const { clock, find, describe, what, signal, timeoutMs, idOf, claimed } = options;
  const pauses = isTimeout(lost) ? settleAfterTimeout : settle;
  const deadline = clock.now() + timeoutMs;
  let answered = 0;
  while (answered < pauses.length) {
    try {
      await clock.sleep(pauses[answered] ?? 0, signal);
      const candidates = (await find(since)).filter((candidate) => !claimed.has(idOf(candidate)));
      if (candidates.length > 1) {
        throw new UserError(
          `${what}: the answer was lost (${messageOf(lost)}), and there is more than one that it may have made: ` +
            `${candidates.map(describe).join(", ")}. Delete the wrong one, or import the right one.`,
        );
      }
      if (candidates.length === 1) return candidates[0];
      answered += 1;
    } catch (error) {
      if (!isTransient(error) && !signal?.aborted) throw error;
      if (clock.now() >= deadline || signal?.aborted) {
        throw new UserError(
          `${what}: the answer was lost (${messageOf(lost)}), and it could not be looked up whether it was made ` +
            `(${messageOf(error)}). Look on the server before you run again.`,
        );
      }
    }
  }
  return undefined;
}

function isTimeout(error: unknown): boolean {
  return (error instanceof ApiError && error.status === 504) || /timeout/i.test(messageOf(error));
}
