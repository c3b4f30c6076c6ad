import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, ConnectionError, UserError, WaitError } from "../../../../provider/core/errors";
import { isRefusal, patiently, RemoteObjects, subject } from "../../../../provider/core/resource/object";
import { FakeCloud, type FakeRow, fakeAdapter, fakeObjects, refusal } from "../../../support/fakeCloud";
import { failure } from "../../../support/virtualClock";

let cloud: FakeCloud;
beforeEach(() => {
  cloud = new FakeCloud();
});

const ref = { kind: "snapshot", id: "7" } as const;
const on = subject("snapshot", "7", "nightly");
const run = <T>(work: Promise<T>): Promise<T> => cloud.clock.run(work);
const fails = <E extends Error>(work: Promise<unknown>, type: new (...args: never[]) => E) =>
  run(failure(work, type as new (...args: unknown[]) => E));

describe("an object in messages", () => {
  it("is its name and id, or its id alone", () => {
    expect(on).toEqual({ kind: "snapshot", id: "7", what: 'snapshot "nightly" (7)' });
    expect(subject("volume", "8").what).toBe("volume 8");
    expect(subject("volume", "8", "").what).toBe("volume 8");
  });
});

describe("an object that has to be there", () => {
  it("is read in full, and one that is missing is told with what to do", async () => {
    const row = cloud.put();
    expect(await run(fakeObjects.existing(cloud.context(), ref))).toEqual(row);
    const error = await fails(fakeObjects.existing(cloud.context(), { ...ref, id: "8" }), UserError);
    expect(error.message).toContain("snapshot 8");
    expect(error.message).toContain("pulumi refresh");
  });
});

describe("an object with nothing going on", () => {
  it.each(["OK", "ERRED"])("is read once where it rests as %s", async (state) => {
    cloud.put({ state });
    expect(await run(fakeObjects.settled(cloud.context(), ref))).toMatchObject({ state });
    expect(cloud.reads).toHaveLength(1);
    expect(cloud.polls).toEqual([]);
  });

  it("is waited for where it is busy, and read again, be the end good or bad", async () => {
    cloud.put({ state: "UPDATING" });
    cloud.later(5000, { state: "ERRED", name: "renamed" });
    expect(await run(fakeObjects.settled(cloud.context(), ref))).toMatchObject({ name: "renamed" });
    expect(cloud.clock.elapsed).toBeGreaterThanOrEqual(5000);
    expect(cloud.watches).toBe(0);
    expect(cloud.progress[0]).toMatch(/^UPDATING, /);
  });

  it("is undefined where there is none, also after the wait", async () => {
    expect(await run(fakeObjects.settled(cloud.context(), ref))).toBeUndefined();
    cloud.put({ state: "DELETING" });
    cloud.later(5000, undefined);
    expect(await run(fakeObjects.settled(cloud.context(), ref))).toBeUndefined();
  });

  it("names the object where the wait takes too long", async () => {
    cloud.put({ state: "UPDATING" });
    const error = await fails(fakeObjects.settled(cloud.context(5000), ref), WaitError);
    expect(error.message).toMatch(/^snapshot "nightly" \(7\): not done after 5 s/);
  });
});

describe("an object that can be used", () => {
  it("is read once where it can be, and undefined where there is none", async () => {
    expect(await run(fakeObjects.ready(cloud.context(), ref))).toBeUndefined();
    cloud.put();
    cloud.reads.length = 0;
    expect(await run(fakeObjects.ready(cloud.context(), ref))).toMatchObject({ state: "OK" });
    expect(cloud.reads).toHaveLength(1);
    expect(cloud.polls).toEqual([]);
  });

  it("is waited for where it is busy", async () => {
    cloud.put({ state: "UPDATING" });
    cloud.later(5000, { state: "OK" });
    expect(await run(fakeObjects.ready(cloud.context(), ref))).toMatchObject({ state: "OK" });
  });

  it("that has failed is an error with the server's reason", async () => {
    cloud.put({ state: "ERRED", reason: "no host" });
    const error = await fails(fakeObjects.ready(cloud.context(), ref), WaitError);
    expect(error).toMatchObject({ end: "failed" });
    expect(error.message).toContain('snapshot "nightly" (7): ERRED: no host');
  });

  it("that recovers while the reason is looked for is read again", async () => {
    cloud.put({ state: "ERRED" });
    cloud.later(200, { state: "OK" });
    expect(await run(fakeObjects.ready(cloud.context(), ref))).toMatchObject({ state: "OK" });
    expect(cloud.experience.of("update snapshot").expectedMs).toBeGreaterThan(0);
  });
});

describe("a write", () => {
  /** Sends a write whose answers are given, one for each attempt. */
  function acting(answers: (Error | undefined)[], happened: (row: FakeRow | undefined) => boolean) {
    const sent: number[] = [];
    const send = async () => {
      const answer = answers[sent.length];
      sent.push(cloud.clock.elapsed);
      if (answer) throw answer;
    };
    return { sent, done: fakeObjects.act(cloud.context(), { on, send, happened }) };
  }
  const never = () => false;
  const lost = new ConnectionError("reset", true);

  it("is sent once where it is answered, and nothing is read", async () => {
    cloud.put();
    const { sent, done } = acting([undefined], never);
    await run(done);
    expect(sent).toEqual([0]);
    expect(cloud.reads).toEqual([]);
  });

  it("on an object that is gone is over where that is what was wanted, and an error where not", async () => {
    const wanted = acting([refusal(404)], (row) => row === undefined);
    await run(wanted.done);
    expect(wanted.sent).toHaveLength(1);
    const other = acting([refusal(404)], never);
    expect(await fails(other.done, ApiError)).toMatchObject({ status: 404 });
    expect(other.sent).toHaveLength(1);
  });

  it("that is refused is not sent again", async () => {
    cloud.put({ state: "UPDATING" });
    const { sent, done } = acting([refusal(400)], never);
    expect(await fails(done, ApiError)).toMatchObject({ status: 400 });
    expect(sent).toHaveLength(1);
    expect(cloud.reads).toEqual([]);
  });

  it("whose answer is lost is over where the object shows a second later that it was carried out", async () => {
    cloud.put();
    const { sent, done } = acting([lost], (row) => row?.name === "nightly");
    await run(done);
    expect(sent).toEqual([0]);
    expect(cloud.reads).toEqual([1000]);
  });

  it("whose answer is lost is sent again where the object shows nothing of it", async () => {
    cloud.put();
    const { sent, done } = acting([lost, refusal(500), undefined], never);
    await run(done);
    expect(sent).toEqual([0, 1000, 2000]);
  });

  it("whose answer is lost waits for a server that stays away", async () => {
    cloud.put();
    cloud.failures.push(lost, refusal(503));
    const { sent, done } = acting([lost], (row) => row?.name === "nightly");
    await run(done);
    expect(sent).toEqual([0]);
    expect(cloud.reads).toEqual([1000, 6000, 11_000]);
  });

  it("waits for an object that is busy, and is sent again", async () => {
    cloud.put({ state: "UPDATING" });
    cloud.later(5000, { state: "OK" });
    const { sent, done } = acting([refusal(409), undefined], never);
    await run(done);
    expect(sent[1]).toBeGreaterThanOrEqual(5000);
    expect(cloud.watches).toBe(0);
  });

  it("that a resting object refuses is refused", async () => {
    cloud.put();
    const { sent, done } = acting([refusal(409)], never);
    expect(await fails(done, ApiError)).toMatchObject({ status: 409 });
    expect(sent).toHaveLength(1);
  });

  it("that is refused by an object that is gone by then is over only where that is what was wanted", async () => {
    await run(acting([refusal(409)], (row) => row === undefined).done);
    expect(await fails(acting([refusal(409)], never).done, ApiError)).toMatchObject({ status: 409 });
    // A busy refusal says nothing of what an object that is there shows.
    cloud.put();
    const refused = acting([refusal(409)], (row) => row !== undefined);
    expect(await fails(refused.done, ApiError)).toMatchObject({ status: 409 });
  });

  it("is given up after four attempts, with the last error, and reads nothing more", async () => {
    cloud.put();
    const { sent, done } = acting([refusal(500), lost, refusal(502), refusal(503)], never);
    expect(await fails(done, ApiError)).toMatchObject({ status: 503 });
    expect(sent).toHaveLength(4);
    expect(cloud.reads).toHaveLength(3);
  });

  it("is over where the fourth attempt finds the object gone, if that is what was wanted", async () => {
    cloud.put();
    let sent = 0;
    const send = async () => {
      sent += 1;
      if (sent < 4) throw lost;
      cloud.rows.clear();
      throw refusal(404);
    };
    await run(fakeObjects.act(cloud.context(), { on, send, happened: (row) => row === undefined }));
    expect(sent).toBe(4);
  });

  it("ends with the signal while it pauses", async () => {
    cloud.put();
    const stop = new AbortController();
    const send = async () => {
      setImmediate(() => stop.abort(new Error("enough")));
      throw lost;
    };
    const done = fakeObjects.act(cloud.context(1000, stop.signal), { on, send, happened: never });
    await expect(run(done)).rejects.toThrow("enough");
    expect(cloud.reads).toEqual([]);
  });
});

describe("a wait", () => {
  it("learns how long its operation takes on this kind of object, and closes its watch", async () => {
    cloud.put({ state: "CREATING" });
    cloud.later(20_000, { state: "OK" });
    await run(fakeObjects.waitReady(cloud.context(), on, { operation: "create" }));
    expect(cloud.experience.of("create snapshot").expectedMs).toBe(cloud.clock.elapsed);
    expect(cloud.watches).toBe(0);
  });

  it("without an operation teaches nothing", async () => {
    cloud.put();
    await run(fakeObjects.waitReady(cloud.context(), on));
    for (const name of ["", "snapshot", " snapshot", "undefined snapshot"])
      expect(cloud.experience.of(name).expectedMs).toBeUndefined();
  });

  it("puts up with not finding what was made just now for 15 s, and not otherwise", async () => {
    expect(await fails(fakeObjects.waitReady(cloud.context(), on), WaitError)).toMatchObject({ end: "gone" });
    expect(cloud.polls).toHaveLength(1);
    const began = cloud.clock.elapsed;
    const fresh = fakeObjects.waitReady(cloud.context(), on, { fresh: true });
    expect(await fails(fresh, WaitError)).toMatchObject({ end: "gone" });
    expect(cloud.clock.elapsed - began).toBeGreaterThanOrEqual(15_000);
    expect(cloud.clock.elapsed - began).toBeLessThan(25_000);
    expect(cloud.watches).toBe(0);
  });

  it("asks once more for the reason of a failure, which comes a moment later", async () => {
    cloud.put({ state: "ERRED" });
    cloud.later(400, { reason: "no host" });
    const error = await fails(fakeObjects.waitReady(cloud.context(), on), WaitError);
    expect(error.message).toContain("ERRED: no host");
    expect(cloud.polls).toHaveLength(2);
  });

  it("says so where there is no reason after that", async () => {
    cloud.put({ state: "ERRED" });
    const error = await fails(fakeObjects.waitReady(cloud.context(), on), WaitError);
    expect(error.message).toContain("ERRED: the server gives no reason");
    expect(cloud.polls).toHaveLength(2);
  });

  it("asks for a reason with what was seen, since when, and whether it is the last time", async () => {
    const reasonFor = vi.fn(async () => undefined);
    const objects = new RemoteObjects({ ...fakeAdapter, reasonFor });
    const row = cloud.put({ state: "ERRED", reason: "seen" });
    const ctx = cloud.context();
    await fails(objects.waitReady(ctx, on, { since: 5 }), WaitError);
    const asked = (final: boolean) => ({
      on,
      seen: row,
      verdict: { is: "failed", state: "ERRED", reason: "seen" },
      since: 5,
      final,
    });
    expect(reasonFor.mock.calls).toEqual([
      [ctx, asked(false)],
      [ctx, asked(true)],
    ]);
  });

  it("polls at once when somebody else's request brought news", async () => {
    cloud.put({ state: "CREATING" });
    let wake = () => {};
    const news = () =>
      new Promise<void>((resolve) => {
        wake = resolve;
      });
    const watch: typeof fakeAdapter.watch = (client, of) => ({ ...fakeAdapter.watch(client, of), news });
    const ready = new RemoteObjects({ ...fakeAdapter, watch }).waitReady(cloud.context(), on);
    await cloud.clock.pass(60_000);
    cloud.put();
    wake();
    await run(ready);
    expect(cloud.clock.elapsed).toBe(60_000);
  });

  it("for the end of a deletion is over where nothing is found, and learns as a deletion", async () => {
    cloud.put({ state: "DELETING" });
    cloud.later(20_000, undefined);
    await run(fakeObjects.waitGone(cloud.context(), on));
    expect(cloud.experience.of("delete snapshot").expectedMs).toBe(cloud.clock.elapsed);
    cloud.put({ state: "ERRED", reason: "it has clones" });
    const error = await fails(fakeObjects.waitGone(cloud.context(), on, { operation: "unlink" }), WaitError);
    expect(error.message).toContain("ERRED: it has clones");
    cloud.rows.clear();
    await run(fakeObjects.waitGone(cloud.context(), on, { operation: "unlink" }));
    expect(cloud.experience.of("unlink snapshot").expectedMs).toBeGreaterThan(0);
  });

  it("ends with the signal", async () => {
    cloud.put({ state: "CREATING" });
    const stop = new AbortController();
    const ready = fakeObjects.waitReady(cloud.context(600_000, stop.signal), on);
    const ended = failure(ready, WaitError);
    await cloud.clock.pass(1000);
    stop.abort();
    expect(await run(ended)).toMatchObject({ end: "cancelled" });
  });
});

describe("reading patiently", () => {
  const away = new ConnectionError("away", true);

  it("goes on every five seconds while the server stays away, up to the time limit, and no further", async () => {
    const read = vi.fn(() => Promise.reject(away));
    await expect(run(patiently(cloud.context(60_000), read))).rejects.toBe(away);
    expect(cloud.clock.elapsed).toBe(60_000);
    expect(read).toHaveBeenCalledTimes(13);
  });

  it("gives what is read in the end, and fails at once where asking again cannot help", async () => {
    const read = vi.fn().mockRejectedValueOnce(refusal(503)).mockResolvedValueOnce("row");
    expect(await run(patiently(cloud.context(), read))).toBe("row");
    const denied = refusal(403);
    await expect(run(patiently(cloud.context(), () => Promise.reject(denied)))).rejects.toBe(denied);
    expect(cloud.clock.elapsed).toBe(5000);
  });

  it("ends with the signal", async () => {
    const stop = new AbortController();
    const reading = patiently(cloud.context(60_000, stop.signal), () => Promise.reject(away));
    const ended = expect(reading).rejects.toThrow("enough");
    await cloud.clock.pass(1000);
    stop.abort(new Error("enough"));
    await ended;
  });
});

it("a refusal is an answer with one of the statuses", () => {
  expect(isRefusal(refusal(404), [404, 410])).toBe(true);
  expect(isRefusal(refusal(403), [404, 410])).toBe(false);
  expect(isRefusal(new UserError("no"), [404])).toBe(false);
});
