import type { Meaning, Seen } from "../core/resource/goals";
import type { Answered, WireRestore } from "./wire";

/** What a wait sees of a restore or a snapshot, with the request id of the answer that showed it. */
export type TrilioBrief = Pick<
  Answered<WireRestore>,
  "status" | "progress_percent" | "progress_msg" | "error_msg" | "warning_msg" | "requestId"
>;

/** Ends. Contract, section 5; every other status, known or not, is still working. */
const ends: ReadonlyMap<string | undefined, Meaning> = new Map([
  ["available", "ready"],
  ["error", "failed"],
  ["failed", "failed"],
  ["cancelled", "failed"],
  ["deleted", "gone"],
]);

/** What a status means. */
export function meaningOf(status: string | undefined): Meaning {
  return ends.get(status) ?? "working";
}

/** What an object is doing, by its status alone: the percentage is 100 on failures too. */
export function seenOf(brief: TrilioBrief): Seen {
  return { state: brief.status, meaning: meaningOf(brief.status), detail: progressOf(brief) };
}

/**
 * The server's words for a failure, and what leads to its log.
 *
 * @param startedBy request id of the request that began what has failed, where it is known
 */
export function reasonOf({ error_msg, warning_msg, requestId }: TrilioBrief, startedBy?: string): string {
  const words = [
    error_msg,
    warning_msg && `warning: ${warning_msg}`,
    !error_msg && !warning_msg && "the server gives no reason",
  ].filter(Boolean);
  const ids = [startedBy && `begun by request id ${startedBy}`, requestId && `request id ${requestId}`];
  const known = ids.filter(Boolean).join(", seen with ");
  return words.join("; ") + (known ? ` (${known})` : "");
}

function progressOf({ progress_percent: percent, progress_msg: message }: TrilioBrief): string | undefined {
  const parts = [percent === undefined ? undefined : `${percent} %`, message];
  return parts.filter(Boolean).join(", ") || undefined;
}
