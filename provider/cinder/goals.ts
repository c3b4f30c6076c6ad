import type { Verdict } from "../core/wait/wait";
import type { Brief, Kind } from "./client";
import { meaningOf, normalStatus } from "./statuses";

/** Judges what is seen of an object while it is waited for; one goal serves one wait. */
export type Goal = (seen: Brief | undefined) => Verdict;

/** An observation that is no sign of an end has to be repeated before it is believed. */
const pollsBeforeBelieved = 2;

const gone: Verdict = { is: "failed", state: "gone", reason: "it is not there any more" };

/** Until it can be used. */
export function untilReady(kind: Kind): Goal {
  return (seen) => {
    if (seen === undefined) return gone;
    const state = normalStatus(seen.status);
    switch (meaningOf(kind, state)) {
      case "ready":
        return { is: "done", state };
      case "failed":
        return { is: "failed", state };
      case "gone":
        return gone;
      default:
        return { is: "pending", state };
    }
  };
}

/** Until whatever is going on has ended, be it good or bad. */
export function untilSettled(kind: Kind): Goal {
  return (seen) => {
    if (seen === undefined) return { is: "done", state: "gone" };
    const state = normalStatus(seen.status);
    return { is: meaningOf(kind, state) === "working" ? "pending" : "done", state };
  };
}

/**
 * Until it is deleted. One that goes back to what it was before is a deletion that failed: a busy back end does
 * that (contract, "Delete").
 */
export function untilGone(kind: Kind): Goal {
  const back = wentBack(kind);
  return (seen) => {
    if (seen === undefined) return { is: "done", state: "gone" };
    const state = normalStatus(seen.status);
    if (meaningOf(kind, state) === "gone") return { is: "done", state: "gone" };
    if (state === "error_deleting") return { is: "failed", state };
    if (back(state))
      return { is: "failed", state, reason: "it was not deleted; something may be using it still" };
    return { is: "pending", state };
  };
}

/**
 * Until a change of a volume shows.
 *
 * @param shows whether it does; a volume that is ready and does not show it has refused it
 * @param refused what to say then
 */
export function untilChanged(shows: (volume: Brief) => boolean, refused: string): Goal {
  const back = wentBack("volume");
  const ready = untilReady("volume");
  return (seen) => {
    const verdict = ready(seen);
    if (seen === undefined) return verdict;
    const rests = back(verdict.state);
    if (verdict.is !== "done" || shows(seen)) return verdict;
    return rests ? { is: "failed", state: verdict.state, reason: refused } : { ...verdict, is: "pending" };
  };
}

/** Tells whether an object rests again after a write, be it that it was seen at work or that it rests for good. */
function wentBack(kind: Kind): (state: string) => boolean {
  let worked = false;
  let resting = 0;
  return (state) => {
    if (meaningOf(kind, state) === "working") {
      worked = true;
      return false;
    }
    resting += 1;
    return worked || resting >= pollsBeforeBelieved;
  };
}
