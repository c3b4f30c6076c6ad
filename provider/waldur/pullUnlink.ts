import { ApiError, messageOf } from "../core/errors";
import { act } from "./act";
import { isSettled } from "./states";
import { type Subject, settled, type WaldurContext } from "./waits";

const paths = { snapshot: "openstack-snapshots", volume: "openstack-volumes" } as const;

/**
 * Asks the server to synchronise an object with OpenStack, and waits for the end of that. Answers of 200, 202
 * and 204 are all success (API pages, `pull`). On servers of 2024 the pull of a snapshot always ends ERRED
 * (contract, "pull").
 *
 * @throws ApiError 409 unless the object is OK or ERRED, 400 where it has no id in OpenStack
 */
export async function pull(ctx: WaldurContext, on: Subject): Promise<void> {
  await settled(ctx, on);
  await act(ctx, {
    on,
    send: () =>
      ctx.client.send("POST", ctx.client.path(paths[on.kind], on.uuid, "pull"), undefined, ctx.signal),
    happened: (now) => now === undefined || !isSettled(now.state),
  });
  await settled(ctx, on);
}

/** Pulls for a refresh: a server that refuses is no reason not to show what it has. */
export async function pullQuietly(ctx: WaldurContext, on: Subject): Promise<void> {
  try {
    await pull(ctx, on);
  } catch (error) {
    if (!(error instanceof ApiError) || ![400, 404, 409].includes(error.status)) throw error;
    ctx.warn(`${on.what} was not synchronised with OpenStack: ${messageOf(error)}`);
  }
}

/**
 * Makes Waldur forget an object, whatever its state; the one in OpenStack stays. Unlinking a volume makes it
 * forget the volume's snapshots too. For staff only (contract, "unlink").
 *
 * @throws ApiError 403 for others than staff
 */
export async function unlink(ctx: WaldurContext, on: Subject): Promise<void> {
  const path = ctx.client.path(paths[on.kind], on.uuid, "unlink");
  await act(ctx, {
    on,
    send: () => ctx.client.send("POST", path, undefined, ctx.signal),
    happened: (now) => now === undefined,
  });
}
