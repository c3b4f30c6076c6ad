import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstSlot, slotAfter } from "../../../../provider/core/wait/pace";
import { expectations, timeLimits } from "../../../support/arbitraries";
import { pollBudget, slotsUntil } from "../../../support/slots";

describe("slots", () => {
  it("cut time without gap or overlap, each at most 15 s long and at least 0.3 s", () => {
    fc.assert(
      fc.property(expectations, timeLimits, (expected, until) => {
        let before = 0;
        for (const [start, end] of slotsUntil(until, expected)) {
          expect(start).toBe(before);
          expect(end - start).toBeGreaterThanOrEqual(300 - 1e-6);
          expect(end - start).toBeLessThanOrEqual(15_000 + 1e-6);
          before = end;
        }
        expect(before).toBeGreaterThanOrEqual(until);
      }),
    );
  });

  it("skip to the first one that begins after a moment, and never go back", () => {
    fc.assert(
      fc.property(expectations, timeLimits, timeLimits, (expected, until, elapsed) => {
        const slot = slotsUntil(until, expected).at(-1) ?? firstSlot;
        const begun = Math.max(elapsed, slot[0]);
        const last = slotsUntil(begun + 1e-9, expected).at(-1) ?? firstSlot;
        expect(slotAfter(slot, elapsed, expected)).toEqual(slotAfter(last, begun, expected));
        expect(slotAfter(slot, elapsed, expected)[0]).toBeGreaterThan(begun);
      }),
    );
  });

  it("grow by a quarter of their age up to 15 s", () => {
    const afterEnd = (end: number) => slotAfter([0, end], 0);
    expect(firstSlot).toEqual([0, 300]);
    expect(afterEnd(300)).toEqual([300, 600]);
    expect(afterEnd(4000)).toEqual([4000, 5000]);
    expect(afterEnd(60_000)).toEqual([60_000, 75_000]);
    expect(afterEnd(600_000)).toEqual([600_000, 615_000]);
  });

  it("begin after the elapsed time, also where a slot begins at just that", () => {
    expect(slotAfter(firstSlot, 299)).toEqual([300, 600]);
    expect(slotAfter(firstSlot, 300)).toEqual([600, 900]);
    expect(slotAfter(firstSlot, 1000)).toEqual([1200, 1500]);
  });

  it("leave out polls that would come long before the end that is expected", () => {
    // 85 % of 12 s: the polls of the first seconds are spared, those around the end are not.
    expect(slotAfter(firstSlot, 0, 12_000)).toEqual([300, 10_200]);
    expect(slotAfter([300, 10_200], 300, 12_000)).toEqual([10_200, 12_750]);
    // An operation that takes 30 min is still polled every 15 s.
    expect(slotAfter(firstSlot, 0, 1_800_000)).toEqual([300, 15_300]);
  });
});

describe("the most polls of a wait", () => {
  it("are few", () => {
    expect(pollBudget(12_000)).toBeLessThanOrEqual(17);
    expect(pollBudget(1_800_000)).toBeLessThanOrEqual(145);
  });

  it("are never more for an operation whose duration is known", () => {
    fc.assert(
      fc.property(timeLimits, timeLimits, (expected, timeout) => {
        expect(pollBudget(timeout, expected)).toBeLessThanOrEqual(pollBudget(timeout));
      }),
    );
  });
});
