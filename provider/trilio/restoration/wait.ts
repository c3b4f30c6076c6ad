import { messageOf, WaitError } from "../../core/errors";
import { subject } from "../../core/resource/object";
import { type TrilioContext, trilioObjects, untilRestored } from "../object";
import { cancelRestore } from "./cancel";

/** A restore that is waited for. */
export interface Pending {
  id: string;
  name?: string | undefined;
  /** Request id of the request that began it, where this process sent it. */
  startedBy?: string | undefined;
  /** What to do with it when the wait is interrupted or out of time. */
  onInterrupt?: "leave" | "cancel" | undefined;
}

/** Waits for a restore's success. @throws WaitError, or an error that says how its cancellation went */
export async function waitRestored(ctx: TrilioContext, pending: Pending): Promise<void> {
  const { id, name, startedBy, onInterrupt } = pending;
  try {
    await trilioObjects.waitUntil(ctx, subject("restore", id, name), untilRestored(startedBy), {
      operation: "create",
      fresh: startedBy !== undefined,
    });
  } catch (error) {
    const interrupted = error instanceof WaitError && (error.end === "timeout" || error.end === "cancelled");
    if (!interrupted || onInterrupt !== "cancel") throw error;
    const forbidden = (reason: unknown) => `its cancellation is not allowed (${messageOf(reason)})`;
    const came = (await cancelRestore(ctx, id).catch(forbidden)) ?? "its cancellation was asked for";
    throw new Error(
      `${error.message}; ${came}. The next "pulumi up" or "pulumi destroy" sees what became of it.`,
      { cause: error },
    );
  }
}
