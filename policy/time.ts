import { instantOf } from "../provider/core/values";

/** Milliseconds of an hour and of a day. */
export const hour = 3_600_000;
export const day = 24 * hour;

/** An instant for people, UTC to the minute, e.g. `2027-01-31T12:00Z`. @param instant milliseconds since the epoch */
export function instantText(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 16)}Z`;
}

/** A number of days for people: `12 days`, `0.5 days`. */
export function daysText(days: number): string {
  const rounded = Math.round(days * 10) / 10;
  return `${rounded} ${rounded === 1 ? "day" : "days"}`;
}

/** The first of these properties that holds an instant, in milliseconds since the epoch. */
export function firstInstant(props: Record<string, unknown>, names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = props[name];
    const instant = typeof value === "string" ? instantOf(value) : undefined;
    if (instant !== undefined) return instant;
  }
  return undefined;
}

const units = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i;

/** The instant so long after another. @param duration ISO 8601, e.g. `P1M`; `undefined` where it is none */
export function addDuration(from: number, duration: string): number | undefined {
  const match = units.exec(duration.trim());
  if (!match) return undefined;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1)
    .map((digits) => Number(digits ?? 0));
  const date = new Date(from);
  date.setUTCFullYear(date.getUTCFullYear() + years, date.getUTCMonth() + months);
  return date.getTime() + (weeks * 7 + days) * day + hours * hour + minutes * 60_000 + seconds * 1000;
}
