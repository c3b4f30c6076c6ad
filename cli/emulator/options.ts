import { parseArgs } from "node:util";
import { type Guesses, guessesWith, parseGuess } from "../../emulator/index";
import { UsageError } from "../command";

const options = {
  port: { type: "string" },
  host: { type: "string", default: "127.0.0.1" },
  speed: { type: "string", default: "1" },
  generation: { type: "string" },
  provisioning: { type: "string" },
  approval: { type: "boolean" },
  trilio: { type: "boolean", default: false },
  "keystone-port": { type: "string" },
  guess: { type: "string", multiple: true },
  guesses: { type: "boolean", default: false },
} as const;

/** The options as they were written. */
export type Words = ReturnType<typeof parseArgs<{ options: typeof options }>>["values"];

/** Takes the command line apart. @throws UsageError for what is not known or does not go together */
export function wordsOf(args: string[]): Words {
  const words = parse(args);
  const wrong = words.trilio || words.guesses ? foreign(words, waldurOnly) : foreign(words, trilioOnly);
  if (wrong !== undefined) {
    throw new UsageError(
      `--${wrong} is ${words.trilio || words.guesses ? "for Waldur" : "for --trilio"} only`,
    );
  }
  return words;
}

const waldurOnly = ["generation", "provisioning", "approval"] as const;
const trilioOnly = ["keystone-port", "guess"] as const;

function foreign<K extends keyof Words>(words: Words, names: readonly K[]): K | undefined {
  return names.find((name) => words[name] !== undefined);
}

function parse(args: string[]): Words {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    // parseArgs complains in whole sentences of its own.
    throw new UsageError(error instanceof Error ? error.message : `${error}`);
  }
}

/** A number above 0. @throws UsageError */
export function positive(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value <= 0) {
    throw new UsageError(`${option} takes a number above 0, not "${text}"`);
  }
  return value;
}

/** A port; 0 is any free one. @throws UsageError */
export function portOf(option: string, text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new UsageError(`${option} takes 0 to 65535, not "${text}"`);
  return port;
}

/** All guesses, with the values that were given. @throws UsageError that lists what there is */
export function guessesOf(given: string[] = []): Guesses {
  try {
    return guessesWith(Object.assign({}, ...given.map(parseGuess)));
  } catch (error) {
    throw new UsageError(`--guess: ${error instanceof Error ? error.message : error}`);
  }
}
