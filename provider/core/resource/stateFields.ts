import { z } from "zod";

/** An argument that only the state knows: true or false, by default false. */
export function stateFlag(description: string) {
  return {
    schema: z.boolean().describe(description).meta({ default: false }).optional(),
    wire: null,
    onChange: "update",
    kept: "state",
    reset: false,
  } as const;
}

/** An argument that only the state knows: one of some words, of which one counts where none is given. */
export function stateChoice<
  const Words extends readonly [string, ...string[]],
  Default extends Words[number],
>(words: Words, byDefault: Default, description: string) {
  const list = new Intl.ListFormat("en-GB", { type: "disjunction" });
  const message = `expected ${list.format(words.map((word) => JSON.stringify(word)))}`;
  return {
    schema: z.enum(words, { message }).describe(description).meta({ default: byDefault }).optional(),
    wire: null,
    onChange: "update",
    kept: "state",
    reset: byDefault,
  } as const;
}
