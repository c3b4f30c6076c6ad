import { uuidIn } from "../provider/core/values";
import type { StackSubject } from "./stackRule";
import { known, text } from "./subject";
import { firstInstant } from "./time";

/** The properties that name what something is made from, in the different back ends. */
const volumeProperties = ["sourceVolume", "volumeId"] as const;
const snapshotProperties = ["snapshot", "snapshotId"] as const;

/** When something was made, in milliseconds since the epoch; `undefined` where it is about to be made. */
export function createdOf(subject: StackSubject): number | undefined {
  return firstInstant(subject.props, ["created", "createdAt"]);
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
  const failed = (each: StackSubject) =>
    ["status", "volumeState"].some((state) => /^err/i.test(String(known(each, state))));
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
  const declared = volumeProperties.flatMap((property) => snapshot.sources(property));
  const source = declared.find(({ kind }) => kind === "Volume" || kind === "SnapshotRestoration");
  if (source) return { volume: source, reference: source.name };
  const property = volumeProperties.find((each) => snapshot.props[each] !== undefined);
  const reference = property && text(snapshot, property);
  const volume = subjects.find((each) => uuidIn(reference) !== undefined && idOf(each) === uuidIn(reference));
  return { volume, reference };
}

/** Outputs that hold the id of the volume that something is, or made. Cinder's volumes have none. */
const ownIds: Record<string, string> = {
  "waldur:Volume": "uuid",
  "waldur:SnapshotRestoration": "volume",
  "cinder:SnapshotRestoration": "volumeId",
};

function idOf(subject: StackSubject): string | undefined {
  const property = ownIds[subject.type];
  // A volume that is yet to be made is none that an id was written out of.
  const id = property && known(subject, property);
  return typeof id === "string" ? uuidIn(id) : undefined;
}

/** Waldur counts MiB, Cinder GiB, Trilio bytes. */
function perGib(type: string): number {
  if (type.startsWith("waldur:")) return 1024;
  return type.startsWith("trilio:") ? 2 ** 30 : 1;
}

/** Size in GiB: its own, or that of what it is made from; `undefined` where none is said. */
export function gibOf(subject: StackSubject): number | undefined {
  const { size } = subject.props;
  if (typeof size === "number") return size / perGib(subject.type);
  const sources = [...volumeProperties, ...snapshotProperties].flatMap((property) =>
    subject.sources(property),
  );
  return sources.map(gibOf).find((known) => known !== undefined);
}
