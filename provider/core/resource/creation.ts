import type { Identity } from "./identity";
import { digestOf, digitsOf, type Mark, newNonce, resourceDigest } from "./mark";
import { type Note, type Notes, passingNotes } from "./notes";

/** What a stack's state says, as far as one creation needs to know it. */
export interface StackState {
  /** Ids of all that it holds, also of what is yet to be deleted. */
  ids: ReadonlySet<string>;
  /** Nonces of earlier creations that the engine began, and of whose end it knows nothing. */
  pending: ReadonlySet<string>;
  /** Whether one of those was of this resource. */
  begunBefore: boolean;
}

/** One creation, and where it can be learned what became of earlier ones of the same resource. */
export interface Creation {
  readonly mark: Mark;
  /** The digits at the end of the name, where that is generated. */
  readonly digits: string;
  readonly notes: Notes;
  /** Notes that are to be closed once Pulumi has what was created. */
  readonly open: Note[];
  /** Whether this run knows that the stack holds an object of this id. */
  holds(id: string): boolean;
  /** The state as it is written now; `undefined` where it cannot be read for certain. */
  state(): Promise<StackState | undefined>;
}

/** A creation by itself, of which no earlier run is known. @param type module and name, e.g. `waldur:Snapshot` */
export function loneCreation(identity: Identity, type = ""): Creation {
  const { organization = "", project, stack } = identity;
  const mark = {
    resource: resourceDigest(type, identity),
    stack: digestOf(organization, project, stack),
    nonce: newNonce(),
  };
  return {
    mark,
    digits: digitsOf(mark),
    notes: passingNotes(),
    open: [],
    holds: () => false,
    state: async () => undefined,
  };
}

/**
 * Closes the notes of a creation whose object goes to Pulumi for its state, ready or not.
 *
 * @param resourceId the id by which Pulumi knows it @param at the local time in ms since the epoch
 */
export async function closeNotes(
  { open, notes, mark }: Creation,
  resourceId: string,
  at: number,
): Promise<void> {
  for (const note of open.splice(0)) {
    const takenUp = note.nonce === mark.nonce ? {} : { takenUp: true as const };
    await notes.put({ ...note, ...takenUp, resourceId, ended: at });
  }
}

/**
 * Opens the notes of what leaves the state because it no longer exists. Should it be there all the same, a later
 * creation takes it up.
 */
export async function reopenNotes(notes: Notes, resourceId: string): Promise<void> {
  for (const { ended: _ended, takenUp: _takenUp, ...note } of await notes.about(resourceId))
    await notes.put(note);
}
