import { UserError } from "../../core/errors";
import { type Subject, subject } from "../../core/resource/object";
import { timestampOf } from "../../core/values";
import { allOf, type CinderContext, cinderObjects, isRefused, sendTo } from "../object";
import type { SnapshotRow } from "../snapshot/schema";
import { meaningOf } from "../statuses";
import { instancesOf } from "../volume/delete";

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
export async function revertVolume(ctx: CinderContext, snapshot: SnapshotRow): Promise<Subject<"volume">> {
  await ctx.client.service.require(microversion, 'mode "revert"', ctx.signal);
  const id = snapshot.volumeId ?? "";
  const before = await cinderObjects.settled(ctx, { kind: "volume", id });
  if (before === undefined)
    throw new UserError(`the volume ${id} of the snapshot no longer exists`, "snapshotId");
  const on = subject("volume", id, before.name);
  const instances = instancesOf(before);
  if (instances) {
    throw new UserError(
      `${on.what} is attached to ${instances}: detach it before it goes back to a snapshot`,
    );
  }
  const body = { revert: { snapshot_id: snapshot.id } };
  try {
    await cinderObjects.act(ctx, {
      on,
      async send() {
        try {
          await sendTo(ctx, on, { method: "POST", part: ["action"], body });
        } catch (error) {
          // Here both can be asked; after that the volume alone decides.
          if (isRefused(error) || !(await carriedOut(ctx, before.updatedAt, snapshot))) throw error;
        }
      },
      happened: (now) => now !== undefined && meaningOf("volume", now.status) === "working",
    });
  } catch (error) {
    throw isRefused(error) ? await named(ctx, error, snapshot) : error;
  }
  return on;
}

/** Whether volume and snapshot were both touched since they were read. Unknown counts as no. */
async function carriedOut(
  ctx: CinderContext,
  updated: string | undefined,
  before: SnapshotRow,
): Promise<boolean> {
  const ofVolume = { kind: "volume", id: before.volumeId ?? "" } as const;
  const volume = await cinderObjects.read(ctx, ofVolume).catch(() => undefined);
  const ofSnapshot = { kind: "snapshot", id: before.id } as const;
  const snapshot = await cinderObjects.read(ctx, ofSnapshot).catch(() => undefined);
  const later = (now: string | undefined, then: string | undefined) =>
    (timestampOf(now ?? "") ?? 0) > (timestampOf(then ?? "") ?? 0);
  return later(volume?.updatedAt, updated) && later(snapshot?.updatedAt, before.updatedAt);
}

/** The service says that it is not the latest one; this says which are newer (recording 292). */
async function named(ctx: CinderContext, error: Error, snapshot: SnapshotRow): Promise<Error> {
  const rows = await allOf(ctx, "snapshot", { volume_id: snapshot.volumeId }).catch(() => []);
  const age = ({ createdAt }: SnapshotRow) => timestampOf(createdAt ?? "") ?? 0;
  const newer = rows.filter((row) => row.id !== snapshot.id && age(row) > age(snapshot));
  if (newer.length === 0) return error;
  const names = newer.map(({ name, id }) => `"${name ?? ""}" (${id})`).join(", ");
  return new UserError(
    `snapshot "${snapshot.name ?? ""}" (${snapshot.id}) is not the latest of its volume, and a volume can go back to ` +
      `that alone: newer ones are ${names}. Delete those, or use mode "new-volume". (${error.message})`,
  );
}
