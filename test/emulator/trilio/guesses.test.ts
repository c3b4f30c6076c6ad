import { describe, expect, test } from "vitest";
import { type Guess, type GuessName, guessNames, guessTable, parseGuess } from "../../../emulator/index";
import { accessFlips } from "./guesses/access";
import type { Flip } from "./guesses/flip";
import { objectFlips } from "./guesses/objects";
import { requestFlips } from "./guesses/requests";
import { stateFlips } from "./guesses/states";
import { TrilioBench } from "./support/bench";

const flips: Record<GuessName, Flip> = { ...accessFlips, ...requestFlips, ...objectFlips, ...stateFlips };

describe.each(guessNames)("the guess %s", (name) => {
  const { probe, sees } = flips[name];
  const guess: Guess = guessTable[name];

  test("has a test of its default and of each of its values, and each makes a difference", () => {
    const values = sees.map(([value]) => value);
    expect(values).toContain(guess.default);
    if (typeof guess.values !== "string") expect([...values].sort()).toEqual([...guess.values].sort());
    expect(values.length).toBeGreaterThan(1);
    expect(new Set(sees.map(([, expected]) => JSON.stringify([expected]))).size).toBe(sees.length);
  });

  test.each(sees)("%j does what the table says", async (value, expected) => {
    const bench = await TrilioBench.guessing(parseGuess(`${name}=${value}`));
    try {
      expect(await probe(bench)).toEqual(expected);
    } finally {
      await bench.close();
    }
  });
});

describe("the table of guesses", () => {
  test.each(Object.entries(guessTable))(
    "%s says in one line what it decides, and where that comes from",
    (_, guess) => {
      const { decides, evidence, section } = guess as Guess;
      expect(decides).toMatch(/^[^\n]{20,110}$/);
      expect(["guess", "inferred", "varies"]).toContain(evidence);
      expect(section).toMatch(/^\d(\.\d)?(, \d(\.\d)?)*$/);
    },
  );

  test.each([
    ["colour=blue", /there is no guess "colour"; there are catalogType, catalogName, .*cancelSeconds/],
    ["cancelSettled=perhaps", /the guess cancelSettled is ignored, refused, not "perhaps"/],
    ["cancelSettled", /the guess cancelSettled needs a value: cancelSettled=VALUE.* ignored, refused/],
    ["cancelSeconds=soon", /the guess cancelSeconds is a number, not "soon"/],
    ["deleteStatus=404", /the guess deleteStatus is 200, 202, 204, not "404"/],
    ["toString=1", /there is no guess "toString"/],
  ])("%s is refused", (words, why) => {
    expect(() => parseGuess(words)).toThrow(why);
  });

  test("values come in their own type", () => {
    expect(parseGuess("cancelSeconds=1.5")).toEqual({ cancelSeconds: 1.5 });
    expect(parseGuess("typeRequired=false")).toEqual({ typeRequired: false });
    expect(parseGuess("deleteStatus=204")).toEqual({ deleteStatus: 204 });
    expect(parseGuess("listAfterDelete=left out")).toEqual({ listAfterDelete: "left out" });
    expect(parseGuess("cancelledMessage=a=b")).toEqual({ cancelledMessage: "a=b" });
  });
});
