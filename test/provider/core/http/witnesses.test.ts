import { beforeEach, describe, expect, it } from "vitest";
import { ServerClock } from "../../../../provider/core/http/serverClock";
import {
  clockSkewMs,
  disagree,
  earliest,
  latest,
  timeOf,
  Witnesses,
} from "../../../../provider/core/http/witnesses";
import { clocks } from "../../../support/readings";
import { SkippingClock } from "../../../support/skippingClock";
import { someDay } from "../../../support/virtualClock";

const year = 365 * 86_400_000;

let local: SkippingClock;
let service: ServerClock;
/** How far the next answers are ahead of the clock here; `null`: one that tells no time. */
let answers: (number | null)[];
let asked: number;
let warnings: string[];
let witnesses: Witnesses;

beforeEach(() => {
  local = new SkippingClock();
  service = new ServerClock(local);
  [answers, asked, warnings] = [[], 0, []];
  witnesses = new Witnesses({
    title: "Waldur",
    local,
    service: () => service,
    ask: async () => {
      asked += 1;
      const ahead = answers.shift();
      if (typeof ahead === "number") service.note(local.now() + ahead);
    },
  });
});

const read = () => witnesses.read((message) => warnings.push(message));

describe("reading the clocks", () => {
  it("asks nobody where the service has told a time that agrees", async () => {
    service.note(local.now() + 60_000);
    expect(await read()).toEqual({
      service: { of: "Waldur", at: someDay + 60_000 },
      all: [
        { of: "this machine", at: someDay },
        { of: "Waldur", at: someDay + 60_000 },
      ],
    });
    expect(asked).toBe(0);
  });

  it("asks once where the service has told no time, and lets it be where it tells none", async () => {
    answers = [0];
    expect(timeOf(await read()).of).toBe("Waldur");
    expect(asked).toBe(1);
    service = new ServerClock(local);
    answers = [null];
    expect((await read()).service).toBeUndefined();
    expect(asked).toBe(2);
  });

  it("asks until one wrong answer is outvoted, and tells of it once", async () => {
    service.note(local.now() + 20 * year);
    answers = [0, 0];
    expect(disagree(await read())).toBe(false);
    expect(asked).toBe(1);
    expect(warnings).toEqual([
      "Waldur answered with the time 2046-11-16T08:00:00Z, far from its other answers: it is ignored",
    ]);
    await read();
    expect(warnings).toHaveLength(1);
  });

  it("asks no more than twice where the clocks go on disagreeing", async () => {
    service.note(local.now() + 20 * year);
    answers = [20 * year, 20 * year, 20 * year];
    expect(disagree(await read())).toBe(true);
    expect(asked).toBe(2);
    expect(warnings).toEqual([]);
  });

  it("sees that the clock here was set since the answers came", async () => {
    for (let count = 0; count < 5; count++) service.note(local.now());
    await local.sleep(20 * year);
    // The answers are reckoned from the clock here, so they seem to agree with it. The next one does not.
    service.note(local.now() - 20 * year);
    answers = [-20 * year, -20 * year];
    const readings = await read();
    expect(disagree(readings)).toBe(true);
    expect(readings.all.map(({ of }) => of)).toEqual([
      ...["this machine", "Waldur", "the last answer of Waldur"],
    ]);
  });

  it("sends one request for all who ask at once", async () => {
    answers = [0];
    await Promise.all([read(), read(), read()]);
    expect(asked).toBe(1);
  });

  it("fails where the service cannot be asked, and asks again afterwards", async () => {
    const away = new Witnesses({
      title: "Waldur",
      local,
      service: () => service,
      ask: async () => {
        asked += 1;
        if (asked === 1) throw new Error("away");
        service.note(local.now());
      },
    });
    const ignore = () => undefined;
    await expect(away.read(ignore)).rejects.toThrow("away");
    expect((await away.read(ignore)).service).toBeDefined();
  });

  it("hears other witnesses that have said something", async () => {
    const keystone = new ServerClock(local);
    const three = new Witnesses({
      title: "block storage",
      local,
      service: () => undefined,
      others: { Keystone: keystone },
      ask: async () => undefined,
    });
    expect(three.known().all).toHaveLength(1);
    keystone.note(local.now() + 2 * clockSkewMs);
    const readings = await three.read(() => undefined);
    expect(readings.all[1]).toEqual({ of: "Keystone", at: someDay + 2 * clockSkewMs });
    expect(disagree(readings)).toBe(true);
  });
});

describe("clocks", () => {
  it("may differ by a quarter of an hour, and by the second that a Date header leaves out", () => {
    expect(disagree(clocks(0, clockSkewMs + 1000))).toBe(false);
    expect(disagree(clocks(0, clockSkewMs + 1001))).toBe(true);
    expect(disagree(clocks(0, null, { Keystone: -clockSkewMs - 1001 }))).toBe(true);
  });

  it("that count are the service's, or the one that is ahead", () => {
    expect(timeOf(clocks(5, 3)).at).toBe(3);
    expect(timeOf(clocks(5, null, { Keystone: 9 })).at).toBe(9);
    expect(timeOf(clocks(5, null, { Keystone: 2 })).at).toBe(5);
    expect([earliest(clocks(5, 3, { Keystone: 9 }).all), latest(clocks(5, 3, { Keystone: 9 }).all)]).toEqual([
      3, 9,
    ]);
  });
});
