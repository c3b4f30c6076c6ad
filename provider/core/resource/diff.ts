import { fingerprint, hasUnknown, isRecord, ownValue, sameJson } from "../values";
import { appliedKey } from "./appliedKey";
import { asObserved, isIgnored, printOf } from "./ignored";
import type { Change, Properties } from "./lifecycle";

export { appliedKey } from "./appliedKey";

/** What a comparison of one argument can look at beside its two values. */
export interface Compared {
  /** Whether the declaration is the one that was applied last. */
  unchanged: boolean;
  /** All that is observed. */
  observed: Properties;
  /** All that is declared. */
  declared: Properties;
}

/** How one argument is compared, and what its change means. */
export interface PropertyRule {
  kind: Change["kind"];
  /** Whether what is observed is what is declared, by meaning; without it, the same JSON. */
  same?(observed: unknown, declared: unknown, compared: Compared): boolean;
  /** Whether the argument says nothing beside the others, so that it makes no difference and is not shown. */
  unless?(declared: Properties): boolean;
  /** What the property goes back to when its declaration is taken out; without it, it is left as it is. */
  reset?: unknown;
  /**
   * The property is an object of which only the declared keys are owned: keys of others make no difference, and
   * one that is not declared any more is to go. See {@link keyChanges}.
   */
  keyed?: true;
}

/** The rules of a resource, by argument. Arguments without a rule never make a difference. */
export type Rules = Record<string, PropertyRule>;

/** Set in the state of an object that this stack began or waited for, and that has not come to be as it should. */
export const unreadyKey = "__unready";

/** The keys of a state that are no outputs. */
export const stateKeys: readonly string[] = [appliedKey, unreadyKey];

/** What every state holds beside the outputs. */
export type State = {
  [appliedKey]?: Record<string, string> | undefined;
  [unreadyKey]?: true | undefined;
};

/** Prints of the declared arguments: enough to tell later which were declared, and whether they changed. */
export function applied(inputs: Properties): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inputs)
      .filter(([key, value]) => value !== undefined && !key.startsWith("__"))
      .flatMap(([key, value]) => [
        [key, fingerprint(value)],
        ...keysOf(value).map((inner) => [`${key}.${inner}`, ""]),
      ]),
  );
}

/** The keys of a declared object; they tell later which keys were declared. */
function keysOf(value: unknown): string[] {
  return isRecord(value) ? Object.keys(value) : [];
}

/** What is to be done about an object of which only the declared keys are owned. */
export interface KeyChanges {
  /** The declared keys that are missing or have another value. */
  set: Record<string, unknown>;
  /** The keys that were declared before, are not now, and are there still. */
  drop: string[];
}

/**
 * Compares an object of which only the declared keys are owned.
 *
 * @param observed the state, or an object just read, with {@link appliedKey} where it is known
 * @param given all arguments
 */
export function keyChanges(property: string, observed: Properties, given: Properties): KeyChanges {
  if (isIgnored(given, property)) return { set: {}, drop: [] };
  const declared = asObserved(given, observed)[property];
  const now = isRecord(observed[property]) ? observed[property] : {};
  const wanted = isRecord(declared) ? declared : {};
  const before = Object.keys((observed[appliedKey] ?? {}) as Record<string, string>)
    .filter((print) => print.startsWith(`${property}.`))
    .map((print) => print.slice(property.length + 1));
  return {
    set: Object.fromEntries(
      Object.entries(wanted).filter(([key, value]) => !sameJson(ownValue(now, key), value)),
    ),
    drop: before.filter((key) => !Object.hasOwn(wanted, key) && Object.hasOwn(now, key)),
  };
}

/**
 * The prints after an update that failed: what was declared before counts as declared still, so that the next
 * update takes its effect out too, and what was changed counts as changed.
 */
export function appliedAfterFailure(inputs: Properties, olds: State): Record<string, string> {
  return { ...applied(inputs), ...olds[appliedKey] };
}

/** An argument that is not as it should be, with the value that it should have. */
export interface Difference extends Change {
  /** The declared value, or the one it goes back to. */
  wanted: unknown;
}

/**
 * Compares what the server says with what is declared.
 *
 * @param observed the state, or an object just read, with {@link appliedKey} where it is known
 * @param given the arguments; what is ignored of them makes no difference
 */
export function differences(rules: Rules, observed: Properties, given: Properties): Difference[] {
  const before = (observed[appliedKey] ?? {}) as Record<string, string>;
  const declared = asObserved(given, observed);
  return Object.entries(rules).flatMap(([property, rule]) => {
    const now = observed[property];
    const value = declared[property];
    if (isIgnored(given, property) || rule.unless?.(declared)) return [];
    const found = { property, kind: rule.kind };
    if (rule.keyed && !hasUnknown(value)) {
      const { set, drop } = keyChanges(property, observed, given);
      const changed = Object.keys(set).length > 0 || drop.length > 0;
      return changed ? [{ ...found, keys: [...Object.keys(set), ...drop], wanted: value ?? {} }] : [];
    }
    if (value === undefined || value === null) {
      // Nothing is owned that is not declared; but who takes a declaration out takes its effect out too.
      const compared = { unchanged: false, observed, declared };
      const dropped =
        property in before && rule.reset !== undefined && !sameValue(rule, now, rule.reset, compared);
      return dropped ? [{ ...found, wanted: rule.reset }] : [];
    }
    if (hasUnknown(value)) return [{ ...found, wanted: value }];
    const compared = { unchanged: before[property] === printOf(given, property), observed, declared };
    return sameValue(rule, now, value, compared) ? [] : [{ ...found, wanted: value }];
  });
}

/** Whether an object shows every one of the wanted values; after a lost answer that tells what was done. */
export function shows(rules: Rules, observed: Properties, wanted: Properties): boolean {
  return Object.entries(wanted).every(([property, value]) => {
    const rule = rules[property];
    const compared = { unchanged: false, observed, declared: wanted };
    return rule === undefined || sameValue(rule, observed[property], value, compared);
  });
}

function sameValue(rule: PropertyRule, observed: unknown, declared: unknown, compared: Compared): boolean {
  if (rule.same) return rule.same(observed, declared, compared);
  if (declared === null) return observed === undefined || observed === null;
  return sameJson(observed, declared);
}

/** Texts are the same without the space around them, and an absent one is an empty one. */
export function sameString(observed: unknown, declared: unknown): boolean {
  return String(observed ?? "").trim() === String(declared ?? "").trim();
}
