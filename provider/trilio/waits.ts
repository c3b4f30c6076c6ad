import type { Context } from "../core/resource/lifecycle";
import { type Verdict, waitFor } from "../core/wait/wait";
import type { Answered, TrilioClient } from "./client";
import type { Observed } from "./statuses";
import type { WireRestore, WireSnapshot } from "./wire";

/** What operations of this backend work with. */
export type TrilioContext = Context<TrilioClient>;

/** One object that is waited for. */
export interface Subject {
  kind: "restore" | "snapshot";
  id: string;
  /** In the user's words, e.g. `restore "drill" (29fd...)`. */
  what: string;
}

/** Names a subject for messages. */
export function subject(kind: Subject["kind"], id: string, name?: string): Subject {
  return { kind, id, what: name ? `${kind} "${name}" (${id})` : `${kind} ${id}` };
}

/** Right after a create a server may not find the new object yet. */
const graceMs = 15_000;

/** How to wait. */
export interface Until {
  classify: (seen: Observed | undefined) => Verdict;
  /** The name under which the duration is learned. */
  operation?: string;
  fresh?: boolean;
}

/**
 * Waits on one object. Restores are few and take minutes, so each is asked for by itself: the list holds the options
 * of all that ever were.
 *
 * @throws WaitError
 */
export async function waitOn(ctx: TrilioContext, { kind, id, what }: Subject, until: Until): Promise<void> {
  await waitFor<Observed>({
    what,
    observer: {
      poll: async (signal) => {
        const { client } = ctx;
        return observed(
          await (kind === "restore" ? client.restore(id, signal) : client.snapshot(id, signal)),
        );
      },
    },
    classify: until.classify,
    clock: ctx.clock,
    signal: ctx.signal,
    timeoutMs: ctx.timeoutMs,
    experience: ctx.client.service.experience,
    operation: until.operation ?? "",
    notFoundGraceMs: until.fresh ? graceMs : 0,
    progress: (message) => ctx.progress(message),
  });
}

function observed(object: Answered<WireRestore | WireSnapshot> | undefined): Observed | undefined {
  return (
    object && {
      status: object.status,
      progressPercent: object.progress_percent,
      progressMessage: object.progress_msg,
      errorMessage: object.error_msg,
      warningMessage: object.warning_msg,
      requestId: object.requestId,
    }
  );
}
