import { beforeEach, describe, expect, it } from "vitest";
import { ConnectionError, UserError, WaitError } from "../../../../provider/core/errors";
import { pauseAfter, secondLookMs } from "../../../../provider/core/resource/absence";
import { subject } from "../../../../provider/core/resource/object";
import { FakeCloud, fakeObjects, refusal } from "../../../support/fakeCloud";
import { failure } from "../../../support/virtualClock";

let cloud: FakeCloud;
beforeEach(() => {
  cloud = new FakeCloud();
});

const on = subject("snapshot", "7", "nightly", { project: "ours" });
const run = <T>(work: Promise<T>): Promise<T> => cloud.clock.run(work);
const read = (of = on) => run(fakeObjects.read(cloud.context(), of));

describe("an object that is not found", () => {
  it("is gone where it is not found twice with a pause, not listed, and its project is seen", async () => {
    expect(await read()).toBeUndefined();
    expect(cloud.reads).toEqual([0, secondLookMs]);
    expect(cloud.witnessed).toEqual([secondLookMs, secondLookMs]);
  });

  it.each([
    [10_000, 25_000],
    [34_000, secondLookMs],
    [3_600_000, secondLookMs],
    // By a clock that is behind it has not even been made.
    [-60_000, 35_000],
  ])("and was made %i ms ago is looked for again after %i ms", async (age, pause) => {
    const created = new Date(cloud.clock.now() - age).toISOString();
    await read({ ...on, place: { project: "ours", created } });
    expect(cloud.reads).toEqual([0, pause]);
  });

  it("is there where the first answer was stale, and nobody else is asked then", async () => {
    const row = cloud.put();
    cloud.stale = 1;
    expect(await read()).toEqual(row);
    expect(cloud.witnessed).toEqual([]);
  });

  it("is not gone while the list shows it, however often it is not found", async () => {
    cloud.put();
    cloud.stale = 2;
    const error = await run(failure(fakeObjects.read(cloud.context(), on), ConnectionError));
    expect(error.message).toBe(
      'snapshot "nightly" (7) is not found, but the list still shows it: it is not treated as deleted',
    );
    // What it did with a write is not known either.
    expect(error.sent).toBe(true);
  });

  it("is not gone where its project cannot be seen, or is not known", async () => {
    for (const place of [{ project: "theirs" }, {}]) {
      const { message } = await run(failure(fakeObjects.read(cloud.context(), { ...on, place }), UserError));
      expect(message).toMatch(/^snapshot "nightly" \(7\) is not found, but neither is its project/);
      expect(message).toContain("pulumi state delete");
    }
  });

  it("and that no state holds is looked for twice, and that is all", async () => {
    expect(await read({ kind: "snapshot", id: "7" } as typeof on)).toBeUndefined();
    expect(cloud.reads).toHaveLength(2);
    expect(cloud.witnessed).toEqual([]);
  });

  it("costs nothing while it is found", async () => {
    cloud.put();
    await read();
    expect(cloud.clock.elapsed).toBe(0);
    expect([cloud.reads.length, cloud.witnessed.length]).toEqual([1, 0]);
  });

  it("is not waited for where everything is to stop", async () => {
    const stop = new AbortController();
    const reading = fakeObjects.read(cloud.context(1000, stop.signal), on);
    stop.abort(new Error("enough"));
    await expect(run(reading)).rejects.toThrow("enough");
  });
});

describe("a deletion that is waited for", () => {
  it("does not end with one stale answer", async () => {
    cloud.put({ state: "DELETING" });
    cloud.stale = 1;
    cloud.later(8000, { state: "ERRED", reason: "busy" });
    const error = await run(failure(fakeObjects.waitGone(cloud.context(), on), WaitError));
    expect(error).toMatchObject({ end: "failed" });
    expect(error.message).toContain("ERRED: busy");
  });

  it("does not end while the list shows it", async () => {
    cloud.put({ state: "DELETING" });
    cloud.later(3000, undefined);
    cloud.ghosts.add("7");
    const waiting = fakeObjects.waitGone(cloud.context(), on);
    await cloud.clock.pass(6000);
    expect(cloud.clock.sleepers).toBeGreaterThan(0);
    cloud.ghosts.clear();
    await run(waiting);
    expect(cloud.clock.elapsed).toBeGreaterThan(6000);
  });

  it("fails where the credentials lose sight of its project meanwhile", async () => {
    cloud.put({ state: "DELETING" });
    cloud.later(3000, undefined);
    cloud.projects.clear();
    const error = await run(failure(fakeObjects.waitGone(cloud.context(), on), UserError));
    expect(error.message).toContain("it is not treated as deleted");
  });

  it.each([
    [100, 300],
    [4000, 1000],
    [60_000, secondLookMs],
  ])("of %i ms is looked at again %i ms later", (elapsed, pause) => {
    expect(pauseAfter(elapsed)).toBe(pause);
  });
});

describe("a wait for an object to be ready", () => {
  it("survives stale answers, and is over where the object is gone", async () => {
    cloud.put({ state: "CREATING" });
    cloud.stale = 1;
    cloud.later(5000, { state: "OK" });
    await run(fakeObjects.waitReady(cloud.context(), on));
    cloud.rows.clear();
    const error = await run(failure(fakeObjects.waitReady(cloud.context(), on), WaitError));
    expect(error).toMatchObject({ end: "gone" });
  });
});

describe("a write that is answered with 404", () => {
  const deleting = (send: () => Promise<void>) =>
    run(fakeObjects.act(cloud.context(), { on, send, happened: (row) => row === undefined }));

  it("is sent again where the object is there after all", async () => {
    cloud.put();
    let sent = 0;
    await deleting(async () => {
      sent += 1;
      if (sent === 1) throw refusal(404);
    });
    expect(sent).toBe(2);
  });

  it("is over where it is certain that the object is gone, and no sooner", async () => {
    let sent = 0;
    await deleting(async () => {
      sent += 1;
      throw refusal(404);
    });
    expect(sent).toBe(1);
    expect(cloud.witnessed).toHaveLength(2);
    cloud.projects.clear();
    await expect(deleting(async () => Promise.reject(refusal(404)))).rejects.toThrow(
      "not treated as deleted",
    );
  });
});
