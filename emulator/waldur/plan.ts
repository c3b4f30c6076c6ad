/** One task of the server and how long after the one before it runs (seconds). */
export interface Step {
  after: number;
  /** Answers the seconds after which to try it again, or `"end"` when the rest does not apply; anything else: on. */
  run: () => unknown;
}

/** What is under way for one object. */
export interface Plan {
  /** Milliseconds since the epoch. */
  startedAt: number;
  kind: "snapshot" | "volume" | "order";
  steps: Step[];
  /** Ends the object as failed, for faults that want it to fail. */
  fail: (message: string) => void;
}
