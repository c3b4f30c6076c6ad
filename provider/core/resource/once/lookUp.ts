import { ApiError, messageOf, UserError } from "../../errors";
import {
  lateMs,
  longestPauseMs,
  type OnceContext,
  type OnceOptions,
  type Sighting,
  unclaimed,
} from "./options";

/** Pauses before each look after a lost answer; after a gateway's time-out the server works on for longer. */
const settle = [1000, 2000, 4000];
const settleAfterTimeout = [2000, 8000, 20_000];
/** Who says 409 may say it of what the same request, sent twice on its way, has made already. */
const settleAfterConflict = [1000];
/** So often it is looked after the last request until nothing can come any more. */
const lateLooks = 8;

/** A request whose answer was lost. */
export interface Lost {
  error: unknown;
  /** No other request follows. */
  last: boolean;
  /** The end of the create's own time, in ms since the epoch. */
  deadline: number;
}

/**
 * Looks until the server has said several times that there is nothing. Whatever keeps it from telling, be it a 401 or
 * somebody's page, is no answer: it is asked again until the time of the create is over.
 *
 * @throws UserError where the server does not tell, or only a person can
 */
export async function lookUp<T>(
  { clock, signal }: OnceContext,
  options: OnceOptions<T>,
  { error: lost, last, deadline }: Lost,
): Promise<T | undefined> {
  const { find, describe, what, irrevocable = false } = options;
  const pauses = pausesAfter(lost, last || irrevocable);
  let sighting: Sighting<T> = { ours: [], maybe: [] };
  for (let answered = 0, failed = 0; answered < pauses.length; ) {
    try {
      const pause = failed > 0 ? Math.min(longestPauseMs, 1000 * 2 ** failed) : (pauses[answered] ?? 0);
      await clock.sleep(pause, signal);
      sighting = unclaimed(options, await find());
      if (sighting.ours[0] !== undefined) return sighting.ours[0];
      [answered, failed] = [answered + 1, 0];
    } catch (error) {
      failed += 1;
      if (!signal?.aborted && clock.now() < deadline) continue;
      throw new UserError(
        `${what}: the answer was lost (${messageOf(lost)}), and the provider could not tell whether it was created ` +
          `(${messageOf(error)}). The next "pulumi up" looks for it again.`,
      );
    }
  }
  if (sighting.maybe.length === 0) return undefined;
  throw new UserError(
    `${what}: the answer was lost (${messageOf(lost)}), and this may be what it has created, or somebody else's: ` +
      `${sighting.maybe.map(describe).join(", ")}. Delete the wrong one, or import the right one.`,
  );
}

/** @param whole whether nothing can come any more after them */
function pausesAfter(lost: unknown, whole: boolean): readonly number[] {
  const status = lost instanceof ApiError ? lost.status : undefined;
  if (status === 409) return settleAfterConflict;
  const pauses = status === 504 || /timeout/i.test(messageOf(lost)) ? settleAfterTimeout : settle;
  const left = lateMs - pauses.reduce((sum, pause) => sum + pause, 0);
  return whole ? [...pauses, ...Array.from({ length: lateLooks }, () => left / lateLooks)] : pauses;
}
