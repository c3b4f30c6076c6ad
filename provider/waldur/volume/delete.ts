import { ApiError, UserError } from "../../core/errors";
import { type Subject, subject } from "../../core/resource/object";
import { type WaldurContext, waldurObjects } from "../object";
import { snapshotFields, type WireVolume } from "../wire";

const pauseMs = 2000;

/**
 * Removes a volume by terminating its marketplace resource, and waits until a GET says 404 (contract,
 * "terminate").
 *
 * @param volume as it was just read, with nothing going on
 * @throws UserError that names the snapshots which stand in the way
 */
export async function terminateVolume(ctx: WaldurContext, volume: WireVolume): Promise<void> {
  const of = subject("volume", volume.uuid, volume.name, { project: volume.projectUuid });
  const resource = volume.marketplaceResourceUuid;
  if (!resource) {
    throw new UserError(
      `${of.what} has no marketplace resource, so it cannot be terminated; staff can unlink it`,
    );
  }
  const path = ctx.client.path("marketplace-resources", resource, "terminate");
  const deadline = ctx.clock.now() + ctx.timeoutMs;
  await waldurObjects.act(ctx, {
    on: of,
    happened: (now) => now === undefined || !waldurObjects.isSettled("volume", now),
    send: async () => {
      for (;;) {
        try {
          return await ctx.client.send("POST", path, {}, ctx.signal);
        } catch (error) {
          if (await isUnderWay(ctx, error, of)) return undefined;
          if (!isPendingOrder(error) || ctx.clock.now() > deadline) throw await named(ctx, error, volume);
          // The order that made the volume ends a moment after the volume is OK.
          await ctx.clock.sleep(pauseMs, ctx.signal);
        }
      }
    },
  });
  await waldurObjects.waitGone(ctx, of, { operation: "terminate" });
}

/** Removes a volume as soon as nothing is going on with it. */
export async function removeVolume(ctx: WaldurContext, uuid: string): Promise<void> {
  const now = await waldurObjects.settled(ctx, { kind: "volume", id: uuid });
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
