import type { Verdict } from "../core/wait/wait";

/** What a wait needs to know about a restore or a snapshot. */
export interface Observed {
  status: string;
  /** How far it is, for the display. */
  progressPercent?: number | undefined;
  progressMessage?: string | undefined;
  errorMessage?: string | undefined;
  warningMessage?: string | undefined;
  /** Of the answer that showed it; in support cases it leads to the server's log. */
  requestId?: string | undefined;
}

/** Ends that are no success. Contract, section 5; every value that is neither these nor `available` is still running. */
const failures = new Set(["error", "failed", "cancelled", "deleted"]);

/** Whether a status is an end that is no success. */
export function isFailed(status: string): boolean {
  return failures.has(status);
}

/** Whether nothing is going on any more, for good or bad. */
export function isSettled(status: string): boolean {
  return status === "available" || isFailed(status);
}

/**
 * Waiting for a restore's success, by its status alone: the percentage is 100 on failures too.
 *
 * @param startedBy request id of the request that began the restore, where it is known
 */
export function untilRestored(seen: Observed | undefined, startedBy?: string): Verdict {
  if (seen === undefined) return gone("failed");
  const { status } = seen;
  if (status === "available") return { is: "done", state: status };
  if (isFailed(status)) return { is: "failed", state: status, reason: reasonOf(seen, startedBy) };
  return { is: "pending", state: status, detail: progressOf(seen) };
}

/** Waiting for the end of whatever is going on. */
export function untilSettled(seen: Observed | undefined): Verdict {
  if (seen === undefined) return gone("done");
  return { is: isSettled(seen.status) ? "done" : "pending", state: seen.status, detail: progressOf(seen) };
}

/** Waiting for a deletion: only "not found" is success. */
export function untilGone(seen: Observed | undefined): Verdict {
  if (seen === undefined || seen.status === "deleted") return gone("done");
  return { is: "pending", state: seen.status };
}

/** Waiting for a busy snapshot. One that is mounted stays so until somebody dismounts it. */
export function untilRestorable(seen: Observed | undefined): Verdict {
  if (seen === undefined) return gone("failed");
  const { status } = seen;
  if (status === "available") return { is: "done", state: status };
  if (status === "mounted") return { is: "failed", state: status, reason: "dismount it first" };
  if (isFailed(status)) return { is: "failed", state: status, reason: reasonOf(seen) };
  return { is: "pending", state: status, detail: progressOf(seen) };
}

function gone(is: "done" | "failed"): Verdict {
  return { is, state: "gone", ...(is === "failed" ? { reason: "it is not there any more" } : {}) };
}

/** The server's words for a failure, and what leads to its log. */
function reasonOf(seen: Observed, startedBy?: string): string {
  const words = [
    seen.errorMessage,
    seen.warningMessage && `warning: ${seen.warningMessage}`,
    !seen.errorMessage && !seen.warningMessage && "the server gives no reason",
  ].filter(Boolean);
  const ids = [
    startedBy && `begun by request id ${startedBy}`,
    seen.requestId && `request id ${seen.requestId}`,
  ];
  const known = ids.filter(Boolean).join(", seen with ");
  return words.join("; ") + (known ? ` (${known})` : "");
}

function progressOf({ progressPercent, progressMessage }: Observed): string | undefined {
  const parts = [progressPercent === undefined ? undefined : `${progressPercent} %`, progressMessage];
  return parts.filter(Boolean).join(", ") || undefined;
}
