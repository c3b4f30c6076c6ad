import { clockSkewMs } from "../http/witnesses";
import { appliedKey, type Difference, differences, type Rules, type State } from "../resource/diff";
import { asObserved, isIgnored, printOf } from "../resource/ignored";
import type { Properties } from "../resource/lifecycle";
import { fingerprint, hasUnknown, isoTimestamp, timestampOf } from "../values";
import { endAfter } from "./duration";
import type { RetentionInputs, RetentionMode } from "./fields";
import { endOf, readEnd } from "./instants";

/** What is compared with the arguments: the state, or an object just read with the locals of the state. */
export interface Observed extends Properties, State {
  keptUntil?: string | undefined;
  heldUntil?: string | undefined;
  retainFor?: string | undefined;
  retentionMode?: RetentionMode | undefined;
  forceDelete?: boolean | undefined;
  expired?: boolean | undefined;
}

/** The instant to write for something that is made now; `undefined` for none. @param now ms since the epoch */
export function firstKeptUntil(inputs: Partial<RetentionInputs>, now: number): string | undefined {
  return inputs.retainFor === undefined ? inputs.keptUntil : isoTimestamp(endAfter(now, inputs.retainFor));
}

/**
 * {@link differences} of something that is kept for a time. More than a comparison:
 * - A changed `retainFor` counts from the creation, and shows as a change of `keptUntil` too.
 * - An end that the server has lost, or shows so that nobody can read it, is written again; where it is not declared
 *   any more, it is let go of.
 * - In the modes "governance" and "compliance", what the server keeps for longer than an unchanged declaration
 *   says stays so.
 * - Of what has expired nothing can be changed any more, so only changed declarations count.
 *
 * @param rules of the whole resource, {@link retentionRules} among them
 * @param created when it was made, in any spelling
 */
export function retentionDifferences(
  rules: Rules,
  observed: Observed,
  given: Partial<RetentionInputs> & Properties,
  created: string | undefined,
): Difference[] {
  const before = observed[appliedKey] ?? {};
  const declared = asObserved(given, observed);
  const found = differences(rules, observed, declared).flatMap((difference) => {
    if (difference.property === "retainFor") return byDuration(observed, declared, created);
    const byDate = difference.property === "keptUntil";
    // The other way to say the same has the word.
    if (byDate && declared.keptUntil === undefined && declared.retainFor !== undefined) return [];
    return byDate && keptLonger(observed, declared) ? [] : [difference];
  });
  const counting = (observed.expired ? found : [...found, ...byLoss(observed, declared, found)]).filter(
    ({ property }) => !isIgnored(given, property),
  );
  return observed.expired
    ? counting.filter(({ property }) => printOf(given, property) !== before[property])
    : counting;
}

function byDuration(
  observed: Observed,
  { retainFor, keptUntil }: Partial<RetentionInputs>,
  created: string | undefined,
): Difference[] {
  const change = (property: string, wanted: unknown): Difference => ({ property, kind: "update", wanted });
  const changed = change("retainFor", retainFor ?? null);
  if (retainFor === undefined)
    return keptUntil === undefined ? [changed, change("keptUntil", null)] : [changed];
  if (hasUnknown(retainFor)) return [changed, change("keptUntil", retainFor)];
  const start = Math.floor(timestampOf(created ?? "") ?? 0);
  if (isUnchanged(observed, retainFor, start)) return [];
  const wanted = endAfter(start, retainFor);
  // The server's clock stands in the creation and in the first instant, a moment apart.
  const there = Math.abs(endOf(observed.keptUntil) - wanted) <= clockSkewMs;
  const first = observed.retainFor === undefined || observed[appliedKey]?.retainFor === undefined;
  if (there && (first || endOf(observed.keptUntil) === wanted)) return [changed];
  return [changed, change("keptUntil", isoTimestamp(wanted))];
}

/** What is left to do about an end that the server has lost, and that no other difference writes or takes out. */
function byLoss(
  { heldUntil, [appliedKey]: before = {} }: Observed,
  { keptUntil, retainFor }: Partial<RetentionInputs>,
  found: readonly Difference[],
): Difference[] {
  if (heldUntil === undefined || found.some(({ property }) => property === "keptUntil")) return [];
  const isDeclared = keptUntil !== undefined || retainFor !== undefined;
  const wasDeclared = "keptUntil" in before || "retainFor" in before;
  // What was never declared here is the business of who set it, and is guarded all the same.
  if (!isDeclared && !wasDeclared) return [];
  return [{ property: "keptUntil", kind: "update", wanted: isDeclared ? heldUntil : null }];
}

/** Whether a duration is the one that was applied last, also in another spelling. */
function isUnchanged(observed: Observed, retainFor: string, start: number): boolean {
  const before = observed[appliedKey]?.retainFor;
  if (before === fingerprint(retainFor)) return true;
  const old = observed.retainFor;
  return (
    old !== undefined && before === fingerprint(old) && endAfter(start, old) === endAfter(start, retainFor)
  );
}

function keptLonger(observed: Observed, declared: Partial<RetentionInputs>): boolean {
  const { keptUntil, allowShorten } = declared;
  const mode = observed.retentionMode ?? "none";
  if (mode === "none") return false;
  if (mode === "governance" && allowShorten === true) return false;
  const unchanged = observed[appliedKey]?.keptUntil === fingerprint(keptUntil);
  const end = readEnd(observed.keptUntil);
  return unchanged && typeof end === "number" && end > endOf(keptUntil);
}
