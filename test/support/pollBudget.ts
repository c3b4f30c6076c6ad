import { type Pace, slotEnd } from "../../provider/core/wait/pace";

/** The most polls that a wait of this length can take: one a slot, and the last one at the deadline. */
export function pollBudget(timeoutMs: number, pace: Pace, expectedMs?: number): number {
  let polls = 1;
  for (let end = 0; end < timeoutMs; polls++) end = slotEnd(end, pace, expectedMs);
  return polls;
}
