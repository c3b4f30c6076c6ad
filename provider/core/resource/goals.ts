import type { Verdict } from "../wait/wait";

/**
 * What an object is doing. A state that a backend does not know, because it is new or a vendor made it up, is
 * `working`: it is waited for.
 */
export type Meaning = "ready" | "working" | "failed" | "gone";

/** An object as a wait sees it. */
export interface Seen {
  /** The state in the server's words. */
  state: string;
  meaning: Meaning;
  /** The server's reason for a failure, where the observation holds one. */
  reason?: string | undefined;
  /** How far it is, e.g. `42 %`. */
  detail?: string | undefined;
}

/** Judges an observation while an object is waited for; `undefined`: not found. One goal serves one wait. */
export type Goal<Observation = unknown> = (seen: Seen | undefined, observation?: Observation) => Verdict;

const goneFailure: Verdict = { is: "failed", state: "gone", reason: "it no longer exists" };

/** Until it can be used. */
export function untilReady(): Goal {
  return (seen) => {
    if (seen === undefined || seen.meaning === "gone") return goneFailure;
    const { state, meaning, reason, detail } = seen;
    if (meaning === "ready") return { is: "done", state };
    return meaning === "failed" ? { is: "failed", state, reason } : { is: "pending", state, detail };
  };
}

/** Until whatever is going on has ended, be it good or bad. */
export function untilSettled(): Goal {
  return (seen) => {
    if (seen === undefined || seen.meaning === "gone") return { is: "done", state: "gone" };
    const { state, meaning, detail } = seen;
    return { is: meaning === "working" ? "pending" : "done", state, detail };
  };
}

/** Whether nothing is going on with what is seen: it is ready, or failed. */
export function isSettled(seen: Pick<Seen, "meaning">): boolean {
  return seen.meaning === "ready" || seen.meaning === "failed";
}

/**
 * Until it is deleted: only "not found" is success.
 *
 * @param failed whether the deletion has failed, judged by what is seen of an object that is still there
 */
export function untilGone(failed: (seen: Seen) => string | true | undefined): Goal {
  return (seen) => {
    if (seen === undefined || seen.meaning === "gone") return { is: "done", state: "gone" };
    const { state } = seen;
    const why = failed(seen);
    if (why === undefined) return { is: "pending", state };
    return { is: "failed", state, reason: why === true ? seen.reason : why };
  };
}
