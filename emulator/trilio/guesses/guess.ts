/**
 * How sure a behaviour of the emulated Trilio is. `guess`: nothing public says it. `inferred`: follows from
 * samples or tests, and is stated nowhere. `varies`: public sources disagree, or versions differ.
 */
export type Evidence = "guess" | "inferred" | "varies";

/** One behaviour that a capture from a real T4O could prove wrong, as a switch. */
export interface Guess<T extends string | number | boolean = string | number | boolean> {
  readonly default: T;
  /** What it may be set to; a word for values that cannot be listed. */
  readonly values: readonly T[] | "text" | "number";
  /** What it decides, with the meaning of the values. */
  readonly decides: string;
  readonly evidence: Evidence;
  /** Section of the contract ("trilio.md") that tells what is known. */
  readonly section: string;
}

type About = Pick<Guess, "evidence" | "section" | "decides">;

/** A switch between listed words; the first is the default. */
export function choice<const T extends string>(values: readonly [T, ...T[]], about: About): Guess<T> {
  return { default: values[0], values, ...about };
}

/** A switch between HTTP statuses; the first is the default. */
export function status<const T extends number>(values: readonly [T, ...T[]], about: About): Guess<T> {
  return { default: values[0], values, ...about };
}

/** A yes or no. */
export function yesNo(value: boolean, about: About): Guess<boolean> {
  return { default: value, values: [true, false], ...about };
}

/** A word of the server's choosing, e.g. a status string. */
export function text(value: string, about: About): Guess<string> {
  return { default: value, values: "text", ...about };
}

/** A number that is not negative, or any where the text says so; the unit is in the text. */
export function amount(value: number, about: About): Guess<number> {
  return { default: value, values: "number", ...about };
}
