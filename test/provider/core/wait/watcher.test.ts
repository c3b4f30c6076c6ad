import { getEventListeners } from "node:events";
import { describe, expect, it, vi } from "vitest";
import { ApiError, WaitError } from "../../../../provider/core/errors";
import type { Verdict } from "../../../../provider/core/wait/wait";
import { waitFor } from "../../../../provider/core/wait/wait";
import { Watcher } from "../../../../provider/core/wait/watcher";
import { type Item, Shelf } from "../../../support/shelf";
import { failure, seeded, VirtualClock } from "../../../support/virtualClock";

const names = (count: number) => Array.from({ length: count }, (_, index) => `v${index}`);

const untilOk = (seen: Item | undefined): Verdict =>
  seen === undefined
    ? { is: "failed", state: "gone" }
    : { is: seen.state === "OK" ? "done" : "pending", state: seen.state };

function waitOn(shelf: Shelf, watcher: Watcher<Item>, id: string, timeoutMs = 600_000) {
  const watch = watcher.watch(id);
  const options = { what: id, observer: watch, classify: untilOk, clock: shelf.clock, timeoutMs };
  return waitFor(options).finally(() => watch.close());
}

describe("many waits on one collection", () => {
  it("cost list requests per tick, and not one each", async () => {
    const shelf = new Shelf(new VirtualClock(seeded(1)), names(100));
    const watcher = new Watcher(shelf, shelf.clock);
    const waits = names(100).map((id) => waitOn(shelf, watcher, id));
    await shelf.clock.pass(30_000);
    for (const id of names(100)) shelf.put(id, "OK");
    await shelf.clock.run(Promise.all(waits));
    const ticks = shelf.clock.elapsed / 500 + 1;
    expect(shelf.lists.length).toBeLessThanOrEqual(ticks);
    // Also where only one or two ask in a tick, they ask the list, from which all the others learn.
    expect(shelf.gets).toEqual([]);
    // One by one, each of the 100 would have been polled about 20 times.
    expect(shelf.lists.length + shelf.gets.length).toBeLessThan(100);
    // Noticed as soon as by one wait alone: in the slot after the one that 30 s lie in.
    expect(shelf.clock.elapsed).toBeLessThan(30_000 * 1.25 * 1.25);
  });

  it("go on beside those that end", async () => {
    const shelf = new Shelf(new VirtualClock(seeded(2)), names(10));
    const watcher = new Watcher(shelf, shelf.clock);
    const waits = names(10).map((id) => waitOn(shelf, watcher, id));
    for (const id of names(10)) {
      await shelf.clock.pass(3000);
      shelf.put(id, "OK");
    }
    expect(await shelf.clock.run(Promise.all(waits))).toHaveLength(10);
  });

  it("read further pages only for what is not on the first", async () => {
    const shelf = new Shelf(new VirtualClock(), names(900), 300);
    const watcher = new Watcher(shelf, shelf.clock);
    const polls = names(400).map((id) => watcher.watch(id).poll());
    await shelf.clock.run(Promise.all(polls));
    expect(shelf.lists).toEqual([1, 2]);
    expect(shelf.gets).toEqual([]);
  });
});

describe("a request", () => {
  it("gathers what is asked within 50 ms, and comes at least half a second after the one before", async () => {
    const shelf = new Shelf(new VirtualClock(), names(1));
    const watcher = new Watcher(shelf, shelf.clock);
    const ask = () => {
      for (const watch of [watcher.watch("v0"), watcher.watch("v0"), watcher.watch("v0")]) watch.poll();
    };
    const begun: number[] = [];
    const list = shelf.list.bind(shelf);
    shelf.list = (page) => {
      begun.push(shelf.clock.elapsed);
      return list(page);
    };
    ask();
    await shelf.clock.pass(49);
    ask();
    await shelf.clock.pass(2);
    // The first request is out at 50 ms; who asks from then on is served by the next one.
    ask();
    await shelf.clock.pass(499);
    ask();
    await shelf.clock.pass(1);
    ask();
    // After a silence the next one waits only for others to join it.
    await shelf.clock.pass(10_000);
    ask();
    await shelf.clock.pass(1000);
    expect(begun).toEqual([50, 550, 1050, 10_601]);
  });

  it("for a further page that shows nobody is put up with for every tenth of those that are missing", async () => {
    const shelf = new Shelf(new VirtualClock(), names(100), 10);
    for (const id of names(20)) shelf.hide(id);
    const watcher = new Watcher(shelf, shelf.clock);
    const polls = names(20).map((id) => watcher.watch(id).poll());
    await shelf.clock.run(Promise.all(polls));
    expect(shelf.lists).toEqual([1, 2, 3]);
    expect(shelf.gets).toHaveLength(20);
  });
});

describe("further pages", () => {
  it("are read as long as each shows somebody", async () => {
    const shelf = new Shelf(new VirtualClock(), names(40), 10);
    const watcher = new Watcher(shelf, shelf.clock);
    await shelf.clock.run(Promise.all(names(30).map((id) => watcher.watch(id).poll())));
    expect(shelf.lists).toEqual([1, 2, 3]);
    expect(shelf.gets).toEqual([]);
  });

  it("are not read for one or two", async () => {
    const shelf = new Shelf(new VirtualClock(), names(40), 10);
    const watcher = new Watcher(shelf, shelf.clock);
    await shelf.clock.run(Promise.all(["v0", "v15", "v25"].map((id) => watcher.watch(id).poll())));
    expect(shelf.lists).toEqual([1]);
    expect(shelf.gets.sort()).toEqual(["v15", "v25"]);
  });
});

describe("one or two waits", () => {
  it("ask for their objects and not for the list", async () => {
    const shelf = new Shelf(new VirtualClock(), names(50));
    const watcher = new Watcher(shelf, shelf.clock);
    const polls = ["v3", "v7"].map((id) => watcher.watch(id).poll());
    expect(await shelf.clock.run(Promise.all(polls))).toMatchObject([{ id: "v3" }, { id: "v7" }]);
    expect(shelf.lists).toEqual([]);
    expect(shelf.gets.sort()).toEqual(["v3", "v7"]);
  });
});

describe("an object that the list does not show", () => {
  it("is asked for by itself, and gone only by its own 404", async () => {
    const shelf = new Shelf(new VirtualClock(), names(5));
    const watcher = new Watcher(shelf, shelf.clock);
    shelf.hide("v0");
    shelf.remove("v1");
    const polls = names(5).map((id) => watcher.watch(id).poll());
    const seen = await shelf.clock.run(Promise.all(polls));
    expect(seen.map((item) => item?.id)).toEqual(["v0", undefined, "v2", "v3", "v4"]);
    expect(shelf.lists).toEqual([1]);
    expect(shelf.gets.sort()).toEqual(["v0", "v1"]);
  });
});

describe("who begins to watch", () => {
  it("is not told what a request saw that began before", async () => {
    const shelf = new Shelf(new VirtualClock(), names(4), 300, 2000);
    const watcher = new Watcher(shelf, shelf.clock);
    shelf.put("v3", "OK");
    const others = ["v0", "v1", "v2"].map((id) => watcher.watch(id).poll());
    await shelf.clock.pass(100);
    expect(shelf.lists).toEqual([1]);
    // The list is on its way, with "OK" in it, when v3 is changed and watched from then on.
    shelf.put("v3", "UPDATING");
    const watch = watcher.watch("v3");
    const heard = vi.fn();
    watch.news?.().then(heard);
    await shelf.clock.run(Promise.all(others));
    expect(heard).not.toHaveBeenCalled();
    expect((await shelf.clock.run(watch.poll()))?.state).toBe("UPDATING");
  });

  it("is told what the requests of others bring, without one of its own", async () => {
    const shelf = new Shelf(new VirtualClock(), names(4));
    const watcher = new Watcher(shelf, shelf.clock);
    const watch = watcher.watch("v3");
    const others = ["v0", "v1", "v2"].map((id) => watcher.watch(id).poll());
    await shelf.clock.run(Promise.all([...others, watch.news?.()]));
    expect((await watch.poll())?.id).toBe("v3");
    expect(shelf.lists).toEqual([1]);
    expect(shelf.gets).toEqual([]);
  });

  it("is not told by a slow request what its own newer one has told it already", async () => {
    const shelf = new Shelf(new VirtualClock(), names(4), 300, 5000);
    const watcher = new Watcher(shelf, shelf.clock);
    const watch = watcher.watch("v3");
    const others = ["v0", "v1", "v2"].map((id) => watcher.watch(id).poll());
    await shelf.clock.pass(600);
    shelf.put("v3", "LATER");
    shelf.latencyMs = 100;
    expect((await shelf.clock.run(watch.poll()))?.state).toBe("LATER");
    const heard = vi.fn();
    watch.news?.().then(heard);
    await shelf.clock.run(Promise.all(others));
    expect(shelf.lists).toHaveLength(2);
    expect(heard).not.toHaveBeenCalled();
  });

  it("keeps the news that came while its own older request was on its way, and not older news", async () => {
    for (const [own, theirs] of [
      [5000, 100],
      [5000, 8000],
    ] as const) {
      const shelf = new Shelf(new VirtualClock(), names(4), 300, own);
      const watcher = new Watcher(shelf, shelf.clock);
      const watch = watcher.watch("v3");
      const others = ["v0", "v1", "v2"].map((id) => watcher.watch(id));
      const asked = watch.poll();
      await shelf.clock.pass(600);
      shelf.put("v3", "LATER");
      shelf.latencyMs = theirs;
      const news = others.map((other) => other.poll());
      expect((await shelf.clock.run(asked))?.state).toBe("CREATING");
      if (theirs > own) await shelf.clock.run(Promise.all(news));
      const requests = shelf.lists.length + shelf.gets.length;
      expect((await shelf.clock.run(watch.poll()))?.state).toBe("LATER");
      expect(shelf.lists.length + shelf.gets.length).toBe(requests);
    }
  });

  it("forgets the news that is older than the answer to its own request", async () => {
    const shelf = new Shelf(new VirtualClock(), names(4), 300, 5000);
    const watcher = new Watcher(shelf, shelf.clock);
    const watch = watcher.watch("v3");
    const others = ["v0", "v1", "v2"].map((id) => watcher.watch(id).poll());
    await shelf.clock.pass(600);
    // The list is on its way with the older state, and comes back before the answer to its own request.
    shelf.put("v3", "LATER");
    shelf.latencyMs = 8000;
    const asked = watch.poll();
    await shelf.clock.run(Promise.all(others));
    expect((await shelf.clock.run(asked))?.state).toBe("LATER");
    expect((await shelf.clock.run(watch.poll()))?.state).toBe("LATER");
  });

  it("is not told the older of two answers after the newer one", async () => {
    const shelf = new Shelf(new VirtualClock(), names(4), 300, 2000);
    const watcher = new Watcher(shelf, shelf.clock);
    const watch = watcher.watch("v3");
    const others = ["v0", "v1", "v2"].map((id) => watcher.watch(id).poll());
    await shelf.clock.pass(600);
    // Its own request begins while the list is on its way, and the list comes back first.
    shelf.put("v3", "LATER");
    const own = shelf.clock.run(watch.poll());
    expect((await own)?.state).toBe("LATER");
    await shelf.clock.run(Promise.all(others));
    const heard = vi.fn();
    watch.news?.().then(heard);
    await shelf.clock.pass(0);
    expect(heard).not.toHaveBeenCalled();
  });
});

describe("errors", () => {
  const forbidden = new ApiError({ method: "GET", path: "/", status: 403, reason: "no" });

  it("of the list reach everybody who asked", async () => {
    const shelf = new Shelf(new VirtualClock(), names(5));
    const watcher = new Watcher(shelf, shelf.clock);
    shelf.failLists(forbidden);
    const waits = names(5).map((id) => waitOn(shelf, watcher, id).catch((error: WaitError) => error.end));
    expect(await shelf.clock.run(Promise.all(waits))).toEqual(names(5).map(() => "refused"));
  });

  it("of one object reach who asked for it, and nobody else", async () => {
    const shelf = new Shelf(new VirtualClock(), names(5));
    const watcher = new Watcher(shelf, shelf.clock);
    shelf.hide("v0");
    shelf.failGet("v0", forbidden);
    const waits = names(5).map((id) => waitOn(shelf, watcher, id));
    const denied = failure(waits[0] as Promise<unknown>, WaitError);
    expect((await shelf.clock.run(denied)).end).toBe("refused");
    for (const id of names(5)) shelf.put(id, "OK");
    expect(await shelf.clock.run(Promise.all(waits.slice(1)))).toHaveLength(4);
  });
});

describe("a wait that ends", () => {
  it("costs nothing any more", async () => {
    const shelf = new Shelf(new VirtualClock(), names(5));
    const watcher = new Watcher(shelf, shelf.clock);
    shelf.put("v0", "OK");
    await shelf.clock.run(waitOn(shelf, watcher, "v0"));
    const requests = shelf.lists.length + shelf.gets.length;
    await shelf.clock.pass(60_000);
    expect(shelf.lists.length + shelf.gets.length).toBe(requests);
    expect(shelf.clock.sleepers).toBe(0);
  });

  it("spares the request that it had asked for and that has not begun", async () => {
    const shelf = new Shelf(new VirtualClock(), names(5));
    const watch = new Watcher(shelf, shelf.clock).watch("v0");
    watch.poll();
    watch.close();
    await shelf.clock.pass(60_000);
    expect(shelf.gets).toEqual([]);
  });

  it("by its signal stops at once and leaves no listener behind", async () => {
    const shelf = new Shelf(new VirtualClock(), names(5));
    const watch = new Watcher(shelf, shelf.clock).watch("v0");
    const stop = new AbortController();
    for (let i = 0; i < 20; i++) await shelf.clock.run(watch.poll(stop.signal) as Promise<unknown>);
    expect(getEventListeners(stop.signal, "abort")).toEqual([]);
    const before = shelf.clock.elapsed;
    const poll = watch.poll(stop.signal);
    stop.abort(new Error("enough"));
    await expect(poll).rejects.toThrow("enough");
    await expect(watch.poll(stop.signal)).rejects.toThrow("enough");
    expect(shelf.clock.elapsed).toBe(before);
  });
});
