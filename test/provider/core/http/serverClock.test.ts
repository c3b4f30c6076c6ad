import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { ServerClock } from "../../../../provider/core/http/serverClock";
import { SkippingClock } from "../../../support/skippingClock";
import { someDay } from "../../../support/virtualClock";

const minute = 60_000;
const year = 365 * 86_400_000;

let local: SkippingClock;
let clock: ServerClock;
beforeEach(() => {
  local = new SkippingClock();
  clock = new ServerClock(local);
});

/** Answers whose times are so far ahead of the clock here. */
const answer = (...ahead: number[]) => {
  for (const one of ahead) clock.note(local.now() + one);
};

describe("the clock of a server", () => {
  it("is not known before an answer tells a time, and then goes on with the clock here", async () => {
    expect([clock.known, clock.aheadMs, clock.now()]).toEqual([false, 0, someDay]);
    answer(90_000);
    expect([clock.known, clock.aheadMs]).toEqual([true, 90_000]);
    await local.sleep(1000);
    expect(clock.now()).toBe(someDay + 91_000);
  });

  it.each([
    undefined,
    "yesterday",
    "0",
    "2026-11-21T08:00:00Z",
    "Sat, 21 Nov 2026 08:00:00 +0000",
    "on Sat, 21 Nov 2026 08:00:00 GMT",
    "Sat, 21 Nov 2026 08:00:00 GMT+1",
    ["Sat, 21 Nov 2026 08:00:00 GMT"],
    ["Sat, 21 Nov 2026 08:00:00 GMT", "Mon, 21 Nov 2044 08:00:00 GMT"],
  ])("is not told by the header Date: %j", (date) => {
    clock.noteHeaders({ date });
    expect(clock.known).toBe(false);
  });

  it("is not told by what is no time", () => {
    clock.note(Number.NaN);
    expect(clock.known).toBe(false);
  });

  it("is told by a Date as HTTP has it, but by none that comes out of a cache", () => {
    const date = new Date(someDay - 5 * minute).toUTCString();
    clock.noteHeaders({ date, age: "300" });
    expect(clock.known).toBe(false);
    clock.noteHeaders({ date, age: "0" });
    expect(clock.aheadMs).toBe(-5 * minute);
  });

  it("is the middle of the last answers, whatever fewer than half of them say", () => {
    const wrong = fc.integer({ min: -100 * year, max: 100 * year });
    const right = fc.integer({ min: -1000, max: 1000 });
    const answers = fc
      .integer({ min: 0, max: 4 })
      .chain((few) =>
        fc.tuple(
          fc.array(wrong, { minLength: few, maxLength: few }),
          fc.array(right, { minLength: few + 1, maxLength: 9 - few }),
        ),
      );
    fc.assert(
      fc.property(answers, fc.infiniteStream(fc.nat()), ([lies, truths], order) => {
        clock = new ServerClock(local);
        const all = [...lies, ...truths].map((one) => ({ one, at: order.next().value }));
        answer(...all.sort((a, b) => a.at - b.at).map(({ one }) => one));
        expect(Math.abs(clock.aheadMs)).toBeLessThanOrEqual(1000);
      }),
    );
  });

  it("of two that say different things is the one that is behind, by which nothing is over too early", () => {
    answer(20 * year, 0);
    expect(clock.aheadMs).toBe(0);
    answer(-20 * year, -20 * year);
    expect(clock.aheadMs).toBe(-20 * year);
  });

  it("follows a server whose clock is set right", () => {
    answer(...Array(9).fill(3 * minute));
    answer(...Array(5).fill(0));
    expect(clock.aheadMs).toBe(0);
  });
});

describe("an answer that is far from the others", () => {
  it("is told of once, whichever it was", () => {
    answer(0, 20 * year, 1000);
    expect(clock.takeStray()).toBe(someDay + 20 * year);
    answer(-20 * year);
    expect(clock.takeStray()).toBeUndefined();
  });

  it("is one by more than five minutes", () => {
    answer(0, 0, 5 * minute);
    expect(clock.takeStray()).toBeUndefined();
    answer(0, 5 * minute + 1);
    expect(clock.takeStray()).toBe(someDay + 5 * minute + 1);
  });

  it("counts beside the others as long as it is the last: the clock here may have been set since they came", () => {
    answer(0, 0, 0);
    expect(clock.dissent()).toBeUndefined();
    answer(-20 * year);
    expect(clock.dissent()).toBe(someDay - 20 * year);
    answer(0);
    expect(clock.dissent()).toBeUndefined();
  });
});
