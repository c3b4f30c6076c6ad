import { describe, expect, it, vi } from "vitest";
import { Remembered, SharedList } from "../../../../provider/core/resource/sharedList";

describe("an answer that is remembered", () => {
  it("is asked for once by its key, however many want it at the same time", async () => {
    const remembered = new Remembered<string>();
    const ask = vi.fn(async () => "answer");
    await Promise.all([1, 2, 3].map(() => remembered.get("a", false, ask)));
    expect(ask).toHaveBeenCalledTimes(1);
    await remembered.get("b", false, ask);
    await remembered.get("a", true, ask);
    expect(ask).toHaveBeenCalledTimes(3);
  });

  it("is asked for again after a failure", async () => {
    const remembered = new Remembered<string>();
    await expect(remembered.get("a", false, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await remembered.get("a", false, async () => "answer")).toBe("answer");
  });
});

describe("a shared list", () => {
  const rows = ["a1", "a2", "b1"];
  const list = (large = false) => {
    const whole = vi.fn(async () => (large ? undefined : [...rows]));
    const some = vi.fn(async (key: string) => rows.filter((row) => row.startsWith(key)));
    return { whole, some, list: new SharedList({ whole, some, keyOf: (row: string) => row.slice(0, 1) }) };
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

  it("is asked again where that is wanted, for the one key", async () => {
    const { whole, some, list: shared } = list();
    await shared.around("a", false);
    rows.push("b2");
    expect(await shared.around("b", true)).toEqual(["b1", "b2", "a1", "a2"]);
    expect([whole, some].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
  });
});
