import { describe, expect, it } from "vitest";
import { abortable } from "../../../provider/core/abortable";

describe("waiting for what others wait for too", () => {
  it("gives what comes, with a signal and without", async () => {
    const { signal } = new AbortController();
    expect(await abortable(Promise.resolve(1), undefined)).toBe(1);
    expect(await abortable(Promise.resolve(1), signal)).toBe(1);
    await expect(abortable(Promise.reject(new Error("no")), signal)).rejects.toThrow("no");
  });

  it("ends with the signal, and a failure that comes later is nobody's", async () => {
    const stop = new AbortController();
    let fail: (error: Error) => void = () => undefined;
    const shared = new Promise<never>((_resolve, reject) => {
      fail = reject;
    });
    const early = abortable(shared, stop.signal);
    stop.abort(new Error("stopped"));
    await expect(early).rejects.toThrow("stopped");
    await expect(abortable(shared, stop.signal)).rejects.toThrow("stopped");
    // A rejection without anybody who handles it would fail the test run.
    fail(new Error("late"));
    await new Promise((resolve) => setImmediate(resolve));
  });
});
