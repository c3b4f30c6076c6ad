import type { Seen } from "../core/resource/goals";

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

/** What a wait needs to know of an object's state. */
export interface StateFields {
  state?: string | undefined;
  errorMessage?: string | undefined;
}

/** What a state means: OK is ready, ERRED has failed, every other, known or not, is still working. */
export function seenOf({ state: spelled, errorMessage: reason }: StateFields): Seen {
  const state = normalState(spelled);
  return { state, meaning: state === "OK" ? "ready" : state === "ERRED" ? "failed" : "working", reason };
}

/** States by which the server orders rows (recording 04). */
const ranks = [
  "UPDATE_SCHEDULED",
  "UPDATING",
  "OK",
  "ERRED",
  "CREATION_SCHEDULED",
  "CREATING",
  "DELETION_SCHEDULED",
  "DELETING",
];

/** The place of a state in the server's order; `undefined` for one that is not known. */
export function stateRank(state: unknown): number | undefined {
  const rank = ranks.indexOf(normalState(typeof state === "string" ? state : undefined));
  return rank < 0 ? undefined : rank;
}
