import type { Verdict } from "../core/wait/wait";

/**
 * A state in the spelling of today's servers, e.g. `CREATION_SCHEDULED`. Servers of 2024 write
 * `Creation Scheduled` (contract, "States").
 */
export function normalState(state: string | undefined): string {
  return (state ?? "")
    .trim()
    .replace(/[\s-]+/g, "_")
    .toUpperCase();
}

/** The spelling that servers of 2024 take in filters, e.g. `Creation Scheduled`. */
export function titleState(state: string): string {
  const normal = normalState(state);
  if (normal === "OK") return normal;
  return normal
    .toLowerCase()
    .replace(/(^|_)([a-z])/g, (_, gap, letter) => (gap ? " " : "") + letter.toUpperCase());
}

/** Whether nothing is going on: OK or ERRED. Every other state, known or not, is still working. */
export function isSettled(state: string | undefined): boolean {
  const normal = normalState(state);
  return normal === "OK" || normal === "ERRED";
}

/** What a wait needs to know about an object. */
export interface Observed {
  state?: string | undefined;
  errorMessage?: string | undefined;
}

/** Waiting for OK; ERRED is a failure, "not found" another. */
export function untilOk(seen: Observed | undefined): Verdict {
  if (seen === undefined) return { is: "failed", state: "gone", reason: "it is not there any more" };
  const state = normalState(seen.state);
  if (state === "OK") return { is: "done", state };
  if (state === "ERRED") return { is: "failed", state, reason: seen.errorMessage };
  return { is: "pending", state };
}

/** Waiting for the end of whatever is going on, be it good or bad. */
export function untilSettled(seen: Observed | undefined): Verdict {
  if (seen === undefined) return { is: "done", state: "gone" };
  return { is: isSettled(seen.state) ? "done" : "pending", state: normalState(seen.state) };
}

/** Waiting for a deletion: only "not found" is success, and ERRED means that it failed. */
export function untilGone(seen: Observed | undefined): Verdict {
  if (seen === undefined) return { is: "done", state: "gone" };
  const state = normalState(seen.state);
  if (state === "ERRED") return { is: "failed", state, reason: seen.errorMessage };
  return { is: "pending", state };
}
