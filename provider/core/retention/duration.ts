import { DateTime, Duration } from "luxon";
import { z } from "zod";

/** More than this is a slip of the keyboard, and more than servers can write as a date. */
const longestYears = 1000;

/** For how long something is kept: an ISO 8601 duration, e.g. `P35D`, `P6M` or `PT12H`. */
export const durationField = z.string().refine((text) => parse(text) !== undefined, {
  message: `expected an ISO 8601 duration above zero and of at most ${longestYears} years, e.g. "P35D", "P6M" or "PT12H"`,
});

/**
 * The instant a duration after another, at a whole second, by the calendar in UTC: days have 24 hours whatever a
 * zone does with its clocks, and a month after 31 January is the last day of February.
 *
 * @param start milliseconds since the epoch
 * @returns milliseconds since the epoch
 * @throws RangeError where the text is no duration; arguments are checked before
 */
export function endAfter(start: number, text: string): number {
  const duration = parse(text);
  if (duration === undefined) throw new RangeError(`"${text}" is not a duration`);
  return Math.ceil(add(start, duration) / 1000) * 1000;
}

function parse(text: string): Duration | undefined {
  const upper = text.trim().toUpperCase();
  // "P1DT" ends in a separator that separates nothing; luxon is lenient there.
  const duration = Duration.fromISO(upper);
  if (!duration.isValid || upper.endsWith("T")) return undefined;
  const origin = 0;
  const length = add(origin, duration);
  const negative = Object.values(duration.toObject()).some((amount) => amount < 0);
  const tooLong = !(length <= add(origin, Duration.fromObject({ years: longestYears })));
  return negative || length <= 0 || tooLong ? undefined : duration;
}

function add(start: number, duration: Duration): number {
  return DateTime.fromMillis(start, { zone: "utc" }).plus(duration).toMillis();
}
