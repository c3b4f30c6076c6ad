import { parseArgs } from "node:util";
import { messageOf } from "../provider/core/errors";
import { UsageError } from "./command";

/** An option of a command. */
export interface Option {
  /** What `--help` calls its value, e.g. `PORT`; a flag has none. */
  readonly value?: string;
  /** A letter that means the same after one dash. */
  readonly short?: string;
  /** Whether it may be given several times. */
  readonly multiple?: boolean;
  /** Whether a flag's opposite, with `no-` before it, says more than its absence. */
  readonly opposite?: boolean;
  readonly description: string;
}

/** Options by their names without dashes. */
export type Options = Readonly<Record<string, Option>>;

/** What was given for an option: a flag, a value, or every value of one that may be repeated. */
export type Given = boolean | string | string[];

type GivenFor<O extends Option> = Option extends O
  ? Given
  : O extends { multiple: true }
    ? string[]
    : O extends { value: string }
      ? string
      : boolean;

/** What was given, by the options' names. */
export type Values<T extends Options> = { [Name in keyof T]?: GivenFor<T[Name]> };

/** Reads arguments that are options and nothing else. @throws UsageError for what is not known */
export function parseOptions<const T extends Options>(options: T, args: readonly string[]): Values<T> {
  return parsed(options, args, false).values;
}

/** Reads options and the words between and after them. @throws UsageError for what is not known */
export function parseWords<const T extends Options>(
  options: T,
  args: readonly string[],
): { values: Values<T>; words: string[] } {
  return parsed(options, args, true);
}

function parsed<const T extends Options>(options: T, args: readonly string[], allowPositionals: boolean) {
  const known = Object.entries(options).map(([name, { value, short, multiple = false }]) => {
    const type = value === undefined ? ("boolean" as const) : ("string" as const);
    return [name, { type, multiple, ...(short ? { short } : {}) }];
  });
  const config = { options: Object.fromEntries(known), allowNegative: true, allowPositionals };
  try {
    const { values, positionals } = parseArgs({ args: [...args], ...config });
    return { values: values as Values<T>, words: positionals };
  } catch (error) {
    // parseArgs complains in whole sentences of its own.
    throw new UsageError(messageOf(error));
  }
}

/** The option that every command has. */
export const helpOption: Options = { help: { description: "This text." } };

const optionWidth = 34;
const textWidth = 74;
/** Lines of `--help` are this long at most. */
const pageWidth = 110;

/** The lines of `--help` about options, each with what it is for. */
export function optionLines(options: Options): string[] {
  return Object.entries(options).flatMap(([name, option]) => {
    const [first = "", ...others] = wrapped(option.description, textWidth);
    const start = `  ${spelling(name, option).padEnd(optionWidth)}${first}`;
    return [start, ...others.map((line) => " ".repeat(optionWidth + 2) + line)];
  });
}

function spelling(name: string, { value, short, opposite }: Option): string {
  if (value !== undefined) return `${short ? `-${short}, ` : ""}--${name} ${value}`;
  return opposite ? `--[no-]${name}` : `--${name}`;
}

/** A paragraph as lines. */
export function wrapped(text: string, width = pageWidth): string[] {
  const rows: string[] = [];
  for (const word of text.split(" ")) {
    const last = rows.at(-1);
    if (last !== undefined && last.length + word.length < width) rows[rows.length - 1] = `${last} ${word}`;
    else rows.push(word);
  }
  return rows;
}
