import { accessGuesses } from "./access";
import type { Guess } from "./guess";
import { objectGuesses } from "./objects";
import { requestGuesses } from "./requests";
import { stateGuesses } from "./states";

export type { Evidence, Guess } from "./guess";

/**
 * The one table of what the emulated Trilio does and no public source proves. Each line is a switch: whoever
 * captures what a real T4O does can flip it, and sees which parts of the provider depend on it.
 */
export const guessTable = { ...accessGuesses, ...requestGuesses, ...objectGuesses, ...stateGuesses };

/** The name of a guess. */
export type GuessName = keyof typeof guessTable;

/** A value for every guess. */
export type Guesses = { -readonly [K in GuessName]: (typeof guessTable)[K]["default"] };

/** The names, in the order of the table. */
export const guessNames = Object.keys(guessTable) as GuessName[];

/** The defaults, with some values of the caller's. A new object, which may change while the server runs. */
export function guessesWith(own: Partial<Guesses> = {}): Guesses {
  const values: Record<string, string | number | boolean> = {};
  for (const name of guessNames) values[name] = own[name] ?? guessTable[name].default;
  return values as Guesses;
}

function named(name: string): name is GuessName {
  return Object.hasOwn(guessTable, name);
}

function meantBy(guess: Guess, word: string): string | number | boolean | undefined {
  if (guess.values === "text") return word;
  if (guess.values !== "number") return guess.values.find((value) => String(value) === word);
  return word.trim() !== "" && Number.isFinite(Number(word)) ? Number(word) : undefined;
}

/**
 * A guess from the form `name=value`, as the command line takes it.
 * @throws Error that names what would be right: every name, or every value of this one
 */
export function parseGuess(words: string): Partial<Guesses> {
  const [, name = words, word] = /^([^=]*)=(.*)$/s.exec(words) ?? [];
  if (!named(name)) throw new Error(`there is no guess "${name}"; there are ${guessNames.join(", ")}`);
  const guess: Guess = guessTable[name];
  const may = typeof guess.values === "string" ? `a ${guess.values}` : guess.values.join(", ");
  if (word === undefined)
    throw new Error(`the guess ${name} needs a value: ${name}=VALUE, where VALUE is ${may}`);
  const value = meantBy(guess, word);
  if (value === undefined) throw new Error(`the guess ${name} is ${may}, not "${word}"`);
  return { [name]: value };
}
