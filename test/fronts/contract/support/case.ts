import type { Properties } from "../../../../provider/core/resource/lifecycle";
import type { World } from "./worlds";

/** What a preview shows of an output beside "kept": what is declared, or that it is not known yet. */
type Shown = "declared" | "unknown";

/** A change of the arguments that an update makes. */
export interface Update<W> {
  what: string;
  /** Arguments before, where they are not the usual ones. */
  before?(world: W): Properties;
  /** What is declared differently; `undefined` for what is taken out. */
  change(world: W): Properties;
  /** Kind of each difference in the plugin, e.g. `{ name: "UPDATE" }`. */
  detailed: Record<string, string>;
  /** What the preview shows of the arguments that change. */
  shows: Record<string, Shown>;
}

/** A change that makes a new object. */
interface Replacement<W> {
  what: string;
  change(world: W): Properties;
  detailed: Record<string, string>;
}

/** What the suite has to know of one kind of resource. Tables are written by hand: they say what has to be. */
export interface Case<W extends World = World> {
  type: string;
  open(): Promise<W>;
  /** Arguments that are right, as many kinds of them as go together. */
  args(world: W): Properties;
  /** Changes of them that are wrong, and the properties that Check names. */
  wrong: { what: string; change(world: W): Properties; properties: string[] }[];
  /** An argument that is often the output of another resource, and so unknown. */
  reference: string;
  /** Outputs that the preview of a create shows as declared; every other one is unknown. */
  known: string[];
  /** Arguments in another way that the resource has, and what the preview of their create shows. */
  otherwise?: { what: string; args(world: W): Properties; known: string[] }[];
  /** Outputs that no update changes. */
  stable: string[];
  /** Outputs that repeat an argument: kept while it does not change. */
  repeats: string[];
  /** Outputs that show the value of an argument under another name. */
  tells?: string[];
  /** Arguments that only the state knows, so that an import cannot tell them. */
  locals: string[];
  /** One argument that is not as it is on the server, which an import must refuse. */
  differs(world: W): Properties;
  /** The id of something that is not there. */
  stranger(world: W): string;
  /** Whether the old one has to go before a new one can come. */
  oneAtATime?: true;
  updates: Update<W>[];
  replacements: Replacement<W>[];
  /** The write that makes the object, among those of {@link World.writes}. */
  creates: RegExp;
  /**
   * Where its id is known only some time after the write: whether it is, and a time limit in seconds that lets it
   * become known and the object not ready.
   */
  late?: { begun(world: W): boolean; limit: number };
  /** Arguments of something that is kept until an instant, ISO 8601; absent where nothing is kept for a time. */
  keeps?(until: string): Properties;
}

/** A case among those of all kinds. */
export function contractOf<W extends World>(definition: Case<W>): Case {
  return definition;
}
