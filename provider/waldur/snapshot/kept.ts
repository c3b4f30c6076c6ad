import { UserError } from "../../core/errors";
import { subject } from "../../core/resource/object";
import { endOf, isGuarded, type Kept, type Observed, spoken } from "../../core/retention";
import type { WaldurContext } from "../object";
import { normalState } from "../states";
import type { WireVolume } from "../wire";
import { type SnapshotRow, snapshotRow } from "./schema";

/** A snapshot as the guard sees it: the server's timestamp; the mode, which Waldur does not know, from the state. */
export function keptOf(now: SnapshotRow, { retentionMode }: Observed): Kept {
  const { what } = subject("snapshot", now.uuid, now.name);
  return { what, keptUntil: now.keptUntil, mode: retentionMode };
}

/** Whether a snapshot's creation failed, so that nothing is there that could be kept. */
export function wasNeverMade({ state, backendId, runtimeState }: SnapshotRow): boolean {
  return normalState(state) === "ERRED" && (!backendId || runtimeState === "error");
}

/**
 * Lets a volume be unlinked, which makes Waldur forget its snapshots too (contract, "unlink").
 *
 * @throws UserError that names the snapshots whose retention still runs
 */
export async function refuseUnlinkOfKept(ctx: WaldurContext, volume: WireVolume): Promise<void> {
  const fields = snapshotRow.pick({ uuid: true, name: true, keptUntil: true });
  const query = { source_volume_uuid: volume.uuid, field: ["uuid", "name", "kept_until"] };
  const snapshots = await ctx.client.all("openstack-snapshots", fields, query, ctx.signal);
  const at = await ctx.client.serverNow();
  const kept = snapshots.filter(({ keptUntil }) => isGuarded({ what: "", keptUntil }, at));
  if (kept.length === 0) return;
  const names = kept.map(
    ({ name, uuid, keptUntil }) => `"${name}" (${uuid}, kept ${spoken(endOf(keptUntil))})`,
  );
  throw new UserError(
    `${subject("volume", volume.uuid, volume.name).what} is not unlinked: Waldur would forget its snapshots too, and ` +
      `these are still kept: ${names.join(", ")}. Delete them first, or wait.`,
  );
}
