import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { budget, defaultPace, Experience, slotAt, slotEnd } from "../../../../provider/core/wait/pace";
import { expectations, paces, timeLimits } from "../../../support/arbitraries";

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

  it("leave out looks that would come long before the end that is expected", () => {
    // 85 % of 12 s: the looks of the first seconds are spared, those around the end are not.
    expect(slotEnd(300, defaultPace, 12_000)).toBe(10_200);
    expect(slotEnd(10_200, defaultPace, 12_000)).toBe(12_750);
    // An operation that takes 30 min is still looked at every 15 s.
    expect(slotEnd(300, defaultPace, 1_800_000)).toBe(15_300);
  });
});

describe("budget", () => {
  it("is one look for each slot that begins before the deadline, and the last one", () => {
    fc.assert(
      fc.property(paces, expectations, timeLimits, (pace, expected, timeout) => {
        let begun = 0;
        for (let start = 0; start < timeout; start = slotEnd(start, pace, expected)) begun += 1;
        expect(budget(timeout, pace, expected)).toBe(begun + 1);
      }),
    );
  });

  it("is small for the default pace", () => {
    expect(budget(0, defaultPace)).toBe(1);
    expect(budget(12_000, defaultPace)).toBeLessThanOrEqual(17);
    expect(budget(1_800_000, defaultPace)).toBeLessThanOrEqual(145);
  });

  it("is never more for an operation whose duration is known", () => {
    fc.assert(
      fc.property(paces, timeLimits, timeLimits, (pace, expected, timeout) => {
        expect(budget(timeout, pace, expected)).toBeLessThanOrEqual(budget(timeout, pace));
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
