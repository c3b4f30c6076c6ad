import { ApiError, UserError, WaitError } from "../../core/errors";
import { type Goal, untilGone } from "../../core/resource/goals";
import { type Place, type Subject, subject } from "../../core/resource/object";
import { isRecord, uuidIn } from "../../core/values";
import { type WaldurBrief, type WaldurContext, waldurObjects } from "../object";
import { followToEnd } from "../order/follow";
import { seenOf } from "../states";
import { snapshotFields, type WireVolume } from "../wire";

const pauseMs = 2000;
/** So long after a termination a volume may show the failure of before (contract, "terminate": 0.7 to 2.6 s). */
const oldFailureMs = 15_000;

/**
 * Removes a volume by terminating its marketplace resource, and waits until a GET says 404 (contract,
 * "terminate").
 *
 * @param volume as it was just read, with nothing going on
 * @throws UserError that names the snapshots which stand in the way
 */
export async function terminateVolume(ctx: WaldurContext, volume: WireVolume): Promise<void> {
  const of = subject("volume", volume.uuid, volume.name, { project: volume.projectId });
  const resource = volume.marketplaceResourceUuid;
  if (!resource) {
    throw new UserError(
      `${of.what} has no marketplace resource, so it cannot be terminated; staff can unlink it`,
    );
  }
  const path = ctx.client.path("marketplace-resources", resource, "terminate");
  const began = ctx.clock.now();
  const deadline = began + ctx.timeoutMs;
  let order: string | undefined;
  await waldurObjects.act(ctx, {
    on: of,
    happened: (now) => now === undefined || !waldurObjects.isSettled("volume", now),
    send: async () => {
      for (;;) {
        try {
          const { body } = await ctx.client.send("POST", path, {}, ctx.signal);
          order = isRecord(body) ? uuidIn(body.order_uuid) : undefined;
          return undefined;
        } catch (error) {
          if (await isUnderWay(ctx, error, of)) return undefined;
          if (!isPendingOrder(error) || ctx.clock.now() > deadline) throw await named(ctx, error, volume);
          // The order that made the volume ends a moment after the volume is OK.
          await ctx.clock.sleep(pauseMs, ctx.signal);
        }
      }
    },
  });
  if (order !== undefined) await followTermination(ctx, of, order);
  await waldurObjects.waitUntil(ctx, of, untilTerminated(ctx, began), { operation: "terminate" });
}

/**
 * Follows the order by which a volume goes. The volume of a failed creation shows its old failure for some seconds
 * after the order was taken, so the order says better whether the termination failed (contract, "order erred").
 *
 * @throws WaitError where it did, with the reason that the volume has for it
 */
async function followTermination(ctx: WaldurContext, of: Subject<"volume">, order: string): Promise<void> {
  try {
    await followToEnd(ctx, { uuid: order }, "terminate volume");
  } catch (error) {
    // An order that cannot be read says nothing; the volume itself does.
    if (error instanceof WaitError && (error.end === "gone" || error.end === "refused")) return;
    if (!(error instanceof WaitError) || error.end !== "failed") throw error;
    const now = await waldurObjects.read(ctx, of);
    if (now === undefined) return;
    const reason = seenOf(now).meaning === "failed" && now.errorMessage ? `: ${now.errorMessage}` : "";
    throw new WaitError(
      "failed",
      `${of.what} was not terminated${reason} (${error.message})`,
      error.history,
      error,
    );
  }
}

/** Until it is gone. A failure that shows before anything of the termination does is the one of before. */
function untilTerminated({ clock }: WaldurContext, began: number): Goal<WaldurBrief> {
  let begun = false;
  return untilGone(({ meaning }) => {
    if (meaning === "working") begun = true;
    return meaning === "failed" && (begun || clock.now() - began > oldFailureMs) ? true : undefined;
  });
}

/** Removes a volume as soon as nothing is going on with it. @param place where it is known to have been made */
export async function removeVolume(ctx: WaldurContext, uuid: string, place: Place): Promise<void> {
  const now = await waldurObjects.settled(ctx, { kind: "volume", id: uuid, place });
  if (now !== undefined) await terminateVolume(ctx, now);
}

function isPendingOrder(error: unknown): boolean {
  return error instanceof ApiError && error.status === 400 && /pending order/i.test(error.reason);
}

/** A refusal because somebody has terminated it already. */
async function isUnderWay(ctx: WaldurContext, error: unknown, of: Subject<"volume">): Promise<boolean> {
  if (!(error instanceof ApiError) || ![400, 404, 409].includes(error.status)) return false;
  const now = await waldurObjects.read(ctx, of);
  return now === undefined || (now.state ?? "").startsWith("DELETI");
}

async function named(ctx: WaldurContext, error: unknown, volume: WireVolume): Promise<unknown> {
  if (!(error instanceof ApiError) || error.status !== 409 || !/snapshot/i.test(error.reason)) return error;
  const query = { source_volume_uuid: volume.uuid, field: ["uuid", "name"] };
  const snapshots = await ctx.client.all(
    "openstack-snapshots",
    snapshotFields.pick({ uuid: true, name: true }),
    query,
    ctx.signal,
  );
  const names = snapshots.map(({ name, uuid }) => `"${name}" (${uuid})`).join(", ");
  return new UserError(
    `volume "${volume.name}" (${volume.uuid}) cannot be deleted while there are snapshots of it: ${names}. ` +
      `Delete them first. (${error.message})`,
  );
}
