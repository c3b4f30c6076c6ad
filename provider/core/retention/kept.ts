import { type RetentionMode, retentionModes } from "./fields";
import { type End, endOf, readEnd } from "./instants";

/** A retention that another tool has written into the metadata of an object. */
export interface ForeignEnd {
  /** The key that holds it. */
  key: string;
  /** Its value, as it is there. */
  value: string;
  /** The tool that writes this key, for people. */
  tool: string;
}

/** Something that is kept for a time: what the server says now, and what the state knows. */
export interface Kept {
  /** In the user's words, e.g. `snapshot "nightly" (9f3c...)`. */
  what: string;
  /** The end as the server has it, whatever it is; absent: none. */
  keptUntil?: unknown;
  /** The end as the state knows it; counts where the server has none. */
  known?: unknown;
  /** What another tool wrote; counts where neither of them has one. */
  foreign?: ForeignEnd | undefined;
  /** Whether this stack declares how long it is kept; absent: no stack is known of. */
  declared?: boolean;
  /** The mode in force: the one that was applied last. */
  mode?: RetentionMode | undefined;
}

/** The end of a retention that counts, and whose it is. */
interface CountingEnd {
  end: End;
  by: "server" | "state" | "tool";
}

/**
 * The end that counts: what the server has now, be it readable or not; what the state knows where the server has
 * lost it; what another tool wrote where nobody else says anything.
 */
export function countingEnd({ keptUntil, known, foreign }: Kept): CountingEnd {
  const ends: CountingEnd[] = [
    { end: readEnd(keptUntil), by: "server" },
    { end: readEnd(known), by: "state" },
    { end: readEnd(foreign?.value), by: "tool" },
  ];
  return ends.find(({ end }) => end !== "none") ?? { end: "none", by: "server" };
}

/**
 * Whether anybody has said how long it is kept. What was never given an end is kept in the modes "governance" and
 * "compliance" only: servers say the same of what is to be kept for good and of what nobody said anything about.
 */
export function isKept(kept: Kept): boolean {
  return countingEnd(kept).end !== "none" || strictness(kept.mode) > 0;
}

/** When it may go, in milliseconds since the epoch; `Infinity` where that is never, or cannot be read. */
export function lastMoment(kept: Kept): number {
  const { end } = countingEnd(kept);
  return typeof end === "number" ? end : Number.POSITIVE_INFINITY;
}

/**
 * The end that was promised, which no change may bring closer where the mode forbids it: what cannot be read was no
 * promise where the state knows one. In milliseconds since the epoch; `Infinity` where there is none.
 */
export function promisedEnd(kept: Kept): number {
  const server = readEnd(kept.keptUntil);
  return typeof server === "number" ? server : endOf(kept.known);
}

/** What cannot be read, for people, e.g. `kept_until is "soon"`; `undefined` where the end that counts can be read. */
export function unreadableEnd(kept: Kept): string | undefined {
  const { end, by } = countingEnd(kept);
  if (end !== "unreadable") return undefined;
  if (by === "tool") return `${kept.foreign?.key} is ${JSON.stringify(kept.foreign?.value)}`;
  return `kept_until is ${JSON.stringify(by === "server" ? kept.keptUntil : kept.known)}`;
}

/** The stricter one of two modes: where the server keeps it, neither it nor the state alone can soften it. */
export function stricterMode(one: unknown, other: unknown): RetentionMode {
  return retentionModes[Math.max(strictness(one), strictness(other))] ?? "none";
}

/** How strict a mode is, from 0; what is no mode is not strict. */
export function strictness(mode: unknown): number {
  return Math.max(0, retentionModes.indexOf(mode as RetentionMode));
}
