import { UserError } from "../../core/errors";
import { act, isRefusal } from "../act";
import { refuseCascadeOverKept } from "../snapshot/retention";
import { isSettled, normalStatus } from "../statuses";
import { type CinderContext, subject, waitGone } from "../waits";
import { snapshotFields, type WireVolume } from "../wire";

/**
 * Deletes a volume, and waits until a GET says 404.
 *
 * @param volume as it was just read, with nothing going on
 * @param cascade whether its snapshots go with it
 * @throws UserError that names the snapshots or instances which stand in the way, or what is still kept
 * @throws WaitError where it goes back to what it was, or fails
 */
export async function deleteVolume(ctx: CinderContext, volume: WireVolume, cascade: boolean): Promise<void> {
  const { client, signal } = ctx;
  const on = subject("volume", volume.id, volume.name);
  const since = ctx.clock.now();
  // The service refuses it in this status with words that do not help; the wait's do.
  if (normalStatus(volume.status) === "error_deleting") return waitGone(ctx, on, since);
  if (cascade) await refuseCascadeOverKept(ctx, volume);
  const query = cascade ? { cascade: "True" } : {};
  try {
    await act(ctx, {
      on,
      send: () => client.send("DELETE", client.path("volume", volume.id), undefined, { query, signal }),
      happened: (now) => now === undefined || !isSettled("volume", now.status),
    });
  } catch (error) {
    throw isRefusal(error) ? await named(ctx, error, volume, cascade) : error;
  }
  return waitGone(ctx, on, since);
}

/** The service names everything that can stand in the way; this names what does (contract, "Volume with snapshots"). */
async function named(ctx: CinderContext, error: Error, volume: WireVolume, cascade: boolean): Promise<Error> {
  const { what } = subject("volume", volume.id, volume.name);
  const servers = (volume.attachments ?? []).map(({ serverId }) => serverId ?? "an unknown instance");
  if (servers.length > 0) {
    return new UserError(`${what} is attached to ${servers.join(", ")}: detach it first. (${error.message})`);
  }
  const query = { volume_id: volume.id };
  const read = ctx.client.all("/snapshots/detail", "snapshots", snapshotFields, query, ctx.signal);
  const all = await read.catch(() => []);
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
