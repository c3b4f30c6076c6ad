import { expect, it } from "vitest";
import { Turns } from "../../../../provider/core/wait/turns";
import { VirtualClock } from "../../../support/virtualClock";

it("work under one key is done one after the other, in the order in which it came, even where it fails", async () => {
  const [turns, clock] = [new Turns(), new VirtualClock()];
  const log: string[] = [];
  const work = (name: string, ms: number, key: string) =>
    turns.take(key, async () => {
      log.push(`${name} begins at ${clock.elapsed}`);
      await clock.sleep(ms);
      if (name === "b") throw new Error("b failed");
      return name;
    });
  const all = [work("a", 100, "x"), work("b", 10, "x"), work("c", 10, "x"), work("other", 10, "y")];
  const ended = await clock.run(Promise.allSettled(all));
  expect(ended.map((each) => (each.status === "fulfilled" ? each.value : each.reason.message))).toEqual([
    ...["a", "b failed", "c", "other"],
  ]);
  expect(log).toEqual(["a begins at 0", "other begins at 0", "b begins at 100", "c begins at 110"]);
});

it("whoever comes when all is done begins at once", async () => {
  const turns = new Turns();
  for (let count = 0; count < 3; count++) expect(await turns.take("x", async () => count)).toBe(count);
});

it("whoever comes while somebody is at work waits, also where others are done already", async () => {
  const [turns, clock] = [new Turns(), new VirtualClock()];
  const work = () => turns.take("x", () => clock.sleep(100));
  const [first, second] = [work(), work()];
  await clock.run(first);
  await clock.run(Promise.all([second, work()]));
  expect(clock.elapsed).toBe(300);
});
