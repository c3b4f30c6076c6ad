import { appliedKey } from "../core/resource/diff";
import { currentNames } from "../core/resource/former";
import type { CheckFailure, Properties } from "../core/resource/lifecycle";
import { isoTimestamp, isRecord, timestampOf, uuidIn } from "../core/values";
import { lifecycleOf } from "../registry";

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

/**
 * Names of secret properties, with those that they have today.
 *
 * @param type module and name of the resource, e.g. `waldur:Snapshot`
 */
export function withCurrent(type: string, secrets: Iterable<string>): string[] {
  const written = [...secrets];
  return [...new Set([...written, ...currentNames(lifecycleOf(type).former, written)])];
}

/** Texts of this length are taken for the secret itself, wherever they stand. */
const [shortest, unmistakable] = [3, 8];

/**
 * The names of the outputs that are to be secret: those of secret arguments, and what else shows the value of one, such
 * as the address of a volume whose id is secret.
 *
 * @param outputs plain
 * @param values properties that hold the secret ones
 * @param secrets their names
 */
export function secretOutputs(
  outputs: Properties,
  values: Properties,
  secrets: Iterable<string>,
): readonly string[] {
  const names = [...secrets];
  const known = names.filter((name) => name !== appliedKey).flatMap((name) => leavesOf(values[name]));
  const telling = known.flatMap(spellingsOf).filter((leaf) => leaf.length >= unmistakable);
  const shows = (value: unknown) =>
    leavesOf(value).some((leaf) => telling.some((secret) => leaf.includes(secret)));
  const others = telling.length === 0 ? [] : Object.keys(outputs).filter((name) => shows(outputs[name]));
  return [...new Set([...withPrints(names), ...others])];
}

/**
 * What takes secret values out of a text.
 *
 * @param values properties
 * @param secrets the names of those that are secret
 */
export function hiding(values: Properties, secrets: readonly string[]): (text: string) => string {
  const leaves = [...new Set(secrets.flatMap((name) => leavesOf(values[name])).flatMap(spellingsOf))];
  const hidden = leaves
    .filter((leaf) => leaf.length >= shortest)
    .flatMap((leaf) => [leaf, JSON.stringify(leaf).slice(1, -1)])
    .sort((one, other) => other.length - one.length);
  // A shorter one would be found in every message, so it counts only where it stands as a value.
  const short = leaves.filter((leaf) => leaf.length < shortest).map((leaf) => JSON.stringify(leaf));
  return (text) => {
    const without = hidden.reduce((line, leaf) => line.replaceAll(leaf, "[secret]"), text);
    return short
      .reduce((line, leaf) => line.replaceAll(leaf, '"[secret]"'), without)
      .replace(/(?<=^invalid value )-?\d{1,2}(?=: )/, (number) =>
        leaves.includes(number) ? "[secret]" : number,
      );
  };
}

/** A value in the forms in which servers and messages repeat it. */
function spellingsOf(leaf: string): string[] {
  const text = leaf.trim();
  const instant = timestampOf(text);
  const times = instant === undefined ? [] : [isoTimestamp(instant)];
  const uuid = uuidIn(text);
  const uuids = uuid === undefined ? [] : [uuid, uuid.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")];
  return [...new Set([leaf, text, ...times, ...uuids])].filter((spelling) => spelling !== "");
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
