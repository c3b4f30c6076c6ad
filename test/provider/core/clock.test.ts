import { describe, expect, it } from "vitest";
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
