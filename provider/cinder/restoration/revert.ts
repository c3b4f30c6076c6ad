import { UserError } from "../../core/errors";
import { instantOf } from "../../core/values";
import { act, isRefusal } from "../act";
import { meaningOf } from "../statuses";
import { type CinderContext, existing, fetch, type Subject, settled, subject } from "../waits";
import { snapshotFields, type WireSnapshot } from "../wire";

/** From this microversion on a volume can go back. Block Storage API v3, Revert volume to snapshot. */
const microversion = "3.40";

/**
 * Tells a volume to go back to its latest snapshot, exactly once. What was written since is lost.
 *
 * A second revert would lose what was written after the first, so after a lost answer the volume and the snapshot
 * tell whether it was carried out: both are touched by it and by nothing else at that time.
 *
 * @param snapshot as it was just read, ready
 * @returns the volume, which is at it still
 * @throws UserError that names the newer snapshots, or the instances that use the volume
 */
export async function revertVolume(ctx: CinderContext, snapshot: WireSnapshot): Promise<Subject<"volume">> {
  const { client, signal } = ctx;
  await client.service.require(microversion, 'mode "revert"', signal);
  const volumeId = snapshot.volumeId ?? "";
  const before = await settled(ctx, { kind: "volume", id: volumeId });
  if (before === undefined)
    throw new UserError(`snapshotId: the volume ${volumeId} of the snapshot is not there any more`);
  const on = subject("volume", volumeId, before.name);
  const servers = (before.attachments ?? []).map(({ serverId }) => serverId ?? "an unknown instance");
  if (servers.length > 0) {
    throw new UserError(
      `${on.what} is attached to ${servers.join(", ")}: detach it before it goes back to a snapshot`,
    );
  }
  const body = { revert: { snapshot_id: snapshot.id } };
  try {
    await act(ctx, {
      on,
      send: async () => {
        try {
          return await client.send("POST", client.path("volume", volumeId, "action"), body, { signal });
        } catch (error) {
          // Here both can be asked; after that the volume alone decides.
          if (isRefusal(error) || !(await carriedOut(ctx, before.updatedAt, snapshot))) throw error;
          return undefined;
        }
      },
      happened: (now) => now !== undefined && meaningOf("volume", now.status) === "working",
    });
  } catch (error) {
    throw isRefusal(error) ? await named(ctx, error, snapshot) : error;
  }
  return on;
}

/** Whether volume and snapshot were both touched since they were read. Unknown counts as no. */
async function carriedOut(
  ctx: CinderContext,
  updated: string | undefined,
  before: WireSnapshot,
): Promise<boolean> {
  const volume = await existing(ctx, { kind: "volume", id: before.volumeId ?? "" }).catch(() => undefined);
  const snapshot = await fetch(ctx, { kind: "snapshot", id: before.id }).catch(() => undefined);
  const later = (now: string | undefined, then: string | undefined) =>
    (instantOf(now ?? "") ?? 0) > (instantOf(then ?? "") ?? 0);
  return later(volume?.updatedAt, updated) && later(snapshot?.updatedAt, before.updatedAt);
}

/** The service says that it is not the latest one; this says which are newer (recording 292). */
async function named(ctx: CinderContext, error: Error, snapshot: WireSnapshot): Promise<Error> {
  const query = { volume_id: snapshot.volumeId };
  const rows = await ctx.client
    .all("/snapshots/detail", "snapshots", snapshotFields, query, ctx.signal)
    .catch(() => []);
  const age = ({ createdAt }: WireSnapshot) => instantOf(createdAt ?? "") ?? 0;
  const newer = rows.filter((row) => row.id !== snapshot.id && age(row) > age(snapshot));
  if (newer.length === 0) return error;
  const names = newer.map(({ name, id }) => `"${name ?? ""}" (${id})`).join(", ");
  return new UserError(
    `snapshot "${snapshot.name ?? ""}" (${snapshot.id}) is not the latest of its volume, and a volume can go back to ` +
      `that alone: newer ones are ${names}. Delete those, or use mode "new-volume". (${error.message})`,
  );
}
