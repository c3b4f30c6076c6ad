import { expect, test } from "vitest";
import { ManualClock } from "../../../emulator/clock/clock";
import { Timeline } from "../../../emulator/clock/timeline";

const start = Date.UTC(2026, 0, 1);

class Recurring extends Timeline {
  everyMinute(run: () => void): void {
    this.every(60_000, run);
  }
}

function bench(speed = 1) {
  const clock = new ManualClock(start);
  const timeline = new Recurring(clock, speed);
  const happened: [what: string, seconds: number][] = [];
  const note = (what: string) => () => void happened.push([what, (timeline.now() - start) / 1000]);
  return { clock, timeline, happened, note };
}

test("what fell due runs by time, then by when it was noted, as of the time at which it was due", () => {
  const { clock, timeline, happened, note } = bench();
  timeline.after(5, note("b"));
  timeline.after(3, note("a"));
  timeline.after(5, note("c"));
  timeline.after(11, note("too late"));
  clock.advanceSeconds(10);
  expect(happened).toEqual([]);
  timeline.advance();
  expect(happened).toEqual([
    ["a", 3],
    ["b", 5],
    ["c", 5],
  ]);
  expect(timeline.now()).toBe(start + 10_000);
  expect(timeline.nextEvent()).toBe(start + 11_000);
});

test("what it starts runs too, if it falls due by now", () => {
  const { clock, timeline, happened, note } = bench();
  timeline.after(2, () => {
    timeline.after(0, note("at once"));
    timeline.after(3, note("later"));
    timeline.after(9, note("too late"));
  });
  clock.advanceSeconds(10);
  timeline.advance();
  expect(happened).toEqual([
    ["at once", 2],
    ["later", 5],
  ]);
});

test("speed shortens what is to come, and not what is done again and again", () => {
  const { clock, timeline, happened, note } = bench(10);
  timeline.everyMinute(note("job"));
  timeline.after(600, note("operation"));
  clock.advanceSeconds(125);
  timeline.advance();
  expect(happened).toEqual([
    ["job", 60],
    ["operation", 60],
    ["job", 120],
  ]);
});

test("time goes on after something that failed", () => {
  const { clock, timeline, happened, note } = bench();
  timeline.after(1, () => {
    throw new Error("a bug");
  });
  timeline.after(2, note("next"));
  clock.advanceSeconds(5);
  expect(() => timeline.advance()).toThrow("a bug");
  expect(timeline.now()).toBe(start + 5000);
  timeline.advance();
  expect(happened).toEqual([["next", 2]]);
  expect(timeline.nextEvent()).toBeUndefined();
});
