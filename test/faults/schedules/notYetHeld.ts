import type { Invariant } from "./runs/schedule";

/** An invariant that some kinds of faults still break. */
export interface NotYet {
  backend: "waldur" | "cinder" | "trilio";
  invariant: Invariant;
  /** The names of the kinds of faults. */
  faults: readonly string[];
}

/**
 * What is known to be broken. The tests put up with it, and fail once something that is listed here holds in every
 * schedule: then it has to be taken out.
 */
export const notYetHeld: readonly NotYet[] = [];
