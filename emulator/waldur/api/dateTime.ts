import { DateTime } from "luxon";

/**
 * Django's own pattern: a date, or a date and a time with space or T between them, seconds and offset optional, more
 * than six digits of fraction cut off.
 */
const pattern =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,6})\d*)?)?\s*(?:Z|([+-]\d{2})(?::?(\d{2}))?)?)?$/;

/**
 * A `kept_until` as the server understands and returns it (recordings 06, 07, 08): UTC with `Z`, microseconds only
 * when they are not zero, a date alone is its midnight. Undefined: it answers 400.
 */
export function parseDateTime(text: string): string | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const numbers = match.slice(1, 7).map((part) => Number(part ?? 0));
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = numbers;
  const [, fraction = "", hours = "+00", minutes = "00"] = match.slice(6);
  const zone = `UTC${hours}:${minutes}`;
  const time = DateTime.fromObject({ year, month, day, hour, minute, second }, { zone });
  // ISO 8601 has an hour 24, Python has none.
  if (!time.isValid || hour > 23) return undefined;
  const utc = time.toUTC().toFormat("yyyy-MM-dd'T'HH:mm:ss");
  return Number(fraction) === 0 ? `${utc}Z` : `${utc}.${fraction.padEnd(6, "0")}Z`;
}
