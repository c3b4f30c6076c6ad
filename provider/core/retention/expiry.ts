import type { Readings } from "../http/witnesses";
import { doubtAbout, wasOver } from "./clocks";
import type { Observed } from "./differences";
import { isForced } from "./guard";
import { knownEnd } from "./held";
import { spoken } from "./instants";
import { isKept, type Kept, lastMoment, unreadableEnd } from "./kept";

/** What it means that something is gone. */
export type Gone =
  /** Its retention was over. It stays in the stack, and nothing is made in its place. */
  | "expired"
  /** Its retention still runs. That is said loudly. */
  | "lost"
  /** Nothing was said of how long it is kept, or its deletion was forced. */
  | "deleted"
  /** The clocks cannot tell whether its retention was over. */
  | "unclear";

/**
 * What it means that something is gone.
 *
 * @param prior what was known of it
 * @param read asks the clocks, where that is needed
 */
export async function whyGone(prior: Partial<Observed>, read: () => Promise<Readings>): Promise<Gone> {
  if (prior.expired) return "expired";
  const kept = knownOf(prior);
  if (!isKept(kept)) return "deleted";
  const over = wasOver(kept, await read());
  if (over) return "expired";
  // Who forces a deletion here, and gives up waiting for it, has not lost anything.
  if (isForced(kept, prior.forceDelete)) return "deleted";
  return over === undefined ? "unclear" : "lost";
}

/** What users are told of something that is gone before its time. @param next what happens then */
export function lost(what: string, prior: Partial<Observed>, next: string): string {
  const kept = knownOf(prior);
  const unreadable = unreadableEnd(kept);
  const until = unreadable ? `kept (${unreadable})` : `kept ${spoken(lastMoment(kept))}`;
  return (
    `LOST: ${what} is gone, although it was to be ${until}. ` +
    `It was not removed through this stack: find out who did. ${next}`
  );
}

/** What users are told of something that is gone, nobody knows whether before its time. @param next what happens then */
export function unclear(what: string, prior: Partial<Observed>, readings: Readings, next: string): string {
  return (
    `${what} is gone. It was to be kept ${spoken(lastMoment(knownOf(prior)))}, and whether that was over is not ` +
    `certain, for ${doubtAbout(readings) ?? "the clocks tell no more"}. ${next}`
  );
}

function knownOf(prior: Partial<Observed>): Kept {
  return { what: "", known: knownEnd(prior), mode: prior.retentionMode };
}
