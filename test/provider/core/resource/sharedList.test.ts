import { describe, expect, it, vi } from "vitest";
import { type Clock, systemClock } from "../../../../provider/core/clock";
import { Remembered, SharedList } from "../../../../provider/core/resource/sharedList";

/** Nobody waits. */
const soon: Clock = { ...systemClock, sleep: async () => {} };

describe("an answer that is remembered", () => {
  it("is asked for once by its key, however many want it at the same time", async () => {
    const remembered = new Remembered<string>(soon);
    const ask = vi.fn(async () => "answer");
    await Promise.all([1, 2, 3].map(() => remembered.get("a", false, ask)));
    expect(ask).toHaveBeenCalledTimes(1);
    await remembered.get("b", false, ask);
    await remembered.get("a", true, ask);
    expect(ask).toHaveBeenCalledTimes(3);
  });

  it("is asked for again after a failure", async () => {
    const remembered = new Remembered<string>(soon);
    await expect(remembered.get("a", false, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await remembered.get("a", false, async () => "answer")).toBe("answer");
  });
});

describe("a shared list", () => {
  const rows = ["a1", "a2", "b1"];
  const list = (large = false) => {
    const whole = vi.fn(async () => (large ? undefined : [...rows]));
    const some = vi.fn(async (key: string) => rows.filter((row) => row.startsWith(key)));
    return { whole, some, list: new SharedList({ whole, some }, soon) };
  };

  it("is read whole, once, for all who want rows of a key and those around it", async () => {
    const { whole, some, list: shared } = list();
    const all = await Promise.all(["a", "b", "c"].map((key) => shared.around(key, false)));
    expect(all).toEqual([rows, rows, rows]);
    expect([whole, some].map(({ mock }) => mock.calls.length)).toEqual([1, 0]);
  });

  it("that is too large is asked for the rows of each key, once", async () => {
    const { whole, some, list: shared } = list(true);
    for (const key of ["a", "b", "a"]) await shared.around(key, false);
    expect([whole, some].map(({ mock }) => mock.calls.length)).toEqual([1, 2]);
  });

  it("is read again where that is wanted, whole, once for all who want it at the same moment", async () => {
    const { whole, some, list: shared } = list();
    await shared.around("a", false);
    rows.push("b2");
    expect(await Promise.all([shared.around("b", true), shared.around("a", true)])).toEqual([rows, rows]);
    expect([whole, some].map(({ mock }) => mock.calls.length)).toEqual([2, 0]);
  });

  it("that is too large is asked again for the rows of the one key", async () => {
    const { whole, some, list: shared } = list(true);
    await shared.around("a", false);
    await shared.around("a", true);
    expect([whole, some].map(({ mock }) => mock.calls.length)).toEqual([1, 2]);
  });
});
