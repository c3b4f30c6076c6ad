import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultPace, Experience, slotAt, slotEnd } from "../../../../provider/core/wait/pace";
import { expectations, paces, timeLimits } from "../../../support/arbitraries";
import { pollBudget } from "../../../support/pollBudget";

describe("slots", () => {
  it("cut time without gap or overlap, each at most as long as the longest", () => {
    fc.assert(
      fc.property(paces, expectations, timeLimits, (pace, expected, elapsed) => {
        const [start, end] = slotAt(elapsed, pace, expected);
        expect(start).toBeLessThanOrEqual(elapsed);
        expect(end).toBeGreaterThan(elapsed);
        expect(slotEnd(start, pace, expected)).toBe(end);
        expect(end - start).toBeLessThanOrEqual(Math.max(pace.firstMs, pace.longestMs) + 1e-6);
      }),
    );
  });

  it("begin with a short one, whatever is expected", () => {
    fc.assert(
      fc.property(paces, expectations, (pace, expected) => {
        expect(slotAt(0, pace, expected)).toEqual([0, pace.firstMs]);
      }),
    );
  });

  it("grow by a quarter of their age up to 15 s by default", () => {
    expect(slotEnd(0, defaultPace)).toBe(300);
    expect(slotEnd(300, defaultPace)).toBe(600);
    expect(slotEnd(4000, defaultPace)).toBe(5000);
    expect(slotEnd(60_000, defaultPace)).toBe(75_000);
    expect(slotEnd(600_000, defaultPace)).toBe(615_000);
  });

  it("leave out polls that would come long before the end that is expected", () => {
    // 85 % of 12 s: the polls of the first seconds are spared, those around the end are not.
    expect(slotEnd(300, defaultPace, 12_000)).toBe(10_200);
    expect(slotEnd(10_200, defaultPace, 12_000)).toBe(12_750);
    // An operation that takes 30 min is still polled every 15 s.
    expect(slotEnd(300, defaultPace, 1_800_000)).toBe(15_300);
  });
});

describe("the most polls of a wait", () => {
  it("are few for the default pace", () => {
    expect(pollBudget(0, defaultPace)).toBe(1);
    expect(pollBudget(12_000, defaultPace)).toBeLessThanOrEqual(17);
    expect(pollBudget(1_800_000, defaultPace)).toBeLessThanOrEqual(145);
  });

  it("are never more for an operation whose duration is known", () => {
    fc.assert(
      fc.property(paces, timeLimits, timeLimits, (pace, expected, timeout) => {
        expect(pollBudget(timeout, pace, expected)).toBeLessThanOrEqual(pollBudget(timeout, pace));
      }),
    );
  });
});

describe("Experience", () => {
  it("knows nothing before the first end", () => {
    expect(new Experience().expected("create snapshot")).toBeUndefined();
  });

  it("takes the first duration as it is, and the newest for 30 % from then on", () => {
    const experience = new Experience();
    experience.learn("create snapshot", 10_000);
    expect(experience.expected("create snapshot")).toBe(10_000);
    experience.learn("create snapshot", 20_000);
    expect(experience.expected("create snapshot")).toBeCloseTo(13_000);
    expect(experience.expected("delete snapshot")).toBeUndefined();
  });

  it("stays within what it has seen", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000_000), { minLength: 1 }), (durations) => {
        const experience = new Experience();
        for (const took of durations) experience.learn("x", took);
        expect(experience.expected("x")).toBeGreaterThanOrEqual(Math.min(...durations) - 1e-6);
        expect(experience.expected("x")).toBeLessThanOrEqual(Math.max(...durations) + 1e-6);
      }),
    );
  });
});
