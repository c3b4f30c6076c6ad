import { describe, expect, it } from "vitest";
import { deadlineOf, isOutOfTime, limited, TimeLimitError } from "../../../provider/core/deadline";
import { VirtualClock } from "../../support/virtualClock";

const minute = 60_000;
const graceMs = 4000;

describe("an operation with a time limit", () => {
  it("knows the end of its time, and is cut off a little later", async () => {
    const clock = new VirtualClock(undefined, 1000);
    const { signal } = limited(clock, minute, "1 min");
    const deadline = deadlineOf(signal);
    expect(deadline?.at).toBe(1000 + minute);
    await clock.pass(minute + graceMs - 1);
    expect([signal.aborted, deadline?.signal.aborted]).toEqual([false, false]);
    await clock.pass(1);
    expect([signal.aborted, deadline?.signal.aborted]).toEqual([true, true]);
    expect(isOutOfTime(signal)).toBe(true);
    expect(signal.reason).toMatchObject({
      name: "TimeLimitError",
      message: "the time limit of 1 min is over",
    });
  });

  it("is stopped by whoever cancels it, but what only time may end goes on", () => {
    const stop = new AbortController();
    const { signal } = limited(new VirtualClock(), minute, "1 min", stop.signal);
    stop.abort(new Error("enough"));
    expect(signal.reason).toEqual(new Error("enough"));
    expect(isOutOfTime(signal)).toBe(false);
    expect(deadlineOf(signal)?.signal.aborted).toBe(false);
  });

  it("is not cut off once it has ended", async () => {
    const clock = new VirtualClock();
    const { signal, end } = limited(clock, minute, "1 min");
    end();
    await clock.pass(10 * minute);
    expect(signal.aborted).toBe(false);
  });
});

it("nothing else has a deadline, or is out of time", () => {
  expect(deadlineOf(undefined)).toBeUndefined();
  expect(deadlineOf(new AbortController().signal)).toBeUndefined();
  expect(isOutOfTime(AbortSignal.abort(new TimeLimitError("over")))).toBe(true);
  expect(isOutOfTime(AbortSignal.abort())).toBe(false);
});
