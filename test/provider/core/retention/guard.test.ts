import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkNewRetention,
  endOf,
  type Kept,
  type RetentionMode,
  retentionModes,
  stricterMode,
} from "../../../../provider/core/retention";
import { judgeChange } from "../../../../provider/core/retention/change";
import { lost, whyGone } from "../../../../provider/core/retention/expiry";
import { harmlessUntilDone, refuseDeletion } from "../../../../provider/core/retention/guard";
import { isoTimestamp, unknownValue } from "../../../../provider/core/values";
import { distances, instants, spellings } from "../../../support/instants";
import { clocks } from "../../../support/readings";

const what = 'snapshot "n" (1)';
const modes = fc.constantFrom(...retentionModes);
const now = Date.UTC(2026, 10, 21, 8);
const minuteMs = 60_000;
const day = 86_400_000;
const inDays = (days: number) => isoTimestamp(now + days * day);

/** Whether a deletion passes. */
async function passes(
  keptUntil: string | undefined,
  mode: RetentionMode | undefined,
  forced: boolean,
  at: number,
) {
  const wanted = refuse({ what, keptUntil, mode }, at, forced);
  return wanted.then(
    () => true,
    () => false,
  );
}

/** A deletion at a time on which all clocks agree. */
function refuse(kept: Kept, at = now, forced = false): Promise<void> {
  return refuseDeletion(kept, { verb: "deleted", forced }, async () => clocks(at));
}

describe("a deletion", () => {
  it("never passes before the instant, in whatever spelling, and always from then on", async () => {
    await fc.assert(
      fc.asyncProperty(instants, spellings, distances, modes, async (end, spell, distance, mode) => {
        expect(await passes(spell(end), mode, false, end + distance)).toBe(distance >= 0);
      }),
      { numRuns: 2000 },
    );
  });

  it("is forced in every mode but compliance", async () => {
    await fc.assert(
      fc.asyncProperty(instants, spellings, distances, modes, async (end, spell, distance, mode) => {
        const passed = await passes(spell(end), mode, true, end + distance);
        expect(passed).toBe(distance >= 0 || mode !== "compliance");
      }),
    );
  });

  it("passes for what was never given a retention, unless the mode says otherwise", async () => {
    expect(await passes(undefined, undefined, false, now)).toBe(true);
    expect(await passes(undefined, "governance", false, now)).toBe(false);
    expect(await passes(undefined, "governance", true, now)).toBe(true);
    expect(await passes(undefined, "compliance", true, now)).toBe(false);
  });

  it("asks no clock where none matters", async () => {
    const read = async () => Promise.reject(new Error("nobody is to ask"));
    await refuseDeletion({ what }, { verb: "deleted", forced: false }, read);
    await refuseDeletion({ what, keptUntil: inDays(9) }, { verb: "deleted", forced: true }, read);
  });

  it.each([
    [
      "none",
      /kept until 2026-12-22T08:00:00Z \(31 days more\), so it is not deleted before\. Two ways out: set forceDelete: true/,
    ],
    ["compliance", /its retentionMode is "compliance", which nothing here can shorten or force/],
  ] as const)("that is refused in the mode %s says until when, and what can be done", async (mode, words) => {
    await expect(refuse({ what, keptUntil: inDays(31), mode })).rejects.toThrow(words);
  });
});

describe("what is left of a retention", () => {
  it.each([
    [1, "1 minute"],
    [minuteMs, "1 minute"],
    [minuteMs + 1, "2 minutes"],
    [119 * minuteMs, "119 minutes"],
    [120 * minuteMs, "2 hours"],
    [179 * minuteMs, "2 hours"],
    [day, "24 hours"],
    [2 * day - minuteMs, "47 hours"],
    [2 * day, "2 days"],
    [3 * day - 1, "3 days"],
    [3 * day - minuteMs, "2 days"],
    [365 * day, "365 days"],
  ])("of %i ms is told as %s", async (ms, words) => {
    const kept = { what, keptUntil: new Date(now + ms).toISOString() };
    await expect(refuse(kept)).rejects.toThrow(`(${words} more)`);
  });

  it("is not told where there is no end", async () => {
    await expect(refuse({ what, mode: "governance" })).rejects.toThrow(
      "is kept for good, so it is not deleted before",
    );
  });
});

describe("a change", () => {
  const wanting = (keptUntil: unknown) => [{ property: "keptUntil", wanted: keptUntil }];

  const at = (time: number) => async () => clocks(time);

  it("is not judged by what is not known yet", async () => {
    const kept = { what, keptUntil: inDays(20), mode: "compliance" } as const;
    const news = { retentionMode: unknownValue as RetentionMode };
    expect(await judgeChange(kept, news, wanting(unknownValue), at(now))).toEqual([]);
  });

  it("whatever comes, in compliance an end never moves closer and the mode never softens while it runs", async () => {
    const step = fc.record({
      mode: modes,
      end: fc.option(fc.integer({ min: -40, max: 40 }), { nil: null }),
      allowShorten: fc.boolean(),
      passed: fc.integer({ min: 0, max: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 20 }), async (steps) => {
        let time = now;
        let kept: { what: string; keptUntil?: string | undefined; mode: RetentionMode } = {
          what,
          mode: "none",
        };
        for (const { mode, end, allowShorten, passed } of steps) {
          time += passed * day;
          const wanted = end === null ? null : isoTimestamp(time + end * day);
          const before = kept;
          try {
            await judgeChange(kept, { retentionMode: mode, allowShorten }, wanting(wanted), at(time));
            kept = { what, keptUntil: wanted ?? undefined, mode };
          } catch {
            // Refused: everything stays.
          }
          const running = endOf(before.keptUntil) > time;
          if (before.mode === "none" || !running) continue;
          const softer =
            endOf(kept.keptUntil) < endOf(before.keptUntil) ||
            stricterMode(kept.mode, before.mode) !== kept.mode;
          if (before.mode === "compliance" || !allowShorten) expect(softer).toBe(false);
        }
      }),
    );
  });

  it("that fails leaves the guard as it was", () => {
    const news = { retentionMode: "none", forceDelete: true, keptUntil: "2027-01-01" } as const;
    expect(harmlessUntilDone(news, { retentionMode: "governance" })).toEqual({
      retentionMode: "governance",
      keptUntil: "2027-01-01",
    });
  });
});

describe("the harder of two modes", () => {
  it("counts, and what is no mode does not", () => {
    expect(stricterMode("governance", undefined)).toBe("governance");
    expect(stricterMode("none", "compliance")).toBe("compliance");
    expect(stricterMode("strict", 7)).toBe("none");
  });
});

describe("arguments", () => {
  it("of a new object are past only beyond what clocks differ by", () => {
    fc.assert(
      fc.property(instants, spellings, distances, (end, spell, distance) => {
        const wrong = checkNewRetention({ keptUntil: spell(end) }, clocks(end + distance));
        expect(wrong.map(({ property }) => property)).toEqual(distance > 15 * minuteMs ? ["keptUntil"] : []);
      }),
    );
    for (const [ago, properties] of [
      [15 * minuteMs, []],
      [15 * minuteMs + 1, ["keptUntil"]],
    ] as const) {
      const wrong = checkNewRetention({ keptUntil: new Date(now - ago).toISOString() }, clocks(now));
      expect(wrong.map(({ property }) => property)).toEqual(properties);
    }
    expect(checkNewRetention({ keptUntil: unknownValue }, clocks(now))).toEqual([]);
    expect(checkNewRetention({ retainFor: "PT1S" }, clocks(now))).toEqual([]);
  });
});

describe("what is gone", () => {
  const why = (prior: Parameters<typeof whyGone>[0], at = now) => whyGone(prior, async () => clocks(at));

  it("has expired from its instant on, and is lost before, give or take the clocks of one cloud", async () => {
    await fc.assert(
      fc.asyncProperty(instants, spellings, distances, async (end, spell, distance) => {
        const found = await why({ keptUntil: spell(end) }, end + distance);
        if (distance >= 0) expect(found).toBe("expired");
        if (distance < -minuteMs) expect(found).toBe("lost");
      }),
    );
    const keptUntil = new Date(now).toISOString();
    expect(await why({ keptUntil }, now - minuteMs)).toBe("expired");
    expect(await why({ keptUntil }, now - minuteMs - 1)).toBe("lost");
  });

  it("was deleted where nobody said how long it is kept, or who did forced it", async () => {
    expect(await why({})).toBe("deleted");
    expect(await why({ retentionMode: "governance" })).toBe("lost");
    expect(await why({ keptUntil: inDays(9), forceDelete: true })).toBe("deleted");
    expect(await why({ keptUntil: inDays(9), forceDelete: true, retentionMode: "compliance" })).toBe("lost");
    expect(await why({ keptUntil: inDays(9), expired: true })).toBe("expired");
  });

  it("is told loudly when it is lost", () => {
    expect(lost(what, { keptUntil: inDays(1) }, "Then.")).toBe(
      `LOST: ${what} is gone, although it was to be kept until ${inDays(1)}. It was not removed through this ` +
        "stack: find out who did. Then.",
    );
    expect(lost(what, { keptUntil: "soon" }, "Then.")).toContain('it was to be kept (kept_until is "soon")');
  });
});
