import { UserError } from "../../core/errors";
import { subject } from "../../core/resource/object";
import { actOn, allOf, type CinderContext, cinderObjects, deleteObject, isGoing, isRefused } from "../object";
import { refuseCascadeOverKept } from "../snapshot/kept";
import type { VolumeRow } from "./schema";

/**
 * Deletes a volume, and waits until a GET says 404.
 *
 * @param volume as it was just read, with nothing going on
 * @param cascade whether its snapshots go with it
 * @throws UserError that names the snapshots or instances which stand in the way, or what is still kept
 * @throws WaitError where it goes back to what it was, or fails
 */
export async function deleteVolume(ctx: CinderContext, volume: VolumeRow, cascade: boolean): Promise<void> {
  const on = subject("volume", volume.id, volume.name, { project: volume.projectId });
  const query = cascade ? { cascade: "True" } : {};
  return deleteObject(ctx, on, volume, async () => {
    if (cascade) await refuseCascadeOverKept(ctx, volume);
    try {
      await actOn(ctx, on, { method: "DELETE", query }, isGoing("volume"));
    } catch (error) {
      throw isRefused(error) ? await named(ctx, error, volume, cascade) : error;
    }
  });
}

/** Removes a volume that these credentials have made, as soon as nothing is going on with it. */
export async function removeVolume(
  ctx: CinderContext,
  { id, projectId, createdAt }: Pick<VolumeRow, "id" | "projectId" | "createdAt">,
): Promise<void> {
  const project = projectId ?? (await ctx.client.service.projectId(ctx.signal));
  const now = await cinderObjects.settled(ctx, {
    kind: "volume",
    id,
    place: { project, created: createdAt },
  });
  if (now !== undefined) await deleteVolume(ctx, now, false);
}

/** The instances that a volume is attached to, for people. */
export function instancesOf({ attachments = [] }: VolumeRow): string {
  return attachments.map(({ serverId }) => serverId ?? "an unknown instance").join(", ");
}

/** The service names everything that can stand in the way; this names what does (contract, "Volume with snapshots"). */
async function named(ctx: CinderContext, error: Error, volume: VolumeRow, cascade: boolean): Promise<Error> {
  const { what } = subject("volume", volume.id, volume.name);
  const instances = instancesOf(volume);
  if (instances) {
    return new UserError(`${what} is attached to ${instances}: detach it first. (${error.message})`);
  }
  const all = await allOf(ctx, "snapshot", { volume_id: volume.id }).catch(() => []);
  // With cascade, those go that can be deleted by themselves.
  const snapshots = cascade
    ? all.filter(({ status }) => !["available", "error"].includes(status ?? ""))
    : all;
  if (snapshots.length === 0) return error;
  const names = snapshots.map(({ name, id, status }) => `"${name ?? ""}" (${id}, ${status})`).join(", ");
  if (cascade) {
    return new UserError(
      `${what} cannot be deleted: its snapshots ${names} cannot go with it. (${error.message})`,
    );
  }
  return new UserError(
    `${what} cannot be deleted while there are snapshots of it: ${names}. Delete them first, or set cascade: true and ` +
      `run "pulumi up" before you destroy it. (${error.message})`,
  );
}
