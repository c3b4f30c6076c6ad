import { createHash } from "node:crypto";
import { DateTime } from "luxon";
import stringify from "safe-stable-stringify";

/** Pulumi's mark for a value that is not known during a preview (`UnknownStringValue` of the engine's protocol). */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether a value is unknown, or holds an unknown one. */
export function hasUnknown(value: unknown): boolean {
  if (value === unknownValue) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isRecord(value) && Object.values(value).some(hasUnknown);
}

/** Whether a value is an object of keys and values. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value of a key that may be called anything, `constructor` and `__proto__` too. */
export function ownValue<T>(values: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}

/** A uuid as Waldur writes it: 32 lower-case hex digits. */
const plainUuid = /^[0-9a-f]{32}$/;

/**
 * The uuid in a reference.
 *
 * @param reference a uuid with or without dashes, in any case, or a URL whose last path segment is one
 * @returns 32 lower-case hex digits, or `undefined` where there is none
 */
export function uuidIn(reference: unknown): string | undefined {
  const last = (typeof reference === "string" ? reference : "").replace(/\/+$/, "").split("/").at(-1) ?? "";
  const plain = last.replaceAll("-", "").toLowerCase();
  return plainUuid.test(plain) ? plain : undefined;
}

/**
 * The instant that a text means, in milliseconds since the epoch.
 *
 * Takes what Waldur takes (contract, "kept_until accepted"): `Z` or an offset with or without colon, none
 * (= UTC), `T` or a space, minutes only, a date only (= 00:00 UTC). Of a fraction, of which other tools write up
 * to nine digits, six count.
 *
 * @returns `undefined` where the text is not an instant
 */
export function timestampOf(text: string): number | undefined {
  const match =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?:(:\d{2})(?:\.(\d+))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i.exec(
      text.trim(),
    );
  if (!match) return undefined;
  const [, date, time = "00:00", seconds = "", fraction = "", zone = "Z"] = match;
  // Servers refuse 24:00, which ISO 8601 has for the next day's 00:00.
  if (time.startsWith("24")) return undefined;
  const instant = DateTime.fromISO(`${date}T${time}${seconds}${zone}`);
  return instant.isValid ? instant.toMillis() + Number(`0.${fraction.slice(0, 6)}`) * 1000 : undefined;
}

/** An instant in UTC to the second where it has no fraction, e.g. `2027-01-31T00:00:00Z`. @param at ms since the epoch */
export function isoTimestamp(at: number): string {
  return new Date(at).toISOString().replace(".000Z", "Z");
}

/** Whether two texts mean the same instant; two that are not instants must be the same text. */
export function sameInstant(one: string, other: string): boolean {
  const [a, b] = [timestampOf(one), timestampOf(other)];
  return a === undefined ? one === other : a === b;
}

/** A text that two JSON values share exactly when they mean the same: keys sorted, `undefined` left out. */
export function canonical(value: unknown): string {
  return stringify(value) ?? "null";
}

/** Whether two JSON values mean the same. */
export function sameJson(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

/** A short print of a JSON value, to tell later whether it is still the same without keeping it. */
export function fingerprint(value: unknown): string {
  return createHash("sha256").update(canonical(value)).digest("hex").slice(0, 16);
}

/** The same object without the properties that are `undefined`. */
export function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
