import { z } from "zod";
import { isoTimestamp, sameInstant, timestampOf } from "../values";

const dateOnly = /^\d{4}-\d{2}-\d{2}$/;
const zoned = /(Z|[+-]\d{2}(:?\d{2})?)$/i;

/** An instant until which something is kept: RFC 3339 with a zone, or a date (00:00 UTC). */
export const timestampField = z.string().refine(isInstant, {
  message: 'expected an instant with its zone, e.g. "2027-01-31T12:00:00Z", or a date, e.g. "2027-01-31"',
});

function isInstant(text: string): boolean {
  const trimmed = text.trim();
  return timestampOf(trimmed) !== undefined && (dateOnly.test(trimmed) || zoned.test(trimmed));
}

/** Whether two ends of a retention mean the same instant; `null`: no end. */
export function sameEnd(observed: unknown, declared: unknown): boolean {
  if (declared === null) return (observed ?? null) === null;
  return sameInstant(String(observed), String(declared));
}

/**
 * The spelling that every server takes: capitals, for a date the instant at which it begins in UTC, and no more than
 * the six digits of a fraction that count (contract, "kept_until accepted").
 */
export function wireTimestamp(declared: unknown): unknown {
  if (typeof declared !== "string") return declared;
  const text = declared.trim().toUpperCase();
  return dateOnly.test(text) ? `${text}T00:00:00Z` : text.replace(/(\.\d{6})\d+/, "$1");
}

/**
 * When a retention ends as somebody has written it: in milliseconds since the epoch; `none` for nothing, null and
 * blanks; `unreadable` for whatever else there is.
 */
export type End = number | "none" | "unreadable";

/** Reads the end of a retention. @param value as it is on the server or in a state, of any type */
export function readEnd(value: unknown): End {
  if (value === undefined || value === null) return "none";
  if (typeof value !== "string") return "unreadable";
  return value.trim() === "" ? "none" : (timestampOf(value) ?? "unreadable");
}

/**
 * When a declared retention ends, in milliseconds since the epoch; `Infinity` for one without an end.
 *
 * @param keptUntil as it passed the check: an instant in any spelling; null and `undefined`: no end
 */
export function endOf(keptUntil: unknown): number {
  return (typeof keptUntil === "string" ? timestampOf(keptUntil) : undefined) ?? Number.POSITIVE_INFINITY;
}

/** For how long something is kept, for people. @param at its end in ms since the epoch, or `Infinity` */
export function spoken(at: number): string {
  return at === Number.POSITIVE_INFINITY ? "for good" : `until ${isoTimestamp(at)}`;
}
