import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Goal,
  isSettled,
  untilReady as ready,
  untilSettled as settled,
} from "../../../provider/core/resource/goals";
import { waldurObjects } from "../../../provider/waldur/object";
import { normalState, type StateFields, seenOf, titleState } from "../../../provider/waldur/states";

// Contract, "States": the spelling of 2024 and the one of today.
const spellings = [
  ["Creation Scheduled", "CREATION_SCHEDULED"],
  ["Creating", "CREATING"],
  ["Update Scheduled", "UPDATE_SCHEDULED"],
  ["Updating", "UPDATING"],
  ["Deletion Scheduled", "DELETION_SCHEDULED"],
  ["Deleting", "DELETING"],
  ["OK", "OK"],
  ["Erred", "ERRED"],
] as const;

describe("spellings of states", () => {
  it.each(spellings)("%s is %s, both ways", (title, normal) => {
    expect([normalState(title), normalState(normal)]).toEqual([normal, normal]);
    expect([titleState(title), titleState(normal)]).toEqual([title, title]);
  });

  it("normalise once and for all, whatever the text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(normalState(normalState(text))).toBe(normalState(text));
      }),
    );
  });

  it("of nothing is nothing", () => expect(normalState(undefined)).toBe(""));
});

/** What a goal comes to for what the server says. */
const judged = (goal: () => Goal) => (fields: StateFields | undefined) => goal()(fields && seenOf(fields));
const untilReady = judged(ready);
const untilSettled = judged(settled);
const untilGone = judged(() => waldurObjects.adapter.untilGone("snapshot") as Goal);

/** States that are neither OK nor ERRED, known or not. */
const others = fc.string().filter((state) => !["OK", "ERRED"].includes(normalState(state)));

describe("what a state means", () => {
  it("any but OK and ERRED is still working, for every wait", () => {
    const known = [...new Set(spellings.flat())].filter(
      (state) => !["OK", "ERRED"].includes(normalState(state)),
    );
    const examples = [undefined, "", "okay", "ERRED_SOFT", "AVAILABLE", "available", ...known];
    fc.assert(
      fc.property(fc.option(others, { nil: undefined }), (state) => {
        expect(isSettled(seenOf({ state }))).toBe(false);
        for (const until of [untilReady, untilSettled, untilGone])
          expect(until({ state }).is).toBe("pending");
      }),
      { examples: examples.map((state) => [state]), numRuns: 200 },
    );
  });

  it.each([
    [untilReady, "OK", "done"],
    [untilReady, "Erred", "failed"],
    [untilReady, undefined, "failed"],
    [untilSettled, "OK", "done"],
    [untilSettled, "ERRED", "done"],
    [untilSettled, undefined, "done"],
    // A deletion that left the object OK is not over: the server may be about to begin.
    [untilGone, "OK", "pending"],
    [untilGone, "Erred", "failed"],
    [untilGone, undefined, "done"],
  ] as const)("%o of %s is %s", (until, state, is) => {
    expect(until(state === undefined ? undefined : { state }).is).toBe(is);
  });

  it("ERRED carries the server's reason", () => {
    const seen = { state: "Erred", errorMessage: "No valid host" };
    expect(untilReady(seen)).toEqual({ is: "failed", state: "ERRED", reason: "No valid host" });
    expect(untilGone(seen)).toEqual({ is: "failed", state: "ERRED", reason: "No valid host" });
  });

  it("an error message left over from earlier does not make OK a failure", () => {
    expect(untilReady({ state: "OK", errorMessage: "of last week" })).toEqual({ is: "done", state: "OK" });
  });
});
