import { beforeEach, describe, expect, it } from "vitest";
import { ApiError, UserError } from "../../../../../provider/core/errors";
import type { Leftover } from "../../../../../provider/core/resource/leftover";
import type { OnceOptions, Sighting } from "../../../../../provider/core/resource/once/options";
import { type Beside, tidy } from "../../../../../provider/core/resource/once/tidy";
import { Machine } from "../../../../support/creations";
import { VirtualClock } from "../../../../support/virtualClock";

const api = (status: number) =>
  new ApiError({ method: "DELETE", path: "/x/", status, reason: "words", json: true });
const nobody: Sighting<string> = { ours: [], maybe: [] };

let clock: VirtualClock;
let machine: Machine;
let warnings: string[];
/** What was removed, and when. */
let removed: [string, number][];
/** When the server was asked for what this creation has made, or for what others have left. */
let asked: [string, number][];
beforeEach(() => {
  [clock, machine] = [new VirtualClock(), new Machine("fake:Thing")];
  [warnings, removed, asked] = [[], [], []];
});

interface Case extends Partial<Beside<string>> {
  /** Answers of the server, one after the other; the last one is repeated. */
  looks?: (Sighting<string> | Error)[];
  left?: Leftover<string>[];
  claimed?: string[];
  /** Errors that the first removals end with. */
  refusals?: Error[];
  signal?: AbortSignal;
}

function tidying({ looks = [nobody], left, claimed = [], refusals = [], signal, ...beside }: Case) {
  const answers = [...looks];
  const options: OnceOptions<string> = {
    what: "volume",
    creation: machine.creation(),
    send: async () => undefined,
    read: () => "",
    idOf: (one) => `id-${one}`,
    now: () => clock.now(),
    find: async () => {
      asked.push(["find", clock.elapsed]);
      const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? nobody;
      if (answer instanceof Error) throw answer;
      return answer;
    },
    describe: (one) => `<${one}>`,
    claimed: new Set(claimed),
  };
  if (left)
    options.left = async (again) => {
      asked.push([again ? "left, as it is now" : "left", clock.elapsed]);
      return left;
    };
  const whole = {
    kept: "a",
    extras: [],
    lateUntil: undefined,
    others: false,
    deadline: 600_000,
    ...beside,
  };
  const ctx = { clock, timeoutMs: 600_000, signal, warn: (message: string) => warnings.push(message) };
  const remove = async (extra: string) => {
    const refusal = refusals.shift();
    if (refusal) throw refusal;
    removed.push([extra, clock.elapsed]);
  };
  return clock.run(tidy(ctx, options, whole, remove));
}

describe("what is known to have been made beside an object", () => {
  it("is removed at once, and nothing is looked up", async () => {
    await tidying({ extras: ["x", "y"] });
    expect(removed).toEqual([
      ["x", 0],
      ["y", 0],
    ]);
    expect([asked, warnings]).toEqual([[], []]);
  });

  it("is tried again where that is refused, longer each time", async () => {
    await tidying({ extras: ["x"], refusals: [api(409), api(403), api(409)] });
    expect(removed).toEqual([["x", 2000 + 4000 + 8000]]);
    expect(warnings).toEqual([]);
  });

  it("is left to a person after four refusals, and the next one is removed all the same", async () => {
    await tidying({ extras: ["x", "y"], refusals: Array.from({ length: 4 }, () => api(409)) });
    expect(removed).toEqual([["y", 14_000]]);
    expect(warnings).toEqual([
      "volume was created twice: <a> is kept, <x> is not in the state and could not be removed: " +
        "DELETE /x/ answered 409: words",
    ]);
  });

  it("is left to a person at once where its retention forbids that it goes", async () => {
    await tidying({ extras: ["x"], refusals: [new UserError("it is kept")] });
    expect([removed, clock.elapsed]).toEqual([[], 0]);
    expect(warnings).toEqual([expect.stringMatching(/could not be removed: it is kept$/)]);
  });

  it("waits for a server that stays away", async () => {
    await tidying({ extras: ["x"], refusals: Array.from({ length: 9 }, () => api(503)) });
    expect(removed).toEqual([["x", 45_000]]);
  });

  it("stays where everything is to stop", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(tidying({ extras: ["x"], refusals: [api(409)], signal })).rejects.toThrow("enough");
    expect(warnings).toEqual([]);
  });
});

describe("what a request may have made late", () => {
  it("is looked for when nothing can come any more, and only the other one goes", async () => {
    await tidying({ lateUntil: 65_000, looks: [{ ours: ["a", "l"], maybe: [] }] });
    expect(asked).toEqual([["find", 65_000]]);
    expect(removed).toEqual([["l", 65_000]]);
  });

  it("is looked for by the end of the create's time at the latest, and at once where that has come", async () => {
    await tidying({ lateUntil: 65_000, deadline: 10_000 });
    expect(asked).toEqual([["find", 10_000]]);
    await tidying({ lateUntil: 5000 });
    expect(asked[1]).toEqual(["find", 10_000]);
  });

  it("is named where it may be somebody else's, and is not what another create has made", async () => {
    const looks = [{ ours: ["o"], maybe: ["m", "o"] }];
    await tidying({ lateUntil: 1000, looks, claimed: ["id-o"] });
    expect([removed, warnings]).toEqual([[], ["volume may have been created twice: <m>"]]);
  });

  it("is looked for longer and longer apart while the server does not tell", async () => {
    const looks = [...Array.from({ length: 6 }, () => api(403)), nobody];
    await tidying({ lateUntil: 1000, looks });
    expect(asked.map(([, at]) => at - 1000)).toEqual([0, 2000, 6000, 14_000, 30_000, 60_000, 90_000]);
    expect(warnings).toEqual([]);
  });

  it("is told of where the server does not tell in time", async () => {
    await tidying({ lateUntil: 1000, deadline: 5000, looks: [api(403)] });
    expect(asked.map(([, at]) => at)).toEqual([1000, 3000, 7000]);
    expect(warnings).toEqual([
      "volume may have been created twice, which could not be looked up: DELETE /x/ answered 403: words",
    ]);
  });

  it("is told of where everything is to stop", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(tidying({ lateUntil: 1000, signal })).rejects.toThrow("enough");
    expect(warnings).toEqual([expect.stringMatching(/which could not be looked up: enough$/)]);
  });
});

describe("what killed runs may have made late", () => {
  const leftOf = (object: string): Leftover<string> => ({
    object,
    id: `id-${object}`,
    what: `volume ${object}`,
    ageMs: 0,
    abandoned: true,
    nonce: "feed",
    stack: machine.creation().mark.stack,
  });

  it("is looked for too, and goes once", async () => {
    const looks = [{ ours: ["a", "l"], maybe: [] }];
    const left = ["a", "l", "k"].map(leftOf);
    await tidying({ lateUntil: 1000, others: true, looks, left });
    expect(asked.map(([what]) => what)).toEqual(["find", "left, as it is now"]);
    expect(removed.map(([what]) => what)).toEqual(["l", "k"]);
  });

  it("stays where it is not certain that one of them has made it", async () => {
    const left = [
      { ...leftOf("k"), abandoned: false },
      { ...leftOf("m"), unmarked: true },
    ];
    await tidying({ lateUntil: 1000, others: true, left });
    expect([removed, warnings]).toEqual([[], []]);
  });

  it("is not looked for where none has sent anything lately", async () => {
    await tidying({ lateUntil: 1000, left: [leftOf("k")] });
    expect(asked.map(([what]) => what)).toEqual(["find"]);
    await tidying({ lateUntil: 1000, others: true });
    expect(removed).toEqual([]);
  });
});
