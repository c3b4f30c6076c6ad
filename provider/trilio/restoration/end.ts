import { ApiError, isAmbiguous, messageOf, UserError, WaitError } from "../../core/errors";
import { isSettled, untilGone, untilRestored, untilSettled } from "../statuses";
import { subject, type TrilioContext, waitOn } from "../waits";

/** A restore that is waited for. */
export interface Pending {
  id: string;
  name?: string | undefined;
  /** Request id of the request that began it, where this process sent it. */
  startedBy?: string | undefined;
  /** What to do with it when the wait is interrupted or out of time. */
  onInterrupt?: "leave" | "cancel" | undefined;
}

const attempts = 4;
const pauseMs = 1000;

/** Waits for a restore's success. @throws WaitError, or an error that says how its cancellation went */
export async function waitRestored(ctx: TrilioContext, pending: Pending): Promise<void> {
  const { id, name, startedBy, onInterrupt } = pending;
  try {
    await waitOn(ctx, subject("restore", id, name), {
      classify: (seen) => untilRestored(seen, startedBy),
      operation: "restore",
      fresh: startedBy !== undefined,
    });
  } catch (error) {
    const interrupted = error instanceof WaitError && (error.end === "timeout" || error.end === "cancelled");
    if (!interrupted || onInterrupt !== "cancel") throw error;
    const forbidden = (reason: unknown) => `its cancellation is not allowed (${messageOf(reason)})`;
    const came = (await cancelled(ctx, id).catch(forbidden)) ?? "its cancellation was asked for";
    throw new Error(
      `${error.message}; ${came}. The next "pulumi up" or "pulumi destroy" sees what became of it.`,
      {
        cause: error,
      },
    );
  }
}

/**
 * Deletes the record of a restore: one that runs is cancelled and waited for first. What was restored stays.
 *
 * @param gone called where there is no such restore; throws unless that is to be believed
 */
export async function removeRestore(
  ctx: TrilioContext,
  id: string,
  gone: () => Promise<void>,
): Promise<void> {
  const now = await ctx.client.restore(id, ctx.signal);
  if (now === undefined || now.status === "deleted") return gone();
  const of = subject("restore", id, now.name);
  if (!isSettled(now.status)) {
    ctx.progress(`${now.status}; cancelling`);
    const trouble = await cancelled(ctx, id);
    if (trouble) ctx.warn(`${of.what}: ${trouble}; waiting for its end`);
    await waitOn(ctx, of, { classify: untilSettled });
  }
  await deleteRecord(ctx, id);
  await waitOn(ctx, of, { classify: untilGone, operation: "delete restore" });
  ctx.warn(`${of.what}: its record is deleted; what it restored stays as it is`);
}

/** Sends a cancellation, once. @returns what went wrong with it @throws ApiError where it is not allowed */
async function cancelled({ client }: TrilioContext, id: string): Promise<string | undefined> {
  try {
    await client.cancel(id);
    return undefined;
  } catch (error) {
    if (error instanceof ApiError && [401, 403].includes(error.status)) throw error;
    const doubt = isAmbiguous(error) ? "may not have been heard" : "was refused";
    return `its cancellation ${doubt} and is not repeated (${messageOf(error)})`;
  }
}

async function deleteRecord(ctx: TrilioContext, id: string): Promise<void> {
  const { client, clock, signal } = ctx;
  for (let count = 1; ; count++) {
    try {
      return await client.deleteRestore(id, signal);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return;
      if (count >= attempts) throw error;
      if (isAmbiguous(error)) {
        await clock.sleep(pauseMs, signal);
        if ((await client.restore(id, signal)) === undefined) return;
      } else if (error instanceof ApiError && [400, 409].includes(error.status)) {
        const now = await client.restore(id, signal);
        if (now === undefined) return;
        // A refusal of a settled restore is meant; of a running one it passes.
        if (isSettled(now.status)) throw error;
        await waitOn(ctx, subject("restore", id, now.name), { classify: untilSettled });
      } else {
        throw error;
      }
    }
  }
}

/**
 * Makes sure that "not found" means "gone": the project's id is in the path, so credentials of another project find
 * nothing of this one's.
 *
 * @throws UserError where the restore was another project's
 */
export async function confirmGone(
  ctx: TrilioContext,
  id: string,
  project: string | undefined,
): Promise<void> {
  if (project === undefined) return;
  const present = await ctx.client.service.projectId(ctx.signal);
  if (project.replaceAll("-", "") === present.replaceAll("-", "")) return;
  throw new UserError(
    `restore ${id} is one of project ${project}, but the credentials are of project ${present}, where it cannot be ` +
      "seen: this is not taken as deleted. Use credentials of its project.",
  );
}
