import { endAfter } from "../provider/core/retention/duration";
import { ownValue, timestampOf } from "../provider/core/values";
import { label, type Subject, text } from "./subject";
import { instantText } from "./time";

/** What a snapshot declares of how long it is kept. */
export interface Retention {
  /** When it was first declared, in milliseconds since the epoch; `undefined` where that was not noted. */
  from: number | undefined;
  /** When it ends; `undefined`: it has no end, or not known without `from`. */
  until: number | undefined;
  /** Whether no end is declared. */
  endless: boolean;
  /** For people, e.g. `keptUntil 2027-01-31T00:00Z`. */
  said: string;
}

/** Reads `keptUntil` and `retainFor` of a snapshot. @param subject with checked arguments */
export function retentionOf(subject: Subject): Retention {
  const from = timestampOf(subject.noted.declaredAt ?? "");
  const keptUntil = text(subject, "keptUntil");
  const retainFor = text(subject, "retainFor");
  if (keptUntil !== undefined) {
    const until = timestampOf(keptUntil);
    const said = until === undefined ? keptUntil : instantText(until);
    return { from, until, endless: false, said: `keptUntil ${said}` };
  }
  if (retainFor !== undefined) {
    const until = from === undefined ? undefined : endAfter(from, retainFor);
    return { from, until, endless: false, said: `retainFor ${retainFor}` };
  }
  const promised = (text(subject, "retentionMode") ?? "none") !== "none";
  const meaning = promised
    ? "it is kept for good"
    : "no retention is promised: the server never removes it, and a destroy deletes it";
  return { from, until: undefined, endless: true, said: `neither keptUntil nor retainFor, so ${meaning}` };
}

/**
 * The value that counts for a snapshot: that of its class, or the general one.
 *
 * @returns it, and why it counts
 */
export function byClass<Value>(
  subject: Subject,
  { classKey, classes }: { classKey: string; classes: Record<string, Value> },
  general: Value,
): { value: Value; why: string } {
  const own = Object.keys(classes).length > 0 ? label(subject, classKey) : undefined;
  const value = own === undefined ? undefined : ownValue(classes, own);
  return value === undefined ? { value: general, why: "" } : { value, why: ` for ${classKey} "${own}"` };
}
