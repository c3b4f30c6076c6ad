import { uuidIn } from "../provider/core/values";
import type { StackSubject } from "./stackRule";
import { known, text } from "./subject";
import { instantAt } from "./time";

/** When something was made, in milliseconds since the epoch; `undefined` where it is about to be made. */
export function createdOf(subject: StackSubject): number | undefined {
  return instantAt(subject.props, subject.lifecycle.facts.created);
}

/**
 * The snapshots that there are or will be: not those that the server has removed at the end of their
 * retention.
 */
export function snapshotsOf(subjects: readonly StackSubject[]): StackSubject[] {
  return subjects.filter((each) => each.kind === "Snapshot" && known(each, "expired") !== true);
}

/** The restorations that there are or will be: not those that failed. */
export function restorationsOf(subjects: readonly StackSubject[]): StackSubject[] {
  const failed = (each: StackSubject) => {
    const { status } = each.lifecycle.facts;
    return status !== undefined && /^err/i.test(String(known(each, status)));
  };
  return subjects.filter((each) => each.kind === "SnapshotRestoration" && !failed(each));
}

/**
 * The volume of a snapshot: by what it was declared with, or by its id where that was written out.
 *
 * @returns the resource of the stack that it is (of a restoration: the one that made it), and how the
 * snapshot names it; no name: the server knows no volume any more
 */
export function volumeOf(
  snapshot: StackSubject,
  subjects: readonly StackSubject[],
): { volume?: StackSubject | undefined; reference?: string | undefined } {
  const property = snapshot.lifecycle.facts.from?.volume ?? "";
  const declared = snapshot.sources(property);
  const source = declared.find(({ kind }) => kind === "Volume" || kind === "SnapshotRestoration");
  if (source) return { volume: source, reference: source.name };
  const reference = text(snapshot, property);
  const volume = subjects.find((each) => uuidIn(reference) !== undefined && idOf(each) === uuidIn(reference));
  return { volume, reference };
}

function idOf(subject: StackSubject): string | undefined {
  const { volumeId: property } = subject.lifecycle.facts;
  // A volume that is yet to be made is none that an id was written out of.
  const id = property && known(subject, property);
  return typeof id === "string" ? uuidIn(id) : undefined;
}

/** Size in GiB: its own, or that of what it is made from; `undefined` where none is said. */
export function gibOf(subject: StackSubject): number | undefined {
  const { size } = subject.props;
  const { sizePerGib, from = {} } = subject.lifecycle.facts;
  if (typeof size === "number") return size / sizePerGib;
  const sources = Object.values(from).flatMap((property) => subject.sources(property));
  return sources.map(gibOf).find((known) => known !== undefined);
}
