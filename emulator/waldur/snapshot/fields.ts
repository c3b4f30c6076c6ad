/** A field of a snapshot that clients may write. */
interface WritableField {
  /** Its name on the wire. */
  key: string;
  /** How it is read from a body: a string, a date with its time, or any JSON that is not null. */
  kind: "text" | "dateTime" | "json";
  /** The longest string. */
  max?: number;
  /** Whether a string may be empty. */
  blank?: true;
  /** Whether a new snapshot needs it. */
  required?: true;
  /** Its value in a snapshot for which it was never set. */
  initial: string | null;
}

/** Every field of a snapshot that clients may write (recordings 06, 07, 08): one row each, and no other place. */
const snapshotFields = {
  name: { key: "name", kind: "text", max: 150, required: true, initial: "" },
  description: { key: "description", kind: "text", max: 2000, blank: true, initial: "" },
  // "" as long as nothing was ever set (contract "odd types").
  metadata: { key: "metadata", kind: "json", initial: "" },
  keptUntil: { key: "kept_until", kind: "dateTime", initial: null },
} as const satisfies Record<string, WritableField>;

type Fields = typeof snapshotFields;

/** The values of those that are no JSON; a date is ISO 8601 in UTC, or null where there is none. */
export type SnapshotFields = {
  -readonly [K in keyof Fields as Fields[K]["kind"] extends "json"
    ? never
    : K]: Fields[K]["initial"] extends null ? string | null : string;
};

/** The rows of the table. */
export const writableFields: readonly (readonly [string, WritableField])[] = Object.entries(snapshotFields);

/** What a snapshot has for which nothing was set. */
export const initialFields = Object.fromEntries(
  writableFields.map(([name, { initial }]) => [name, initial]),
) as SnapshotFields;
