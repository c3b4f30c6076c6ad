/**
 * What a process notes of a creation before it sends anything, and after: what a run that was killed leaves to the
 * next one on the same machine.
 */
export interface Note {
  /** The parts of the mark. */
  resource: string;
  stack: string;
  nonce: string;
  /** When it began, by the local clock, in ms since the epoch. */
  at: number;
  /** The same by the server's clock, where that was known. */
  serverAt?: number | undefined;
  /** When the last answer to it was lost, by the same two clocks: until a while later the server may carry it out. */
  lost?: { at: number; serverAt: number } | undefined;
  /** A later run has waited until nothing could come of it any more. */
  over?: true | undefined;
  /** The id of what was made, once that is known. */
  id?: string | undefined;
  /** The id by which Pulumi knows it, once it was handed over; of some resources it is not the object's. */
  resourceId?: string | undefined;
  /** When it was handed to Pulumi for its state, by the local clock; absent: that never came to pass. */
  ended?: number | undefined;
  /** It was taken up by a later creation, which Pulumi knows by a nonce of its own. */
  takenUp?: true | undefined;
}

/** Where notes are kept. Whoever keeps them never fails for it: they help, and nothing rests on them alone. */
export interface Notes {
  /** The notes about a resource, whatever its stack. */
  of(resource: string): Promise<Note[]>;
  /** The notes about what Pulumi knows by an id. */
  about(resourceId: string): Promise<Note[]>;
  /** Writes a note in place of an older one of its nonce. On return it is safe from a crash of the process. */
  put(note: Note): Promise<void>;
  /** Drops the note of a creation that made nothing. */
  drop(note: Pick<Note, "resource" | "nonce">): Promise<void>;
}

/** Notes for a process alone. */
export function passingNotes(): Notes {
  const notes = new Map<string, Note>();
  return {
    of: async (resource) => [...notes.values()].filter((note) => note.resource === resource),
    about: async (id) => [...notes.values()].filter(({ resourceId }) => resourceId === id),
    put: async (note) => {
      notes.set(note.nonce, note);
    },
    drop: async ({ nonce }) => {
      notes.delete(nonce);
    },
  };
}
