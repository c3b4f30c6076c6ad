import type { Observed } from "./differences";
import { isGuarded } from "./guard";
import { endOf, spoken } from "./instants";

/** The clocks of one cloud's own machines are this close to each other, in milliseconds. */
const sameCloudMs = 60_000;

/**
 * Whether the end of a retention has come, so that a server which removes what is over may have removed it.
 *
 * @param now the server's time in milliseconds since the epoch
 */
export function isOver(keptUntil: unknown, now: number): boolean {
  return endOf(keptUntil) <= now + sameCloudMs;
}

/**
 * What it means that something is gone.
 *
 * - `expired`: its retention was over. It stays in the stack, and nothing is made in its place.
 * - `lost`: its retention still runs. That is said loudly.
 * - `deleted`: nothing was said of how long it is kept.
 *
 * @param prior what was known of it
 * @param now the server's time in milliseconds since the epoch
 */
export function whyGone(prior: Partial<Observed>, now: number): "expired" | "lost" | "deleted" {
  if (prior.expired || isOver(prior.keptUntil, now)) return "expired";
  const kept = { what: "", keptUntil: prior.keptUntil, mode: prior.retentionMode };
  // Who forces a deletion here, and gives up waiting for it, has not lost anything.
  const forced = prior.forceDelete === true && prior.retentionMode !== "compliance";
  return isGuarded(kept, now) && !forced ? "lost" : "deleted";
}

/** What users are told of something that is gone before its time. @param next what happens then */
export function lost(what: string, { keptUntil }: Partial<Observed>, next: string): string {
  return (
    `LOST: ${what} is gone, although it was to be kept ${spoken(endOf(keptUntil))}. ` +
    `It was not removed through this stack: find out who did. ${next}`
  );
}
