import { afterEach, describe, expect, test } from "vitest";
import {
  type Countdowns,
  type Json,
  ManualClock,
  shortCountdowns,
  startWaldur,
  type WaldurEmulator,
} from "../../../emulator/index";
import { databases } from "./replay/databases";
import { type Exchange, loadRecordings } from "./replay/recordings";
import { Stage, tell } from "./replay/stage";

let emulator: WaldurEmulator | undefined;

afterEach(async () => {
  await emulator?.close();
  emulator = undefined;
});

/** Replays one scenario of the first database after `change`, and tells the differences. */
async function replay(
  number: string,
  change: (exchanges: Exchange[]) => void = () => undefined,
  countdowns: Countdowns = shortCountdowns,
): Promise<string[]> {
  const database = databases()[0];
  const recording = loadRecordings().get(number);
  if (database === undefined || recording === undefined) throw new Error("no such recording");
  const clock = new ManualClock(Date.parse("2026-11-21T08:00:00Z"));
  emulator = await startWaldur({ clock, seed: database.seed, countdowns, periodic: false });
  change(recording.exchanges);
  const results = await new Stage(emulator, clock).play(number, recording);
  return results.flatMap(tell);
}

type Fields = { [key: string]: Json };

function at(exchanges: Exchange[], index: number): Exchange {
  const exchange = exchanges[index];
  if (exchange === undefined) throw new Error(`no exchange ${index}`);
  return exchange;
}

function body(exchanges: Exchange[], index: number): Fields {
  return at(exchanges, index).response.body as Fields;
}

describe("the replay reports", () => {
  test("nothing when nothing was changed", async () => {
    expect(await replay("07")).toEqual([]);
  });

  test.each<[string, (exchanges: Exchange[]) => void, string]>([
    [
      "another value",
      (all) => Object.assign(body(all, 0), { name: "full-2" }),
      '.name: recorded "full-2", emulated "full-1"',
    ],
    [
      "another number",
      (all) => Object.assign(body(all, 7), { size: 1 }),
      ".size: recorded 1, emulated 10240",
    ],
    ["another state", (all) => Object.assign(body(all, 6), { state: "OK" }), '.state: recorded "OK"'],
    [
      "a field too many",
      (all) => Object.assign(body(all, 8), { extra: null }),
      '.extra: recorded null, emulated "(absent)"',
    ],
    ["a field too few", (all) => delete body(all, 8).kept_until, '.kept_until: recorded "(absent)"'],
    [
      "null for empty",
      (all) => Object.assign(body(all, 8), { error_message: null }),
      ".error_message: recorded null",
    ],
    ["another type", (all) => Object.assign(body(all, 8), { metadata: "a" }), ".metadata: recorded"],
    [
      "something deep",
      (all) => Object.assign(body(all, 0).metadata as Fields, { a: 2 }),
      ".metadata.a: recorded 2, emulated 1",
    ],
    [
      "another time in a time field",
      (all) => Object.assign(body(all, 8), { created: "yesterday" }),
      ".created: recorded",
    ],
    [
      "another error text",
      (all) => Object.assign(body(all, 1), { detail: "No." }),
      '.detail: recorded "No."',
    ],
    [
      "another status",
      (all) => Object.assign(at(all, 9).response, { status: 204 }),
      "status: recorded 204, emulated 202",
    ],
    [
      "another header",
      (all) => Object.assign(at(all, 0).response.headers, { allow: "GET" }),
      "header allow: recorded",
    ],
    [
      "another count",
      (all) => Object.assign(at(all, 88).response.headers, { "x-result-count": "3" }),
      'header x-result-count: recorded "3", emulated "2"',
    ],
    [
      "a shorter list",
      (all) => (at(all, 88).response.body as Json[]).pop(),
      ".length: recorded 1, emulated 2",
    ],
    [
      "a list in another order",
      (all) => (at(all, 88).response.body as Json[]).reverse(),
      "[0].uuid: recorded",
    ],
    [
      "an id that should be another object's",
      (all) => Object.assign(body(all, 8), { uuid: "62a4ac5f2c83421a88d607c27a96f162" }),
      ".uuid: recorded",
    ],
  ])("%s", async (_, change, expected) => {
    const told = await replay("07", change);
    expect(told.join("\n")).toContain(expected);
    expect(told[0]).toMatch(/^07 #\d+ \[.+\] [A-Z]+ \/api\//);
  });

  test("states that come too late", async () => {
    const told = await replay("08", undefined, { ...shortCountdowns, start: 4 });
    expect(told.join("\n")).toContain('.state: recorded "Creating", emulated "Creation Scheduled"');
  });

  test("states that come too early", async () => {
    const told = await replay("08", undefined, { ...shortCountdowns, start: 0.5 });
    expect(told.join("\n")).toContain('time: recorded "not yet 0.7 s before');
  });
});
