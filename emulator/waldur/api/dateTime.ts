import { isoTime } from "../../ids";

/** Django's own pattern: space or T, seconds and offset optional, more than six digits of fraction cut off. */
const pattern =
  /^(\d{4})-(\d{1,2})-(\d{1,2})[T ](\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,6})\d*)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/;

const datePattern = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;

/**
 * A `kept_until` as the server understands and returns it (recordings 06, 07, 08): UTC with `Z`, microseconds only
 * when they are not zero, a date alone is its midnight. Undefined: it answers 400.
 */
export function parseDateTime(text: string): string | undefined {
  const date = datePattern.exec(text);
  const match = date === null ? pattern.exec(text) : [...date, "0", "0", "0", "", "Z"];
  if (match === null) return undefined;
  const [year, month, day, hours, minutes, seconds] = match.slice(1, 7).map((part) => Number(part ?? 0));
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const [h, m, s] = [hours ?? 0, minutes ?? 0, seconds ?? 0];
  const local = new Date(Date.UTC(year, month - 1, day, h, m, s));
  const exists = local.getUTCMonth() === month - 1 && local.getUTCDate() === day;
  if (!exists || h > 23 || m > 59 || s > 59) return undefined;
  const fraction = (match[7] ?? "").padEnd(6, "0");
  const instant = isoTime(local.getTime() - offsetMinutes(match[8] ?? "Z") * 60_000).slice(0, 19);
  return Number(fraction) === 0 ? `${instant}Z` : `${instant}.${fraction}Z`;
}

function offsetMinutes(offset: string): number {
  if (offset === "Z") return 0;
  const digits = offset.slice(1).replace(":", "").padEnd(4, "0");
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return offset.startsWith("-") ? -minutes : minutes;
}
