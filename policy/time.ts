import { timestampOf } from "../provider/core/values";

/** Milliseconds of an hour and of a day. */
export const hour = 3_600_000;
export const day = 24 * hour;

/** Five minutes, in days: programs reckon a date a little before or after the provider looks at the clock. */
export const slack = 5 / 60 / 24;

/**
 * An instant for people, UTC to the minute, e.g. `2027-01-31T12:00Z`.
 *
 * @param instant milliseconds since the epoch
 */
export function instantText(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 16)}Z`;
}

/** A number of days for people: `12 days`, `0.5 days`. */
export function daysText(days: number): string {
  const rounded = Math.round(days * 10) / 10;
  return `${rounded} ${rounded === 1 ? "day" : "days"}`;
}

/** The instant that a property holds, in milliseconds since the epoch; `undefined` where it holds none. */
export function instantAt(props: Record<string, unknown>, name: string): number | undefined {
  const value = props[name];
  return typeof value === "string" ? timestampOf(value) : undefined;
}
