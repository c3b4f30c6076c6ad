import {
  type Generation,
  type Guesses,
  guessesWith,
  parseGuess,
  type TrilioEmulatorOptions,
  type WaldurEmulatorOptions,
} from "../../emulator/index";
import { messageOf } from "../../provider/core/errors";
import { UsageError } from "../command";
import { parseOptions, type Values } from "../options";

/** Options of every emulator. */
export const commonOptions = {
  port: { value: "PORT", description: "Port to listen on; 0 for any free one. Default: 8800; Trilio 8780." },
  host: { value: "ADDRESS", description: "Address to listen on. Default: 127.0.0.1." },
  speed: {
    value: "FACTOR",
    description:
      "How many times faster than a real server. Default: 1; a snapshot takes 12 s in Waldur, a restore 580 s in " +
      "Trilio.",
  },
} as const;

/** Options of the emulated Waldur. */
export const waldurOptions = {
  generation: { value: "YEAR", description: "2024 or 2026: which server to be like. Default: 2024." },
  provisioning: {
    value: "COUNT",
    description: 'How many creates of a kind run at a time, or "unlimited". Default: 4.',
  },
  approval: { description: "Orders wait until a consumer approves them." },
} as const;

/** Options of the emulated Trilio, and those that choose it. */
export const trilioOptions = {
  trilio: { description: "Start a Trilio." },
  "keystone-port": {
    value: "PORT",
    description: "Port of its Keystone; 0 for any free one. Default: 35357.",
  },
  guess: {
    value: "NAME=VALUE",
    multiple: true,
    description: "What to do where no public source says what Trilio does; may be repeated.",
  },
  guesses: { description: "Print all guesses with their values and what they decide, and end." },
} as const;

const options = { ...commonOptions, ...waldurOptions, ...trilioOptions };
type Words = Values<typeof options>;

/** What to do: list guesses, or start a server. */
export type EmulatorOptions =
  | { show: "guesses"; guesses: Guesses }
  | { show: "waldur"; waldur: WaldurEmulatorOptions & { generation: Generation } }
  | { show: "trilio"; trilio: TrilioEmulatorOptions };

/** Reads the command line. @throws UsageError for what is not known or does not go together */
export function emulatorOptions(args: readonly string[]): EmulatorOptions {
  const words = parseOptions(options, args);
  const ofTrilio = words.trilio || words.guesses;
  const wrong = ofTrilio ? foreign(words, Object.keys(waldurOptions)) : foreign(words, trilioOnly);
  if (wrong !== undefined) {
    throw new UsageError(`--${wrong} is ${ofTrilio ? "for Waldur" : "for --trilio"} only`);
  }
  if (words.guesses) return { show: "guesses", guesses: guessesOf(words.guess) };
  return words.trilio
    ? { show: "trilio", trilio: trilioOf(words) }
    : { show: "waldur", waldur: waldurOf(words) };
}

const trilioOnly = ["keystone-port", "guess"];

function foreign(words: Readonly<Record<string, unknown>>, names: readonly string[]): string | undefined {
  return names.find((name) => words[name] !== undefined);
}

function waldurOf(words: Words) {
  const { port = "8800", generation = "2024", provisioning = "4", approval = false } = words;
  return {
    ...commonOf(words, port),
    generation: generationOf(generation),
    maxProvisioning: provisioning === "unlimited" ? Infinity : positive("--provisioning", provisioning),
    approval,
  };
}

function trilioOf(words: Words): TrilioEmulatorOptions {
  const { port = "8780", "keystone-port": keystonePort = "35357", guess } = words;
  return {
    ...commonOf(words, port),
    keystonePort: portOf("--keystone-port", keystonePort),
    guesses: guessesOf(guess),
  };
}

function commonOf({ host = "127.0.0.1", speed = "1" }: Words, port: string) {
  return { host, port: portOf("--port", port), speed: positive("--speed", speed) };
}

function generationOf(text: string): Generation {
  if (text === "2024" || text === "2026") return text;
  throw new UsageError(`--generation takes 2024 or 2026, not "${text}"`);
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value <= 0) {
    throw new UsageError(`${option} takes a number above 0, not "${text}"`);
  }
  return value;
}

/** A port; 0 is any free one. */
function portOf(option: string, text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new UsageError(`${option} takes 0 to 65535, not "${text}"`);
  return port;
}

/** All guesses, with the values that were given. @throws UsageError that lists what there is */
function guessesOf(given: readonly string[] = []): Guesses {
  try {
    return guessesWith(Object.assign({}, ...given.map(parseGuess)));
  } catch (error) {
    throw new UsageError(`--guess: ${messageOf(error)}`);
  }
}
