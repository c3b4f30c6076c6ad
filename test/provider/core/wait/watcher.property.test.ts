import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Watcher } from "../../../../provider/core/wait/watcher";
import { type Item, Shelf } from "../../../support/shelf";
import { VirtualClock } from "../../../support/virtualClock";

const ids = Array.from({ length: 40 }, (_, index) => `v${index}`);
const someIds = fc.uniqueArray(fc.constantFrom(...ids), { minLength: 1 });
const idSets = fc.subarray(ids);

describe("a watcher, whatever is asked", () => {
  it("answers everybody truly, and costs at most a tenth and one request more than asking one by one", async () => {
    const places = fc.record({ hidden: idSets, gone: idSets, pageSize: fc.integer({ min: 1, max: 60 }) });
    await fc.assert(
      fc.asyncProperty(someIds, places, async (asked, { hidden, gone, pageSize }) => {
        const shelf = new Shelf(new VirtualClock(), ids, pageSize);
        for (const id of hidden) shelf.hide(id);
        for (const id of gone) shelf.remove(id);
        const watcher = new Watcher(shelf, shelf.clock);
        const polls = asked.map(async (id) => [id, (await watcher.watch(id).poll())?.id]);
        const seen = await shelf.clock.run(Promise.all(polls));
        expect(seen).toEqual(asked.map((id) => [id, gone.includes(id) ? undefined : id]));
        expect(new Set(shelf.gets).size).toBe(shelf.gets.length);
        const requests = shelf.lists.length + shelf.gets.length;
        expect(requests).toBeLessThanOrEqual(asked.length + Math.floor(asked.length / 10) + 1);
        if (asked.length <= 2) expect(shelf.lists).toEqual([]);
      }),
    );
  });

  it("costs one request a page where the list shows them", async () => {
    await fc.assert(
      fc.asyncProperty(someIds, async (asked) => {
        const shelf = new Shelf(new VirtualClock(), ids);
        const watcher = new Watcher(shelf, shelf.clock);
        await shelf.clock.run(Promise.all(asked.map((id) => watcher.watch(id).poll())));
        expect(shelf.lists.length + shelf.gets.length).toBe(asked.length > 2 ? 1 : asked.length);
      }),
    );
  });

  it("never tells what was true before the watch began", async () => {
    const steps = fc.array(
      fc.record({
        pause: fc.integer({ min: 0, max: 1500 }),
        id: fc.constantFrom("v0", "v1", "v2", "v3", "v4"),
        act: fc.constantFrom<"change" | "watch" | "poll">("change", "watch", "poll", "poll"),
      }),
      { minLength: 10, maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 3000 }), async (script, latency) => {
        const clock = new VirtualClock();
        const shelf = new Shelf(clock, ids, 300, latency);
        const watcher = new Watcher<Item>(shelf, clock);
        const watches: { id: string; watch: ReturnType<typeof watcher.watch>; atLeast: number }[] = [];
        const polls: Promise<void>[] = [];
        for (const { pause, id, act } of script) {
          await clock.pass(pause);
          if (act === "change") shelf.put(id, "CHANGED");
          else if (act === "watch") {
            // What this object's last change was when the watch began.
            const atLeast = shelf.versionOf(id);
            watches.push({ id, watch: watcher.watch(id), atLeast });
          } else {
            for (const one of watches.filter((each) => each.id === id)) {
              const poll = one.watch.poll().then((item) => {
                expect(item?.version).toBeGreaterThanOrEqual(one.atLeast);
              });
              polls.push(poll);
            }
          }
        }
        await clock.run(Promise.all(polls));
      }),
    );
  });
});
