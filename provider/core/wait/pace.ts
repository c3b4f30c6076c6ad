/**
 * A span of a wait in which there is one poll, as `[start, end]` in milliseconds since the wait began.
 *
 * Slots grow with age, up to a ceiling; the poll comes at a random moment of its slot. So jitter is full at every
 * step, also at the ceiling, and still the number of polls is known beforehand. A wait of 1 s and one of 30 min are
 * both noticed within about a quarter of their age or 15 s.
 */
export type Slot = readonly [start: number, end: number];

const shortestMs = 300;
const longestMs = 15_000;
/** Length of a slot as a share of the age at its beginning. */
const growth = 0.25;
/** Polls before this share of the expected duration are left out. */
const soonestShare = 0.85;

/** The slot of the first poll, whatever is known of the operation. */
export const firstSlot: Slot = [0, shortestMs];

/**
 * The first slot that begins neither before the end of `slot` nor at or before `elapsedMs`.
 *
 * @param expectedMs how long such operations took on this server so far
 */
export function slotAfter(slot: Slot, elapsedMs: number, expectedMs = 0): Slot {
  let start = slot[1];
  while (start <= elapsedMs) start = slotEnd(start, expectedMs);
  return [start, slotEnd(start, expectedMs)];
}

function slotEnd(start: number, expectedMs: number): number {
  const end = start + Math.min(longestMs, Math.max(shortestMs, start * growth));
  const soonest = Math.min(expectedMs * soonestShare, start + longestMs);
  return Math.max(end, soonest);
}
