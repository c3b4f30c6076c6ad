import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ApiError, ConnectionError, type WaitError } from "../../../../provider/core/errors";
import { budget, Experience, slotAt, slotEnd } from "../../../../provider/core/wait/pace";
import { type Observer, type Verdict, type WaitResult, waitFor } from "../../../../provider/core/wait/wait";
import { dice, expectations, paces, timeLimits } from "../../../support/arbitraries";
import { VirtualClock } from "../../../support/virtualClock";

const setups = fc.record({ pace: paces, timeoutMs: timeLimits, expected: expectations, random: dice });
type Setup = typeof setups extends fc.Arbitrary<infer T> ? T : never;

interface Outcome {
  result?: WaitResult<Verdict>;
  error?: WaitError;
  /** When the looks began, in ms since the wait did. */
  looks: number[];
  clock: VirtualClock;
}

/** Waits on something whose verdict depends on the time only. A verdict may also be an error to throw. */
async function wait(
  setup: Setup,
  at: (elapsed: number, look: number) => Verdict | Error,
  tookMs = 0,
  signal?: AbortSignal,
): Promise<Outcome> {
  const clock = new VirtualClock(setup.random);
  const looks: number[] = [];
  const observer: Observer<Verdict> = {
    look: async () => {
      looks.push(clock.elapsed);
      const verdict = at(clock.elapsed, looks.length);
      if (tookMs > 0) await clock.sleep(tookMs);
      if (verdict instanceof Error) throw verdict;
      return verdict;
    },
  };
  const experience = new Experience();
  if (setup.expected !== undefined) experience.learn("it", setup.expected);
  const { pace, timeoutMs } = setup;
  const classify = (seen: Verdict | undefined) => seen ?? { is: "failed" as const, state: "gone" };
  const options = { what: "it", observer, classify, clock, timeoutMs, pace, experience, operation: "it" };
  const outcome = await clock
    .run(waitFor({ ...options, signal }))
    .then((result) => ({ result }))
    .catch((error: WaitError) => ({ error }));
  return { ...outcome, looks, clock };
}

/** States that no server has ever had, and those that nearly look like an end. */
const words = fc.oneof(fc.string(), fc.constantFrom("ok", "OKAY", "Erred?", "", "AVAILABLE", "__proto__"));
const pending = (state: string): Verdict => ({ is: "pending", state });

describe("waiting, whatever the pace, the limit and the dice", () => {
  it("survives any unknown state, ends at the deadline and stays within the budget", async () => {
    await fc.assert(
      fc.asyncProperty(setups, fc.array(words, { minLength: 1 }), async (setup, states) => {
        const { error, looks, clock } = await wait(setup, (_, look) =>
          pending(states[look % states.length] ?? ""),
        );
        expect(error?.end).toBe("timeout");
        expect(clock.elapsed).toBeCloseTo(setup.timeoutMs, 6);
        expect(looks.at(-1)).toBeCloseTo(setup.timeoutMs, 6);
        expect(looks.length).toBeLessThanOrEqual(budget(setup.timeoutMs, setup.pace, setup.expected));
        expect(clock.sleepers).toBe(0);
      }),
    );
  });

  it("begins just one look at or after the deadline, and stays within the budget, where looks take time", async () => {
    await fc.assert(
      fc.asyncProperty(setups, fc.integer({ min: 1, max: 20_000 }), async (setup, tookMs) => {
        const { error, looks, clock } = await wait(setup, () => pending("CREATING"), tookMs);
        expect(error?.end).toBe("timeout");
        expect(clock.elapsed).toBeGreaterThanOrEqual(setup.timeoutMs - 1e-6);
        expect(clock.elapsed).toBeLessThanOrEqual(setup.timeoutMs + 2 * tookMs + 1e-6);
        expect(looks.at(-1)).toBeGreaterThanOrEqual(setup.timeoutMs - 1e-6);
        expect(looks.at(-2) ?? 0).toBeLessThanOrEqual(setup.timeoutMs);
        expect(looks.length).toBeLessThanOrEqual(budget(setup.timeoutMs, setup.pace, setup.expected));
      }),
    );
  });

  it("reports every target that is there by the deadline, by the end of the slot after", async () => {
    await fc.assert(
      fc.asyncProperty(setups, fc.double({ min: 0, max: 1, noNaN: true }), async (setup, share) => {
        const { pace, timeoutMs, expected } = setup;
        const ready = share * timeoutMs;
        const done: Verdict = { is: "done", state: "OK" };
        const { result, clock } = await wait(setup, (now) => (now >= ready ? done : pending("CREATING")));
        expect(result?.value).toBe(done);
        const next = slotEnd(slotAt(ready, pace, expected)[1], pace, expected);
        expect(clock.elapsed).toBeLessThanOrEqual(Math.min(timeoutMs, next) + 1e-6);
      }),
    );
  });

  it("looks once in each slot, anywhere in it, also at the ceiling", async () => {
    await fc.assert(
      fc.asyncProperty(setups, async (setup) => {
        const { pace, timeoutMs, expected } = setup;
        const { looks } = await wait(setup, () => pending("CREATING"));
        let [start, end] = slotAt(0, pace, expected);
        for (const look of looks.slice(0, -1)) {
          expect(look).toBeGreaterThanOrEqual(start - 1e-6);
          expect(look).toBeLessThanOrEqual(end + 1e-6);
          [start, end] = [end, slotEnd(end, pace, expected)];
        }
        expect(looks.at(-1)).toBeCloseTo(timeoutMs, 6);
      }),
    );
  });

  it("ends as the first look says that is not pending, and never otherwise", async () => {
    const verdicts = fc.record({
      is: fc.constantFrom("pending", "pending", "pending", "pending", "done", "failed"),
      state: words,
      reason: fc.option(fc.constantFrom("quota", "no host"), { nil: undefined }),
    }) as fc.Arbitrary<Verdict>;
    await fc.assert(
      fc.asyncProperty(setups, fc.array(verdicts, { minLength: 1 }), async (setup, timeline) => {
        const seen: Verdict[] = [];
        const { result, error } = await wait(setup, (_, look) => {
          seen.push(timeline[(look - 1) % timeline.length] ?? pending(""));
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

  it("puts up with runs of six failed looks, and with no longer ones", async () => {
    const lost = fc.constantFrom<Error>(
      new ConnectionError("reset", true),
      new ApiError({ method: "GET", path: "/", status: 503, reason: "" }),
      new ApiError({ method: "GET", path: "/", status: 429, reason: "" }),
    );
    const looked = fc.array(fc.oneof(lost, fc.constant(pending("CREATING"))), {
      minLength: 1,
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(setups, looked, async (setup, timeline) => {
        const seen: (Verdict | Error)[] = [];
        const { error, clock } = await wait(setup, (_, look) => {
          seen.push(timeline[(look - 1) % timeline.length] ?? pending(""));
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

  it("stops at once when it is cancelled, asleep or looking, and leaves no timer behind", async () => {
    await fc.assert(
      fc.asyncProperty(setups, fc.integer({ min: 0, max: 99 }), async (setup, percent) => {
        fc.pre(setup.timeoutMs > 0);
        const cancelled = Math.floor((setup.timeoutMs * percent) / 100);
        const clock = new VirtualClock(setup.random);
        const stop = new AbortController();
        const looks: number[] = [];
        // Looks last for ever and end only with the signal, as those of a silent server do.
        const look = (signal?: AbortSignal) => {
          looks.push(clock.elapsed);
          return new Promise<undefined>((_, reject) =>
            signal?.addEventListener("abort", () => reject(signal.reason)),
          );
        };
        const { pace, timeoutMs } = setup;
        const classify = () => pending("CREATING");
        const options = {
          what: "it",
          observer: { look },
          classify,
          clock,
          timeoutMs,
          pace,
          signal: stop.signal,
        };
        const end = waitFor(options).catch((error: WaitError) => ({ end: error.end, at: clock.elapsed }));
        await clock.pass(cancelled);
        const before = looks.length;
        stop.abort();
        expect(await clock.run(end)).toEqual({ end: "cancelled", at: cancelled });
        expect(looks.length).toBe(before);
        expect(clock.sleepers).toBe(0);
      }),
    );
  });
});
