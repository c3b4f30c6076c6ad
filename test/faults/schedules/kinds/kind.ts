import type { VirtualClock } from "../../../support/virtualClock";
import type { Dice } from "../dice";
import type { Answer, Asked, Delivery } from "../wire/messages";
import type { FaultWorld } from "../worlds/world";

/** What a fault has at hand when it hits a request. */
export interface Wire {
  asked: Asked;
  world: FaultWorld;
  clock: VirtualClock;
  /** Has the server carry the request out, and answer. */
  commit(): Promise<Answer>;
  /** Has the server carry the request out so many milliseconds later; nobody hears its answer. */
  commitLater(ms: number): void;
  /** The server's answer as a replica gives it that is so many milliseconds behind. */
  stale(behindMs: number): Promise<Answer>;
  /** Lets somebody else change what is on the server. */
  others(change: () => void): void;
  /** Ends the process of the provider at once: its memory is lost. */
  kill(): void;
  /** What Ctrl-C does to it. */
  interrupt(): void;
}

/** Which requests a fault can hit. */
export type Scope = "read" | "write" | "signIn" | "service" | "any";

/** A fault as it was drawn. */
interface Drawn {
  /** What happens, for the history. */
  label: string;
  scope: Scope;
  /** Whether it can happen to this request, beside the scope. */
  fits?(asked: Asked, world: FaultWorld): boolean;
  /** So many requests are hit. */
  times: number;
  carry(wire: Wire): Promise<Delivery>;
}

/** A kind of fault, a row of the table. */
export interface FaultKind {
  name: string;
  /** How many times as often as others it is drawn; 1 by default. */
  weight?: number;
  draw(dice: Dice): Drawn;
}

/** A fault in its place in a schedule. */
export interface Fault extends Drawn {
  /** The name of its kind. */
  kind: string;
  /** So many requests that it could hit pass first. */
  skip: number;
}

/** Whether, and when, the server carries out a request whose answer does not come as it should. */
export interface Carried {
  label: string;
  run(wire: Wire): Promise<void>;
}

/** Not at all, at once, or up to a minute later. */
export function drawCarried(dice: Dice): Carried {
  const how = dice.pick(["not", "now", "late"] as const);
  if (how === "not") return { label: "not carried out", run: async () => undefined };
  if (how === "now") {
    const run = async (wire: Wire) => {
      await wire.commit();
    };
    return { label: "carried out", run };
  }
  const seconds = dice.pick([1, 3, 8, 20, 35, 60]);
  return { label: `carried out ${seconds} s later`, run: async (wire) => wire.commitLater(seconds * 1000) };
}

/** Writes most often: what becomes of them decides what there is. */
export function drawScope(dice: Dice): Scope {
  return dice.pick(["write", "write", "write", "read", "read", "service", "any"] as const);
}
