import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { TrilioFaultAction } from "../../../emulator/index";
import { PartialError } from "../../../provider/core/errors";
import { snapshotRestorationLifecycle as lifecycle } from "../../../provider/trilio/restoration/lifecycle";
import { routes, TrilioStage } from "./support/stage";

let stage: TrilioStage;

beforeEach(async () => {
  stage = await TrilioStage.start();
});

afterEach(() => stage.emulator.close());

function on(route: string, action: TrilioFaultAction, times = 1): void {
  stage.emulator.faults.add({ route, action, times });
}

const answer = (status: number, body?: object): TrilioFaultAction => ({
  kind: "answer",
  status,
  ...(body === undefined ? {} : { body: JSON.parse(JSON.stringify(body)) }),
});
const computeFault = { computeFault: { code: 500, message: "The server has either erred or is incapable" } };
const forbidden = { forbidden: { code: 403, message: "Policy doesn't allow it to be performed." } };

/** Where it hits, what happens, how often, and how many creates that takes. */
const survived: [string, string, TrilioFaultAction, number, number][] = [
  ["502 to the create", routes.create, answer(502), 1, 2],
  ["504 to the create", routes.create, answer(504), 1, 2],
  ["429 to the create", routes.create, answer(429, {}), 1, 2],
  ["a create that never arrives", routes.create, { kind: "drop" }, 1, 2],
  ["an expired token at the create", routes.create, answer(401, {}), 1, 2],
  ["a lost answer to the create", routes.create, { kind: "dropAnswer" }, 1, 1],
  ["half an answer to the create", routes.create, { kind: "garble", how: "truncated" }, 1, 1],
  ["a restore that is not found at first", routes.create, { kind: "missing", reads: 2 }, 1, 1],
  [
    "a status that nobody knows",
    routes.create,
    { kind: "unknownStatus", status: "warming", seconds: 9 },
    1,
    1,
  ],
  ["500 to polls", routes.show, answer(500, computeFault), 3, 1],
  ["a proxy's page to polls", routes.show, answer(503), 3, 1],
  ["dropped polls", routes.show, { kind: "drop" }, 2, 1],
  ["an expired token at a poll", routes.show, answer(401, {}), 1, 1],
  ["no JSON to a poll", routes.show, { kind: "garble", how: "invalid" }, 1, 1],
  [
    "less in the answers",
    routes.show,
    { kind: "without", fields: ["metadata", "instances", "snapshot_details"] },
    9,
    1,
  ],
  ["503 to the look at the snapshot", routes.snapshot, answer(503), 2, 1],
  ["500 to the list", routes.list, answer(500, computeFault), 2, 1],
  ["503 to the delete", routes.delete, answer(503), 1, 1],
  ["a lost answer to the delete", routes.delete, { kind: "dropAnswer" }, 1, 1],
  ["a delete that takes its time", routes.delete, { kind: "slowDelete", seconds: 300 }, 1, 1],
];

describe("one restore is made, and one record deleted, whatever happens on the way:", () => {
  test.each(survived)("%s", async (_, route, action, times, creates) => {
    on(route, action, times);
    const inputs = stage.selective();
    const { id, outputs } = await lifecycle.create(inputs, stage.context());
    expect(stage.emulator.world.restoresNamed("drill").map((restore) => restore.id)).toEqual([id]);
    expect(stage.count(routes.create)).toBe(creates);
    expect(lifecycle.diff(outputs, inputs)).toEqual([]);
    await lifecycle.delete(id, outputs, stage.context());
    expect(stage.emulator.world.restores.has(id)).toBe(false);
    expect(stage.count(routes.cancel)).toBe(0);
    expect(stage.warnings.join()).toContain("what it restored stays");
  });
});

/** What a cancel at a time-out meets, how many requests go out, and what the error says of it. */
const cancels: [string, TrilioFaultAction | undefined, number, RegExp][] = [
  ["nothing", undefined, 1, /its cancellation was asked for/],
  ["a lost answer", { kind: "dropAnswer" }, 1, /may not have been heard and is not repeated/],
  ["a lost request", { kind: "drop" }, 1, /may not have been heard and is not repeated/],
  ["503", answer(503), 1, /may not have been heard and is not repeated .*503/],
  ["429", answer(429, {}), 1, /was refused and is not repeated .*429/],
  ["404", answer(404, {}), 1, /was refused and is not repeated .*404/],
  ["403", answer(403, forbidden), 1, /its cancellation is not allowed .*Policy doesn't allow/],
  // A 401 was not carried out, so that the second is the one that counts.
  ["an expired token", answer(401, {}), 2, /its cancellation was asked for/],
  ["a restore that is too far", { kind: "cancelTooLate" }, 1, /its cancellation was asked for/],
  ["a cancel that takes long", { kind: "slow", factor: 10 }, 1, /its cancellation was asked for/],
];

describe("out of time, a cancel goes out once, and the error still tells of the time:", () => {
  test.each(cancels)("it meets %s", async (_, action, requests, words) => {
    if (action !== undefined) on(routes.cancel, action);
    const create = lifecycle.create(stage.inPlace(), stage.context(10));
    const error = await create.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof PartialError)) throw new Error(`no partial error but ${error}`);
    expect(error.message).toMatch(/not done after 10 s/);
    expect(error.message).toMatch(words);
    expect(stage.count(routes.cancel)).toBe(requests);
    expect(stage.emulator.writes.map(({ method }) => method)).toEqual([
      "POST",
      ...Array.from({ length: requests }, () => "GET"),
    ]);
    await lifecycle.delete(error.id, error.outputs, stage.context());
    expect(stage.emulator.world.restores.has(error.id)).toBe(false);
  });
});

describe("what is meant is not tried again:", () => {
  test.each([
    ["403", answer(403, forbidden), /Policy doesn't allow/],
    ["400", answer(400, { badRequest: { code: 400, message: "no such flavor" } }), /no such flavor/],
    ["a snapshot that retention removed", { kind: "snapshotGone" } as const, /retention may have removed it/],
  ])("%s", async (_, action, words) => {
    on(routes.create, action);
    await expect(lifecycle.create(stage.selective(), stage.context())).rejects.toThrow(words);
    expect(stage.count(routes.create)).toBe(1);
    expect(stage.emulator.world.restoresNamed("drill")).toEqual([]);
  });
});
