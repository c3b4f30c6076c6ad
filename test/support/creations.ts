import type { Clock } from "../../provider/core/clock";
import type { Creation, StackState } from "../../provider/core/resource/creation";
import { digitsOf, newNonce, resourceDigest } from "../../provider/core/resource/mark";
import { type Notes, passingNotes } from "../../provider/core/resource/notes";
import { Creations, pastOf } from "../../provider/fronts/creations";

/** What one creation differs in from the usual one of its machine. */
interface Unlike {
  stack?: string;
  generation?: number;
  name?: string;
  nonce?: string;
  /** Ids that the run knows the stack to hold. */
  holds?: readonly string[];
  /** The state as the engine has written it; absent: it cannot be read. */
  state?: Partial<StackState>;
}

/** A machine on which several runs of Pulumi follow each other: what they share is its notes. */
export class Machine {
  readonly notes: Notes = passingNotes();
  /** How often a state was read. */
  reads = 0;

  /** @param type module and name of the resource, e.g. `waldur:Volume` */
  constructor(readonly type: string) {}

  /** The creation of a run. */
  creation({ stack = "stack", generation, name = "data", nonce, holds = [], state }: Unlike = {}): Creation {
    const identity = { project: "backups", stack: "prod", name };
    const mark = {
      resource: resourceDigest(this.type, identity),
      stack: resourceDigest(stack, identity),
      nonce: nonce ?? newNonce(),
    };
    return {
      mark,
      digits: digitsOf(mark, generation),
      notes: this.notes,
      open: [],
      holds: (id) => holds.includes(id),
      state: async () => {
        this.reads += 1;
        return state && { ids: new Set(), pending: new Set(), begunBefore: false, ...state };
      },
    };
  }
}

/** The creations of a process that no engine has started. */
export function creationsOf(clock: Clock): Creations {
  const where = { env: {}, cwd: "/nowhere" };
  return new Creations({ where, engine: undefined, past: pastOf(where, undefined, clock) });
}
