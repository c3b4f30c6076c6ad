import { firstSlot, type Slot, slotAfter } from "../../provider/core/wait/pace";

/** The slots that begin before a moment, in order. */
export function slotsUntil(ms: number, expectedMs?: number): Slot[] {
  const slots: Slot[] = [];
  for (let slot = firstSlot; slot[0] < ms; slot = slotAfter(slot, slot[0], expectedMs)) slots.push(slot);
  return slots;
}

/** The most polls that a wait of this length can take: one a slot, and the last one at the deadline. */
export function pollBudget(timeoutMs: number, expectedMs?: number): number {
  return slotsUntil(timeoutMs, expectedMs).length + 1;
}
