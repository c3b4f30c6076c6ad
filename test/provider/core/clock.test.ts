import { afterEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "../../../provider/core/clock";

describe("the machine's clock", () => {
  it("tells the time, and gives jitter in [0, 1)", () => {
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1000);
    expect(systemClock.random()).toBeGreaterThanOrEqual(0);
    expect(systemClock.random()).toBeLessThan(1);
  });

  it("sleeps for no time where there is none left", async () => {
    await expect(systemClock.sleep(0)).resolves.toBeUndefined();
    await expect(systemClock.sleep(-5)).resolves.toBeUndefined();
  });

  it("wakes with the signal's own reason", async () => {
    const stop = new AbortController();
    const sleep = systemClock.sleep(3_600_000, stop.signal);
    stop.abort(new Error("enough"));
    await expect(sleep).rejects.toThrow("enough");
    await expect(systemClock.sleep(3_600_000, stop.signal)).rejects.toThrow("enough");
  });
});

describe("an alarm of the machine's clock", () => {
  afterEach(() => {
    vi.useRealTimers();
  });
  const days = 24 * 3_600_000;

  it.each([1000, 0, -5, 24 * days, 400 * days])("rings once, when %i ms have passed", (ms) => {
    vi.useFakeTimers({ now: 0 });
    const rung: number[] = [];
    systemClock.alarm(ms, () => rung.push(Date.now()));
    vi.advanceTimersByTime(1000 * days);
    expect(rung).toEqual([Math.max(0, ms)]);
  });

  it("does not ring where it is taken back, however long it has run", () => {
    vi.useFakeTimers({ now: 0 });
    const ring = vi.fn();
    const back = systemClock.alarm(60 * days, ring);
    vi.advanceTimersByTime(30 * days);
    back();
    vi.advanceTimersByTime(1000 * days);
    expect(ring).not.toHaveBeenCalled();
  });
});

describe("a sleep that is longer than Node's timers can be", () => {
  it("is not over at once", async () => {
    const stop = new AbortController();
    let over = false;
    const sleep = systemClock.sleep(2 ** 32, stop.signal).then(() => {
      over = true;
    });
    await systemClock.sleep(20);
    expect(over).toBe(false);
    stop.abort(new Error("enough"));
    await expect(sleep).rejects.toThrow("enough");
  });
});
