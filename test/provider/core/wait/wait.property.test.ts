import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ApiError, ConnectionError, type WaitError } from "../../../../provider/core/errors";
import { Operation } from "../../../../provider/core/wait/experience";
import { firstSlot, slotAfter } from "../../../../provider/core/wait/pace";
import { type Observer, type Verdict, type WaitResult, waitFor } from "../../../../provider/core/wait/wait";
import { expectations, jitters, timeLimits } from "../../../support/arbitraries";
import { pollBudget, slotsUntil } from "../../../support/slots";
import { VirtualClock } from "../../../support/virtualClock";

const setups = fc.record({ timeoutMs: timeLimits, expected: expectations, random: jitters });
type Setup = typeof setups extends fc.Arbitrary<infer T> ? T : never;

interface Outcome {
  result?: WaitResult<Verdict>;
  error?: WaitError;
  /** When the polls began, in ms since the wait did. */
  polls: number[];
  clock: VirtualClock;
}

/** Waits on something whose verdict depends on the time only. A verdict may also be an error to throw. */
async function wait(
  setup: Setup,
  at: (elapsed: number, poll: number) => Verdict | Error,
  tookMs = 0,
  signal?: AbortSignal,
): Promise<Outcome> {
  const clock = new VirtualClock(setup.random);
  const polls: number[] = [];
  const observer: Observer<Verdict> = {
    poll: async () => {
      polls.push(clock.elapsed);
      const verdict = at(clock.elapsed, polls.length);
      if (tookMs > 0) await clock.sleep(tookMs);
      if (verdict instanceof Error) throw verdict;
      return verdict;
    },
  };
  const operation = new Operation();
  if (setup.expected !== undefined) operation.learn(setup.expected);
  const { timeoutMs } = setup;
  const classify = (seen: Verdict | undefined) => seen ?? { is: "failed" as const, state: "gone" };
  const options = { what: "it", observer, classify, clock, timeoutMs, operation };
  const outcome = await clock
    .run(waitFor({ ...options, signal }))
    .then((result) => ({ result }))
    .catch((error: WaitError) => ({ error }));
  return { ...outcome, polls, clock };
}

/** States that no server has ever had, and those that nearly look like an end. */
const words = fc.oneof(fc.string(), fc.constantFrom("ok", "OKAY", "Erred?", "", "AVAILABLE", "__proto__"));
const pending = (state: string): Verdict => ({ is: "pending", state });

describe("waiting, whatever the limit and the jitter", () => {
  it("survives any unknown state, ends at the deadline and stays within the budget", async () => {
    await fc.assert(
      fc.asyncProperty(setups, fc.array(words, { minLength: 1 }), async (setup, states) => {
        const { error, polls, clock } = await wait(setup, (_, poll) =>
          pending(states[poll % states.length] ?? ""),
        );
        expect(error?.end).toBe("timeout");
        expect(clock.elapsed).toBeCloseTo(setup.timeoutMs, 6);
        expect(polls.at(-1)).toBeCloseTo(setup.timeoutMs, 6);
        expect(polls.length).toBeLessThanOrEqual(pollBudget(setup.timeoutMs, setup.expected));
        expect(clock.sleepers).toBe(0);
      }),
    );
  });

  it("begins just one poll at or after the deadline, and stays within the budget, where polls take time", async () => {
    await fc.assert(
      fc.asyncProperty(setups, fc.integer({ min: 1, max: 20_000 }), async (setup, tookMs) => {
        const { error, polls, clock } = await wait(setup, () => pending("CREATING"), tookMs);
        expect(error?.end).toBe("timeout");
        expect(clock.elapsed).toBeGreaterThanOrEqual(setup.timeoutMs - 1e-6);
        expect(clock.elapsed).toBeLessThanOrEqual(setup.timeoutMs + 2 * tookMs + 1e-6);
        expect(polls.at(-1)).toBeGreaterThanOrEqual(setup.timeoutMs - 1e-6);
        expect(polls.at(-2) ?? 0).toBeLessThanOrEqual(setup.timeoutMs);
        expect(polls.length).toBeLessThanOrEqual(pollBudget(setup.timeoutMs, setup.expected));
      }),
    );
  });

  it("reports every target that is there by the deadline, by the end of the slot after", async () => {
    await fc.assert(
      fc.asyncProperty(setups, fc.double({ min: 0, max: 1, noNaN: true }), async (setup, share) => {
        const { timeoutMs, expected } = setup;
        const ready = share * timeoutMs;
        const done: Verdict = { is: "done", state: "OK" };
        const { result, clock } = await wait(setup, (now) => (now >= ready ? done : pending("CREATING")));
        expect(result?.value).toBe(done);
        const [slot = firstSlot] = slotsUntil(ready, expected).slice(-1);
        const [, next] = slotAfter(slot, ready, expected);
        expect(clock.elapsed).toBeLessThanOrEqual(Math.min(timeoutMs, next) + 1e-6);
      }),
    );
  });

  it("polls once in each slot, anywhere in it, also at the ceiling", async () => {
    await fc.assert(
      fc.asyncProperty(setups, async (setup) => {
        const { timeoutMs, expected } = setup;
        const { polls } = await wait(setup, () => pending("CREATING"));
        const slots = slotsUntil(timeoutMs, expected);
        for (const [index, poll] of polls.slice(0, -1).entries()) {
          const [start, end] = slots[index] ?? [Number.NaN, Number.NaN];
          expect(poll).toBeGreaterThanOrEqual(start - 1e-6);
          expect(poll).toBeLessThanOrEqual(end + 1e-6);
        }
        expect(polls.at(-1)).toBeCloseTo(timeoutMs, 6);
      }),
    );
  });

  it("ends as the first poll says that is not pending, and never otherwise", async () => {
    const verdicts = fc.record({
      is: fc.constantFrom("pending", "pending", "pending", "pending", "done", "failed"),
      state: words,
      reason: fc.option(fc.constantFrom("quota", "no host"), { nil: undefined }),
    }) as fc.Arbitrary<Verdict>;
    await fc.assert(
      fc.asyncProperty(setups, fc.array(verdicts, { minLength: 1 }), async (setup, timeline) => {
        const seen: Verdict[] = [];
        const { result, error } = await wait(setup, (_, poll) => {
          seen.push(timeline[(poll - 1) % timeline.length] ?? pending(""));
          return seen.at(-1) as Verdict;
        });
        const last = seen.at(-1);
        expect(seen.slice(0, -1).every(({ is }) => is === "pending")).toBe(true);
        expect(result?.value).toBe(last?.is === "done" ? last : undefined);
        expect(error?.end).toBe(
          last?.is === "done" ? undefined : last?.is === "failed" ? "failed" : "timeout",
        );
        if (last?.is === "failed")
          expect(error?.message).toContain(last.reason ?? "the server gives no reason");
      }),
    );
  });

  it("puts up with runs of six failed polls, and with no longer ones", async () => {
    const lost = fc.constantFrom<Error>(
      new ConnectionError("reset", true),
      new ApiError({ method: "GET", path: "/", status: 503, reason: "" }),
      new ApiError({ method: "GET", path: "/", status: 429, reason: "" }),
    );
    const polled = fc.array(fc.oneof(lost, fc.constant(pending("CREATING"))), {
      minLength: 1,
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(setups, polled, async (setup, timeline) => {
        const seen: (Verdict | Error)[] = [];
        const { error, clock } = await wait(setup, (_, poll) => {
          seen.push(timeline[(poll - 1) % timeline.length] ?? pending(""));
          return seen.at(-1) as Verdict | Error;
        });
        let run = 0;
        const runs = seen.map((one) => {
          run = one instanceof Error ? run + 1 : 0;
          return run;
        });
        const isLost = seen.at(-1) instanceof Error;
        expect(runs.slice(0, -1).every((length) => length <= 6)).toBe(true);
        expect(error?.end).toBe(isLost ? "unreachable" : "timeout");
        if (isLost && clock.elapsed < setup.timeoutMs) expect(runs.at(-1)).toBe(7);
      }),
    );
  });

  it("stops at once when it is cancelled, asleep or polling, and leaves no timer behind", async () => {
    await fc.assert(
      fc.asyncProperty(setups, fc.integer({ min: 0, max: 99 }), async (setup, percent) => {
        fc.pre(setup.timeoutMs > 0);
        const cancelled = Math.floor((setup.timeoutMs * percent) / 100);
        const clock = new VirtualClock(setup.random);
        const stop = new AbortController();
        const polls: number[] = [];
        // Polls last for ever and end only with the signal, as those of a silent server do.
        const poll = (signal?: AbortSignal) => {
          polls.push(clock.elapsed);
          return new Promise<undefined>((_, reject) =>
            signal?.addEventListener("abort", () => reject(signal.reason)),
          );
        };
        const { timeoutMs } = setup;
        const classify = () => pending("CREATING");
        const options = {
          what: "it",
          observer: { poll },
          classify,
          clock,
          timeoutMs,
          signal: stop.signal,
        };
        const end = waitFor(options).catch((error: WaitError) => ({ end: error.end, at: clock.elapsed }));
        await clock.pass(cancelled);
        const before = polls.length;
        stop.abort();
        expect(await clock.run(end)).toEqual({ end: "cancelled", at: cancelled });
        expect(polls.length).toBe(before);
        expect(clock.sleepers).toBe(0);
      }),
    );
  });
});
