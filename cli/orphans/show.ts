import { printable, table } from "../table";
import type { Orphan } from "./orphans";

/** An orphan with the commands that adopt or remove it. */
export interface Shown {
  orphan: Orphan;
  /** What else is to be known of it. */
  notes: string[];
  /** Absent: no command adopts it. */
  adopt?: string | undefined;
  remove?: string | undefined;
}

/** @param again the options by which it is found again */
export function shownOf(orphan: Orphan, again: readonly string[]): Shown {
  const { object } = orphan;
  const line = (deed: string) =>
    ["openstack-snapshots", "orphans", ...again, deed, object.id].map(quoted).join(" ");
  const waits = object.word === "order" && (object.state ?? "").startsWith("pending");
  return {
    orphan,
    notes: notesOf(orphan, waits),
    adopt: object.declare && line("--adopt"),
    remove: waits ? undefined : line("--remove"),
  };
}

function notesOf({ object, stack, begun, newer }: Orphan, waits: boolean): string[] {
  const orphaned = object.word === "order" && stack !== undefined;
  return [
    ...(begun ? ['the state knows no end of its creation: the next "pulumi up" adopts it'] : []),
    ...(newer ? ["made after the state was written, which a newer state may hold"] : []),
    ...(orphaned && !begun ? ['the next "pulumi up" with this resource takes up the order'] : []),
    ...(waits ? ["it waits for approval: have it rejected to be rid of it"] : []),
    ...(stack === undefined ? ["it is not known whose it is"] : []),
  ];
}

/** A word of a command line as a shell takes it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** What is listed for people, as lines. */
export function listed(shown: readonly Shown[]): string[] {
  const [own, others] = [true, false].map((is) => shown.filter(({ orphan }) => Boolean(orphan.stack) === is));
  return [
    ...(own?.length ? ["No state holds these:", "", ...section(own)] : []),
    ...(others?.length
      ? ["These are marked by other stacks, or by version 0.1.0, and no given state holds them:", ""]
      : []),
    ...(others?.length ? section(others) : []),
  ];
}

function section(shown: readonly Shown[]): string[] {
  return [...table(shown.map(({ orphan }) => cells(orphan))), "", ...shown.flatMap(lines), ""];
}

function cells({ object, resource }: Orphan): Record<string, string | undefined> {
  const { name, id, word, created, size, state, keptUntil, mode } = object;
  return {
    name,
    id,
    kind: word,
    created,
    size,
    state,
    "kept until": keptUntil,
    mode: mode ?? strict(resource?.mode),
    for: resource?.name,
  };
}

function strict(mode: string | undefined): string | undefined {
  return mode === "none" ? undefined : mode;
}

function lines({ orphan, notes, adopt, remove }: Shown): string[] {
  const commands = [adopt, remove].flatMap((line) => (line ? [`    ${line}`] : []));
  return [`  ${what(orphan)}${notes.length > 0 ? `: ${notes.join("; ")}` : ""}`, ...commands];
}

/** An orphan in the user's words. */
export function what({ object: { word, name, id } }: Orphan): string {
  return printable(name ? `${word} "${name}" (${id})` : `${word} ${id}`);
}

/** An orphan for programs. */
export function jsonOf({ orphan, notes, adopt, remove }: Shown): Record<string, unknown> {
  const { object, stack, resource } = orphan;
  const { id, name, word, created, size, state, keptUntil, mode } = object;
  return {
    id,
    name: name ?? null,
    kind: word,
    created: created ?? null,
    size: size ?? null,
    state: state ?? null,
    keptUntil: keptUntil ?? null,
    retentionMode: mode ?? strict(resource?.mode) ?? null,
    stack: stack?.stack ?? null,
    resource: resource ? { type: resource.type, name: resource.name, inState: resource.inState } : null,
    notes,
    adopt: adopt ?? null,
    remove: remove ?? null,
  };
}
