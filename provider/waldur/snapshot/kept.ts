import { UserError } from "../../core/errors";
import { subject } from "../../core/resource/object";
import { declaresRetention, foreignEnd, type Kept, knownEnd, whyGuarded } from "../../core/retention";
import type { WaldurContext } from "../object";
import { normalState } from "../states";
import type { WireVolume } from "../wire";
import { type SnapshotRow, type SnapshotState, snapshotRow } from "./schema";

type KeptRow = Pick<SnapshotRow, "uuid" | "name" | "keptUntil" | "metadata">;

/**
 * A snapshot as the guard sees it: the server's timestamp, or the state's where the server has none; the mode, which
 * Waldur does not know, from the state.
 */
export function keptOf(now: KeptRow, state: SnapshotState): Kept {
  return {
    ...keptByOthers(now, state),
    known: knownEnd(state),
    declared: declaresRetention(state),
    mode: state.retentionMode,
  };
}

/** A snapshot of which no state is known. */
function keptByOthers(now: KeptRow, state: SnapshotState = {}): Kept {
  const { what } = subject("snapshot", now.uuid, now.name);
  // Waldur shows the metadata that OpenStack has.
  return { what, keptUntil: now.keptUntil, foreign: foreignEnd(now.metadata, state) };
}

/**
 * Whether it is certain that a snapshot's creation failed, so that nothing is there that could be kept: the cloud has
 * never given it an id (contract, "its fields"; recording 07). With an id it was made, whatever became of it since.
 */
export function wasNeverMade({ state, backendId }: SnapshotRow, prior: SnapshotState): boolean {
  return normalState(state) === "ERRED" && backendId === "" && !prior.backendId;
}

/**
 * Lets a volume be unlinked, which makes Waldur forget its snapshots too (contract, "unlink").
 *
 * @throws UserError that names the snapshots whose retention still runs
 */
export async function refuseUnlinkOfKept(ctx: WaldurContext, volume: WireVolume): Promise<void> {
  const fields = snapshotRow.pick({ uuid: true, name: true, keptUntil: true, metadata: true });
  const query = { source_volume_uuid: volume.uuid, field: ["uuid", "name", "kept_until", "metadata"] };
  const snapshots = await ctx.client.all("openstack-snapshots", fields, query, ctx.signal);
  if (snapshots.length === 0) return;
  const readings = await ctx.client.time.read(ctx.warn, ctx.signal);
  const kept = snapshots.flatMap((row) => whyGuarded(keptByOthers(row), readings) ?? []);
  if (kept.length === 0) return;
  throw new UserError(
    `${subject("volume", volume.uuid, volume.name).what} is not unlinked: Waldur would forget its snapshots too, and ` +
      `${kept.map(({ because, more }) => [because, ...more].join(". ")).join("; ")}. Delete them first, or wait.`,
  );
}
