import { z } from "zod";
import { ConnectionError } from "../errors";
import { isRecord, ownValue } from "../values";

/**
 * Reads an answer by what the API says of it.
 *
 * @throws ConnectionError where it is something else: whatever sent that, it is no answer to what was asked
 */
export function understood<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const { data, error } = schema.safeParse(body);
  if (error === undefined) return data as z.output<T>;
  const [issue] = error.issues;
  const where = issue?.path.join(".") || "the body";
  throw new ConnectionError(`an answer is not what the API describes: ${where}: ${issue?.message}`, true);
}

/** A field of an answer that is `undefined` where it is absent or null. */
export function nullish<T extends z.ZodType>(type: T) {
  return z.preprocess((value) => value ?? undefined, type.optional()).optional();
}

/**
 * Answers are read leniently: unknown fields are kept out, and a field that is absent or null is `undefined`.
 * These are the schemas of fields that are read so.
 */
export function wireField<T extends z.ZodType>(type: T, description: string) {
  return nullish(type).describe(description);
}

/** A string. */
export const wireString = (description: string) => wireField(z.string(), description);
/** A number. */
export const wireNumber = (description: string) => wireField(z.number(), description);
/** True or false. */
export const wireFlag = (description: string) => wireField(z.boolean(), description);
/** Any JSON. */
export const wireJson = (description: string) => wireField(z.json(), description);

/** An object of values by key; whatever else a server writes for one that was never set is an empty one. */
export function wireRecord<T extends z.ZodType>(values: T, description: string) {
  return z
    .preprocess((value) => (isRecord(value) ? value : {}), z.record(z.string(), values))
    .optional()
    .describe(description);
}

/** Which names are not simply the wire's in camel case. */
export interface WireNames {
  /** Names of their own, by the wire's. */
  renamed?: Readonly<Record<string, string>>;
  /** Fields of the wire whose values are somebody's own JSON, not the server's fields. */
  opaque: ReadonlySet<string>;
  /** What else an object has, by what it has under our names. */
  derived?(named: Readonly<Record<string, unknown>>): Record<string, unknown>;
}

/** An answer with names in camel case instead of the wire's. */
export function camelKeys(body: unknown, names: WireNames): unknown {
  if (Array.isArray(body)) return body.map((item) => camelKeys(item, names));
  if (!isRecord(body)) return body;
  const named = Object.fromEntries(
    Object.entries(body).map(([key, value]) => [
      ownValue(names.renamed ?? {}, key) ?? camel(key),
      names.opaque.has(key) ? value : camelKeys(value, names),
    ]),
  );
  return names.derived ? { ...names.derived(named), ...named } : named;
}

/** Our name of a field, e.g. `keptUntil` for `kept_until`. */
export function camel(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** The name of a field on the wire, e.g. `kept_until` for `keptUntil`. */
export function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
