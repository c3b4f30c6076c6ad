import { appliedKey } from "../core/resource/diff";
import type { CheckFailure, Properties } from "../core/resource/lifecycle";
import { isRecord } from "../core/values";

/** Pulumi's key and mark of a value that travels as something special, here a secret. */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** A value as Pulumi's wire marks a secret: the engine keeps it encrypted. */
export function secretOf(value: unknown): unknown {
  return { [signatureKey]: secretSignature, value };
}

/** Whether a value travels as a secret. */
export function isSecret(value: unknown): value is { value: unknown } {
  return isRecord(value) && value[signatureKey] === secretSignature;
}

/** The names of properties that are to be secret where any of these is: what the state holds of it could be tried. */
export function withPrints(secrets: readonly string[]): readonly string[] {
  return secrets.length > 0 ? [...secrets, appliedKey] : secrets;
}

/** Shorter values are no secrets, and would be found in every message. */
const shortest = 3;

/**
 * What takes secret values out of a text.
 *
 * @param values properties
 * @param secrets the names of those that are secret
 */
export function hiding(values: Properties, secrets: readonly string[]): (text: string) => string {
  const hidden = secrets
    .flatMap((name) => leavesOf(values[name]))
    .filter((leaf) => leaf.length >= shortest)
    .flatMap((leaf) => [leaf, JSON.stringify(leaf).slice(1, -1)])
    .sort((one, other) => other.length - one.length);
  return (text) => hidden.reduce((line, leaf) => line.replaceAll(leaf, "[secret]"), text);
}

function leavesOf(value: unknown): string[] {
  if (typeof value === "string" || typeof value === "number") return [String(value)];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(leavesOf);
}

/** A failure as it may be shown: with a property the engine prints its value too, be it a secret or not. */
export function withoutSecrets(
  { property, reason }: CheckFailure,
  { secrets, hide }: { secrets: readonly string[]; hide: (text: string) => string },
): CheckFailure {
  const [argument = ""] = property.split(/[.[]/);
  const shown = hide(reason);
  return secrets.includes(argument)
    ? { property: "", reason: `${property}: ${shown}` }
    : { property, reason: shown };
}
