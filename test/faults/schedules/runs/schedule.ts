import type { Front } from "../../../fronts/contract/support/codec";
import type { Fault } from "../kinds";

/** One run of Pulumi on the stack, while faults happen. */
export interface Step {
  act: "up" | "refresh" | "destroy";
  /** Which arguments the program declares: 0 the usual ones, then each of the changes that the kind knows. */
  variant: number;
  /** So long after the run before, in milliseconds. */
  gapMs: number;
  /** How far the machine's clock is ahead of the truth, in milliseconds. */
  skewMs: number;
  /** The time limit of every operation, in seconds; absent: the usual ones. */
  limit?: number | undefined;
}

/** What a seed comes to: a program, its runs, and the faults on the way. */
export interface Schedule {
  seed: number;
  /** The kind of resource, e.g. `waldur:Snapshot`. */
  type: string;
  front: Front;
  /** So many resources of it the program declares. */
  count: number;
  /** Whether their names are declared: to each its own, one for all, or none. */
  names: "own" | "same" | "none";
  /** Whether they are kept until a date. */
  kept: boolean;
  /** So long after it was placed somebody approves an order, in milliseconds; absent: nobody needs to. */
  approvalMs: number | undefined;
  /** The longest page of the server's lists. */
  pageLength: number | undefined;
  steps: readonly Step[];
  faults: readonly Fault[];
}

/** What must never happen, with what it is called in the table. */
export const invariants = {
  orphan: "an object that no state knows",
  duplicate: "a second object of one resource",
  dropped: "taken out of the state while it lives",
  deletedEarly: "a kept snapshot deleted before its time",
  foreign: "somebody else's object adopted, changed or deleted",
  secret: "a credential in a state, a message or an error",
  stranger: "a request to another host",
  recovery: "not well after one up",
  settled: "a second up writes or changes something",
  limit: "an operation past its limit",
  crash: "an error that is no message for users",
} as const;

/** One of them. */
export type Invariant = keyof typeof invariants;

/** What a run found broken. */
export interface Violation {
  invariant: Invariant;
  what: string;
}

/** What came of a schedule. */
export interface Report {
  schedule: Schedule;
  violations: Violation[];
  /**
   * How many objects were left for a person to decide: what nothing undoes, and what cannot be told from an object of
   * somebody else's or from one that was taken out of the state by hand, since what was noted of it was lost with a
   * machine or on the server; those are named in a warning. And what a killed run has left of a resource that the
   * program went back to declaring as it was before, so that no creation has looked for it.
   */
  named: number;
  /** How often each kind of fault happened. */
  injected: ReadonlyMap<string, number>;
  /** Requests, faults and what the runs came to, with virtual times. */
  history: string[];
}
