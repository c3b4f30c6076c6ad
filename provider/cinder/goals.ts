import { type Goal, type Seen, untilGone, untilReady } from "../core/resource/goals";
import type { Brief } from "./client";

/** An observation that is no sign of an end has to be repeated before it is believed. */
const pollsBeforeBelieved = 2;

/**
 * Until it is deleted. One that goes back to what it was before is a deletion that failed: a busy back end does
 * that (contract, "Delete").
 */
export function untilDeleted(): Goal<Brief> {
  const back = wentBack();
  return untilGone((seen) => {
    if (seen.state === "error_deleting") return true;
    return back(seen) ? "it was not deleted; something may be using it still" : undefined;
  });
}

/**
 * Until a change of a volume shows.
 *
 * @param shows whether it does; a volume that is ready and does not show it has refused it
 * @param refused what to say then
 */
export function untilChanged(shows: (volume: Brief) => boolean, refused: string): Goal<Brief> {
  const back = wentBack();
  const ready = untilReady();
  return (seen, volume) => {
    const verdict = ready(seen);
    if (seen === undefined || volume === undefined) return verdict;
    const rests = back(seen);
    if (verdict.is !== "done" || shows(volume)) return verdict;
    return rests ? { is: "failed", state: verdict.state, reason: refused } : { ...verdict, is: "pending" };
  };
}

/** Tells whether an object rests again after a write, be it that it was seen at work or that it rests for good. */
function wentBack(): (seen: Seen) => boolean {
  let worked = false;
  let resting = 0;
  return ({ meaning }) => {
    if (meaning === "working") {
      worked = true;
      return false;
    }
    resting += 1;
    return worked || resting >= pollsBeforeBelieved;
  };
}
