import { connect } from "node:net";
import { join } from "node:path";
import type { Surroundings } from "../core/backend";
import { type Creation, reopenNotes, type StackState } from "../core/resource/creation";
import type { Identity } from "../core/resource/lifecycle";
import { digestOf, digitsOf, resourceDigest } from "../core/resource/mark";
import { type Notes, passingNotes } from "../core/resource/notes";
import { Turns } from "../core/wait/turns";
import type { Marking } from "./marking";
import { noteFiles } from "./noteFiles";
import { deploymentIn, exportStack, stateFor } from "./stackExport";
import { pulumiHome, stateBackend } from "./stateBackend";

/** Where a run learns what became of earlier ones. */
export interface Past {
  notes: Notes;
  /** The state of a stack as the engine has written it by now, as `pulumi stack export` prints it. */
  exported(stack: Identity): Promise<string | undefined>;
}

/** What creations of one run have in common. */
interface Run {
  where: Surroundings;
  /** Address of the engine, host and port; absent in a process that no engine has started. */
  engine: string | undefined;
  past: Past;
  /** Whatever is the same for all runs of a stack, and for no other stack; by default where its state is. */
  stackId?: string | undefined;
}

/**
 * The part of a mark that says which stack it is.
 *
 * @param known the id of the provider in the stack's state, where the engine tells it; else where the state is, see
 *   {@link stateBackend}
 */
export function stackDigest(
  { organization = "", project, stack }: Pick<Identity, "organization" | "project" | "stack">,
  known: string | readonly string[],
): string {
  return typeof known === "string"
    ? digestOf(known, project, stack)
    : digestOf(...known, organization, project, stack);
}

/** The past as a process of an engine learns it. Where no engine has started it, there is no run before it. */
export function pastOf(where: Surroundings, engine: string | undefined): Past {
  if (engine === undefined) return { notes: passingNotes(), exported: async () => undefined };
  const folder = join(pulumiHome(where), "openstack-snapshots", "creations");
  return { notes: noteFiles(folder), exported: (stack) => exportStack(stack, where) };
}

/** Makes what a creation knows of itself and of earlier runs. */
export class Creations {
  readonly #run: Run;
  readonly #turns = new Turns();
  #backend: readonly string[] | undefined;
  #text: string | undefined;

  constructor(run: Run) {
    this.#run = run;
  }

  /**
   * @param type module and name, e.g. `waldur:Snapshot`
   * @param holds whether this run knows that the stack holds an object of an id
   */
  of(
    type: string,
    identity: Identity,
    { nonce, generation }: Marking,
    holds: (id: string) => boolean,
  ): Creation {
    const mark = { resource: resourceDigest(type, identity), stack: this.#stackOf(identity), nonce };
    return {
      mark,
      digits: digitsOf(mark, generation),
      notes: this.#run.past.notes,
      open: [],
      holds,
      state: () => this.#state(identity, nonce),
    };
  }

  /** Whether the engine that asked for a creation is there to hear of its end. */
  heard(): Promise<boolean> {
    const { engine } = this.#run;
    return engine === undefined ? Promise.resolve(true) : answers(engine);
  }

  /** Notes that what Pulumi knows by an id leaves the state, since it no longer exists. */
  lose(id: string): Promise<void> {
    return reopenNotes(this.#run.past.notes, id);
  }

  #stackOf(identity: Identity): string {
    const { stackId, where } = this.#run;
    if (stackId !== undefined) return stackDigest(identity, stackId);
    this.#backend ??= stateBackend(where);
    return stackDigest(identity, this.#backend);
  }

  /** The state in which the creation is under way: one that does not show it is not this stack's, or older. */
  #state(identity: Identity, nonce: string): Promise<StackState | undefined> {
    return this.#turns.take("state", async () => {
      const known = stateIn(this.#text, nonce);
      if (known) return known;
      this.#text = await this.#run.past.exported(identity);
      return stateIn(this.#text, nonce);
    });
  }
}

/** Whether somebody listens at an address. */
function answers(address: string): Promise<boolean> {
  const port = Number(address.slice(address.lastIndexOf(":") + 1));
  const host = address.slice(0, address.lastIndexOf(":")).replace(/^\[|\]$/g, "");
  return new Promise((done) => {
    const socket = connect({ host, port });
    const end = (yes: boolean) => {
      socket.destroy();
      done(yes);
    };
    socket.once("connect", () => end(true)).once("error", () => end(false));
  });
}

function stateIn(text: string | undefined, nonce: string): StackState | undefined {
  const deployment = text === undefined ? undefined : deploymentIn(text);
  return deployment && stateFor(deployment, nonce);
}
