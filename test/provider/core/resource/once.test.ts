import { describe, expect, it, vi } from "vitest";
import { ApiError, ConnectionError, UserError } from "../../../../provider/core/errors";
import { createOnce } from "../../../../provider/core/resource/once";
import { failure, VirtualClock } from "../../../support/virtualClock";

const lost = new ConnectionError("POST /x/: no answer: reset", true);
const api = (status: number) => new ApiError({ method: "POST", path: "/x/", status, reason: "words" });

/** Creates with scripted attempts and look-ups; an error is thrown, the last entry is repeated. */
function creating(
  attempts: (string | Error)[],
  looks: (string[] | Error)[] = [[]],
  timeoutMs = 600_000,
  claimed = new Set<string>(),
) {
  const clock = new VirtualClock();
  const next = <T>(script: T[]) => (script.length > 1 ? script.shift() : script[0]) as T;
  const settle = <T>(value: T | Error): T => {
    if (value instanceof Error) throw value;
    return value;
  };
  const attempt = vi.fn(async () => settle(next(attempts)));
  const find = vi.fn(async (_since: number) => settle(next(looks)));
  const made = clock.run(
    createOnce({
      what: 'snapshot "nightly"',
      attempt,
      find,
      describe: (candidate) => `<${candidate}>`,
      idOf: (one) => `id of ${one}`,
      claimed,
      clock,
      timeoutMs,
    }),
  );
  return { clock, attempt, find, made };
}

describe("creating once", () => {
  it("takes the answer where there is one, and looks for nothing", async () => {
    const { made, find } = creating(["a"]);
    expect(await made).toBe("a");
    expect(find).not.toHaveBeenCalled();
  });

  it.each([
    ["400", api(400)],
    ["403", api(403)],
    ["409", api(409)],
    ["429", api(429)],
    ["a connection that never stood", new ConnectionError("refused", false)],
    ["a mistake of the user's", new UserError("no")],
  ])("throws %s at once: nothing can have been made", async (_, error) => {
    const { made, attempt, find } = creating([error]);
    await expect(made).rejects.toBe(error);
    expect(attempt).toHaveBeenCalledTimes(1);
    expect(find).not.toHaveBeenCalled();
  });
});

describe("after a lost answer", () => {
  it.each([
    ["a reset", lost],
    ["500", api(500)],
    ["502", api(502)],
    ["504", api(504)],
  ])("(%s) takes over the one that it finds, without a second attempt", async (_, error) => {
    const { made, attempt } = creating([error], [[], ["found"]]);
    expect(await made).toBe("found");
    expect(attempt).toHaveBeenCalledTimes(1);
  });

  it("asks for what was made since the first attempt began", async () => {
    const { made, find, clock } = creating([lost, lost, "a"]);
    expect(await made).toBe("a");
    expect(find.mock.calls.every(([since]) => since === clock.start)).toBe(true);
  });

  it("attempts again only after three looks that found nothing, over seconds", async () => {
    const { made, attempt, find, clock } = creating([lost, "b"]);
    expect(await made).toBe("b");
    expect(attempt).toHaveBeenCalledTimes(2);
    expect(find).toHaveBeenCalledTimes(3);
    expect(clock.elapsed).toBe(7000);
  });

  it("leaves a server longer whose gateway lost patience", async () => {
    const { made, clock } = creating([api(504), "b"]);
    await made;
    expect(clock.elapsed).toBe(30_000);
  });

  it("throws the last error after three attempts that made nothing", async () => {
    const { made, attempt } = creating([lost, lost, api(503)]);
    expect((await failure(made, ApiError)).status).toBe(503);
    expect(attempt).toHaveBeenCalledTimes(3);
  });

  it("does not choose between two: the error names both", async () => {
    const { made, attempt } = creating([lost], [["one", "two"]]);
    expect((await failure(made, UserError)).message).toBe(
      'snapshot "nightly": the answer was lost (POST /x/: no answer: reset), and there is more than one that it ' +
        "may have made: <one>, <two>. Delete the wrong one, or import the right one.",
    );
    expect(attempt).toHaveBeenCalledTimes(1);
  });

  it("finds in a later round what an earlier attempt made after all", async () => {
    const { made, attempt } = creating([lost, lost], [[], [], [], ["late"]]);
    expect(await made).toBe("late");
    expect(attempt).toHaveBeenCalledTimes(2);
  });
});

describe("what another create of this process has made", () => {
  it("is not taken over, and does not stand in the way", async () => {
    const others = () => new Set(["id of other"]);
    expect(await creating([lost], [["other", "mine"]], 600_000, others()).made).toBe("mine");
    const none = creating([lost, "b"], [["other"]], 600_000, others());
    expect(await none.made).toBe("b");
    expect(none.attempt).toHaveBeenCalledTimes(2);
  });

  it("is known from the moment that it is made, however it was", async () => {
    const claimed = new Set<string>();
    await creating(["a"], [[]], 600_000, claimed).made;
    await creating([lost], [["b"]], 600_000, claimed).made;
    await failure(creating([api(409)], [[]], 600_000, claimed).made, ApiError);
    expect([...claimed]).toEqual(["id of a", "id of b"]);
  });
});

describe("while the server is away during the look-up", () => {
  it("goes on looking and attempts nothing", async () => {
    const away = Array.from({ length: 20 }, () => api(503));
    const { made, attempt, find } = creating([lost], [...away, ["found"]]);
    expect(await made).toBe("found");
    expect(attempt).toHaveBeenCalledTimes(1);
    expect(find).toHaveBeenCalledTimes(21);
  });

  it("counts only looks that were answered before it attempts again", async () => {
    const { made, find } = creating([lost, "b"], [api(503), [], lost, [], api(429), []]);
    expect(await made).toBe("b");
    expect(find).toHaveBeenCalledTimes(6);
  });

  it("gives up at the time limit and says what is not known", async () => {
    const { made, attempt, clock } = creating([lost], [api(503)], 60_000);
    const { message } = await failure(made, UserError);
    expect(message).toContain("it could not be looked up whether it was made");
    expect(message).toContain("Look on the server before you run again");
    expect(attempt).toHaveBeenCalledTimes(1);
    expect(clock.elapsed).toBeGreaterThanOrEqual(60_000);
    expect(clock.elapsed).toBeLessThan(65_000);
  });

  it("throws a refusal at once", async () => {
    const { made, attempt } = creating([lost], [api(403)]);
    expect((await failure(made, ApiError)).status).toBe(403);
    expect(attempt).toHaveBeenCalledTimes(1);
  });

  it("stops with the signal, and says that it is not known what was made", async () => {
    const clock = new VirtualClock();
    const stop = new AbortController();
    const attempt = vi.fn().mockRejectedValue(lost);
    const find = async () => {
      stop.abort(new Error("enough"));
      return [];
    };
    const names = { what: "it", describe: String, idOf: String, claimed: new Set<string>() };
    const options = { ...names, attempt, find, clock, timeoutMs: 60_000, signal: stop.signal };
    await expect(clock.run(createOnce(options))).rejects.toThrow(
      /it could not be looked up whether it was made \(enough\)\. Look on the server/,
    );
    expect(attempt).toHaveBeenCalledTimes(1);
  });
});
