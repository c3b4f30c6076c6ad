import { describe, expect, it } from "vitest";
import { ApiError, ConnectionError, UserError, WaitError } from "../../../../provider/core/errors";
import { Experience } from "../../../../provider/core/wait/pace";
import { humanDuration, type Verdict, type WaitOptions, waitFor } from "../../../../provider/core/wait/wait";
import { failure, VirtualClock } from "../../../support/virtualClock";

type Seen = Verdict | Error | undefined;

/** What a poll sees, by the time since the wait began. */
type Script = (elapsed: number) => Seen;

function waiting(script: Script, options: Partial<WaitOptions<Verdict>> = {}) {
  const clock = new VirtualClock();
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
    classify: (seen) => seen ?? { is: "failed", state: "gone", reason: "it is not there any more" },
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
    expect(error.history.map(({ at }) => Math.round(at))).toEqual([150, 2109, 10_058]);
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
    expect(error.message).toContain("the server's words");
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
    expect(polls).toHaveLength(7);
  });

  it("is thrown as it is where it did not come from the server", async () => {
    const { clock, end } = waiting(() => new UserError("refusing to follow"));
    expect((await failure(clock.run(end), UserError)).message).toBe("refusing to follow");
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
    const shared = { experience: new Experience(), operation: "create snapshot" };
    shared.experience.progressGroup("create snapshot").join()(true);
    const leave = shared.experience.progressGroup("create snapshot").join();
    const { clock, end } = waiting((now) => (now < 400 ? creating : ok), {
      ...shared,
      progress: (line) => told.push(line),
    });
    await clock.run(end);
    leave(true);
    expect(told).toEqual(["CREATING, 0 s; 0 of 2 ready"]);
  });

  it("learns from success only", async () => {
    const experience = new Experience();
    const learning = { experience, operation: "create snapshot" };
    const failed = waiting(() => ({ is: "failed", state: "ERRED" }), learning);
    await failure(failed.clock.run(failed.end), WaitError);
    expect(experience.expected("create snapshot")).toBeUndefined();
    const done = waiting((now) => (now < 12_000 ? creating : ok), learning);
    await done.clock.run(done.end);
    expect(experience.expected("create snapshot")).toBe(done.clock.elapsed);
  });

  it("spares the polls of the second wait that would come long before the end", async () => {
    const experience = new Experience();
    const learning = { experience, operation: "create snapshot" };
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
