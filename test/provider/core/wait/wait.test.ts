import { describe, expect, it } from "vitest";
import { TimeLimitError } from "../../../../provider/core/deadline";
import { ApiError, ConnectionError, UserError, WaitError } from "../../../../provider/core/errors";
import { Operation } from "../../../../provider/core/wait/experience";
import { humanDuration, type Verdict, type WaitOptions, waitFor } from "../../../../provider/core/wait/wait";
import { failure, VirtualClock } from "../../../support/virtualClock";

type Seen = Verdict | Error | undefined;

/** What a poll sees, by the time since the wait began. */
type Script = (elapsed: number) => Seen;

function waiting(script: Script, options: Partial<WaitOptions<Verdict>> = {}) {
  // Not at the epoch: times are told from the wait's beginning. A power of two keeps fractions exact.
  const clock = new VirtualClock(undefined, 2 ** 30);
  const polls: number[] = [];
  const poll = async () => {
    polls.push(clock.elapsed);
    const seen = script(clock.elapsed);
    if (seen instanceof Error) throw seen;
    return seen;
  };
  const end = waitFor<Verdict>({
    what: 'snapshot "nightly"',
    observer: { poll },
    classify: (seen) => seen ?? { is: "failed", state: "gone", reason: "it no longer exists" },
    clock,
    timeoutMs: 60_000,
    ...options,
  });
  return { clock, polls, end };
}

const creating: Verdict = { is: "pending", state: "CREATING" };
const ok: Verdict = { is: "done", state: "OK" };
const answer = (status: number, retryAfterMs?: number) =>
  new ApiError({ method: "GET", path: "/x/", status, reason: "the server's words", retryAfterMs });

describe("the error of a wait", () => {
  it("holds the history of states with times, and the server's reason", async () => {
    const script: Script = (now) => {
      if (now < 2000) return { is: "pending", state: "CREATION_SCHEDULED" };
      return now < 9000 ? creating : { is: "failed", state: "ERRED", reason: "No valid host was found" };
    };
    const { clock, end } = waiting(script);
    const error = await failure(clock.run(end), WaitError);
    expect(error.end).toBe("failed");
    expect(error.history.map(({ state }) => state)).toEqual(["CREATION_SCHEDULED", "CREATING", "ERRED"]);
    expect(error.history.map(({ at }) => Math.round(at - clock.start))).toEqual([150, 2109, 10_058]);
    expect(error.message).toMatch(
      /^snapshot "nightly": ERRED: No valid host was found \(states seen: CREATION_SCHEDULED at 0 s, CREATING at 2 s, ERRED at \d+ s\)$/,
    );
  });

  it("says so where the server gives no reason", async () => {
    const { clock, end } = waiting(() => ({ is: "failed", state: "ERRED", reason: "" }));
    expect((await failure(clock.run(end), WaitError)).message).toContain("the server gives no reason");
  });

  it("tells the limit and the last state after a time-out", async () => {
    const { clock, end } = waiting(() => creating, { timeoutMs: 1_800_000 });
    const error = await failure(clock.run(end), WaitError);
    expect(error.message).toBe('snapshot "nightly": not done after 30 min (states seen: CREATING at 0 s)');
  });
});

describe("an object that is not found", () => {
  it("is waited for right after a create", async () => {
    const { clock, end } = waiting((now) => (now < 10_000 ? undefined : ok), { notFoundGraceMs: 15_000 });
    const { history } = await clock.run(end);
    expect(history.map(({ state }) => state)).toEqual(["not found yet", "OK"]);
  });

  it("is gone once the grace is over", async () => {
    const { clock, end } = waiting(() => undefined, { notFoundGraceMs: 15_000 });
    const error = await failure(clock.run(end), WaitError);
    expect(error.end).toBe("gone");
    expect(clock.elapsed).toBeGreaterThanOrEqual(15_000);
    expect(clock.elapsed).toBeLessThan(25_000);
  });

  it("is gone at a limit that is just the grace", async () => {
    const { clock, end } = waiting(() => undefined, { notFoundGraceMs: 5000, timeoutMs: 5000 });
    expect((await failure(clock.run(end), WaitError)).end).toBe("gone");
  });

  it("that is found within the grace counts at once", async () => {
    const { clock, polls, end } = waiting(() => ok, { notFoundGraceMs: 15_000 });
    await clock.run(end);
    expect(polls).toHaveLength(1);
  });

  it("is gone at the first poll where there is no grace", async () => {
    const { clock, polls, end } = waiting(() => undefined);
    expect((await failure(clock.run(end), WaitError)).end).toBe("gone");
    expect(polls).toHaveLength(1);
  });

  it("is a time-out, not success, where the limit is shorter than the grace", async () => {
    const gone: Verdict = { is: "done", state: "gone" };
    const classify = (seen: Verdict | undefined) => seen ?? gone;
    const { clock, end } = waiting(() => undefined, { classify, notFoundGraceMs: 15_000, timeoutMs: 5000 });
    expect((await failure(clock.run(end), WaitError)).end).toBe("timeout");
  });
});

describe("an answer that is an error", () => {
  it.each([400, 401, 403, 404, 409])("%i fails at once with the server's words", async (status) => {
    const { clock, polls, end } = waiting(() => answer(status));
    const error = await failure(clock.run(end), WaitError);
    expect(error.end).toBe("refused");
    expect(error.message).toBe(`snapshot "nightly": GET /x/ answered ${status}: the server's words`);
    expect(error.cause).toBeInstanceOf(ApiError);
    expect(polls).toHaveLength(1);
  });

  it.each([408, 425, 429, 500, 502, 503, 504])("%i is put up with for a while", async (status) => {
    const { clock, end } = waiting((now) => (now < 1500 ? answer(status) : ok));
    expect((await clock.run(end)).value).toBe(ok);
  });

  it("ends the wait when it goes on for long, with the last of it as cause", async () => {
    const lost = new ConnectionError("GET /x/: no answer", true);
    const { clock, polls, end } = waiting(() => lost);
    const error = await failure(clock.run(end), WaitError);
    expect(error.end).toBe("unreachable");
    expect(error.cause).toBe(lost);
    expect(error.message).toBe('snapshot "nightly": could not be read: GET /x/: no answer');
    expect(polls).toHaveLength(7);
  });

  it("is thrown as it is where it did not come from the server", async () => {
    const { clock, end } = waiting(() => new UserError("refusing to follow"));
    expect((await failure(clock.run(end), UserError)).message).toBe("refusing to follow");
  });
});

describe("a signal", () => {
  it("ends a wait that sleeps", async () => {
    const stop = new AbortController();
    const { clock, end } = waiting(() => creating, { signal: stop.signal });
    await clock.pass(200);
    stop.abort();
    const error = await failure(clock.run(end), WaitError);
    expect(error.message).toBe('snapshot "nightly": cancelled (states seen: CREATING at 0 s)');
    expect(clock.elapsed).toBe(200);
  });

  it("of an operation whose time is over ends the wait as a time-out", async () => {
    const stop = new AbortController();
    const { clock, end } = waiting(() => creating, { signal: stop.signal });
    await clock.pass(200);
    stop.abort(new TimeLimitError("the time limit of 1 min is over"));
    const error = await failure(clock.run(end), WaitError);
    expect(error.end).toBe("timeout");
    expect(error.message).toBe(
      'snapshot "nightly": not done after 0 s: the time limit of 1 min is over (states seen: CREATING at 0 s)',
    );
  });

  it("ends a wait whose poll it ends, and one whose poll goes on regardless", async () => {
    for (const regardless of [true, false]) {
      const stop = new AbortController();
      const { clock, polls, end } = waiting(
        () => {
          stop.abort();
          return regardless ? creating : new Error("aborted");
        },
        { signal: stop.signal },
      );
      const error = await failure(clock.run(end), WaitError);
      expect(error.end).toBe("cancelled");
      expect(error.message).toContain('snapshot "nightly": cancelled');
      expect(polls).toHaveLength(1);
      expect(clock.elapsed).toBe(polls[0]);
    }
  });
});

describe("Retry-After", () => {
  it("keeps the next poll away for so long", async () => {
    const { clock, polls, end } = waiting((now) => (now < 1000 ? answer(429, 20_000) : ok));
    await clock.run(end);
    expect(polls).toEqual([150, 20_150]);
  });

  it("does not put off the last poll at the deadline", async () => {
    const { clock, polls, end } = waiting((now) => (now < 1000 ? answer(503, 3_600_000) : ok));
    expect((await clock.run(end)).value).toBe(ok);
    expect(polls).toEqual([150, 60_000]);
  });
});

describe("news from elsewhere", () => {
  it("ends the wait before its next poll is due, and does not push that poll away", async () => {
    const clock = new VirtualClock();
    let state = creating;
    let wake: () => void = () => undefined;
    const news = () =>
      new Promise<void>((resolve) => {
        wake = resolve;
      });
    const observer = { poll: async () => state, news };
    const end = waitFor<Verdict>({
      what: "it",
      observer,
      classify: (seen) => seen ?? ok,
      clock,
      timeoutMs: 600_000,
    });
    // News twice a second for 20 s, then silence: the wait's own polls must come as if there had been none.
    for (let i = 0; i < 40; i++) {
      await clock.pass(500);
      wake();
    }
    await clock.pass(0);
    state = ok;
    await clock.run(end);
    // Of the slot after the one that 20 s lie in, at the latest.
    expect(clock.elapsed).toBeLessThanOrEqual(20_000 * 1.25 * 1.25);
  });
});

describe("progress and experience", () => {
  it("tells each pending state with its age", async () => {
    const told: string[] = [];
    const { clock, end } = waiting((now) => (now < 400 ? creating : ok), {
      progress: (line) => told.push(line),
    });
    await clock.run(end);
    expect(told).toEqual(["CREATING, 0 s"]);
  });

  it("tells how many of the same operation are ready", async () => {
    const told: string[] = [];
    const operation = new Operation();
    operation.group.join()(true);
    const leave = operation.group.join();
    const { clock, end } = waiting((now) => (now < 400 ? creating : ok), {
      operation,
      progress: (line) => told.push(line),
    });
    await clock.run(end);
    leave(true);
    expect(told).toEqual(["CREATING, 0 s; 0 of 2 ready"]);
  });

  it("counts itself as ready where it succeeds, and as ended in any case", async () => {
    const operation = new Operation();
    const leave = operation.group.join();
    const ends = [
      waiting(() => ok, { operation }),
      waiting(() => ({ is: "failed", state: "ERRED" }), { operation }),
      waiting(() => creating, { operation }),
    ];
    expect(operation.group.progress).toBe("0 of 4 ready");
    for (const { clock, end } of ends) await clock.run(end.catch(() => undefined));
    expect(operation.group.progress).toBe("1 of 4 ready");
    leave(true);
    operation.group.join();
    // All four have ended, so a new group begins.
    expect(operation.group.progress).toBeUndefined();
  });

  it("tells how far the object itself is, which is no part of the history", async () => {
    const told: string[] = [];
    const script: Script = (now) => (now < 400 ? { ...creating, detail: "42 %" } : ok);
    const { clock, end } = waiting(script, { progress: (line) => told.push(line) });
    expect((await clock.run(end)).history.map(({ state }) => state)).toEqual(["CREATING", "OK"]);
    expect(told).toEqual(["CREATING, 42 %, 0 s"]);
  });

  it("learns from success only", async () => {
    const operation = new Operation();
    const learning = { operation };
    const failed = waiting(() => ({ is: "failed", state: "ERRED" }), learning);
    await failure(failed.clock.run(failed.end), WaitError);
    expect(operation.expectedMs).toBeUndefined();
    const done = waiting((now) => (now < 12_000 ? creating : ok), learning);
    await done.clock.run(done.end);
    expect(operation.expectedMs).toBe(done.clock.elapsed);
  });

  it("spares the polls of the second wait that would come long before the end", async () => {
    const learning = { operation: new Operation() };
    const first = waiting((now) => (now < 12_000 ? creating : ok), learning);
    await first.clock.run(first.end);
    const second = waiting((now) => (now < 12_000 ? creating : ok), learning);
    await second.clock.run(second.end);
    expect(second.polls.length).toBeLessThan(first.polls.length / 2);
  });
});

describe("humanDuration", () => {
  it.each([
    [0, "0 s"],
    [42_400, "42 s"],
    [119_000, "119 s"],
    [120_000, "2 min"],
    [420_000, "7 min"],
    [3_600_000, "1 h"],
    [5_400_000, "1 h 30 min"],
  ])("%i ms is %s", (ms, text) => expect(humanDuration(ms)).toBe(text));
});
