import { UserError } from "../../core/errors";
import type { Change } from "../../core/resource/lifecycle";
import {
  endOf,
  isGuarded,
  isOver,
  type Kept,
  type Looked,
  type Observed,
  permitRetention,
  type RetentionInputs,
  refuseDeletion,
  spoken,
  whyGone,
} from "../../core/retention";
import { confirmGone } from "../act";
import { normalState } from "../states";
import { fetch, type Subject, subject, type WaldurContext } from "../waits";
import { snapshotFields, type WireSnapshot } from "../wire";

/** A snapshot as the guard sees it: the server's instant; the mode, which Waldur does not know, from the state. */
export function keptNow(now: WireSnapshot, { retentionMode }: Observed): Kept {
  const { what } = subject("snapshot", now.uuid, now.name);
  return { what, keptUntil: now.keptUntil, mode: retentionMode };
}

/** Whether the server is removing a snapshot since its time is over (contract, "by itself"). @param at ms since the epoch */
export function goingByItself(snapshot: WireSnapshot, at: number): boolean {
  return normalState(snapshot.state).startsWith("DELETI") && isOver(snapshot.keptUntil, at);
}

/**
 * Lets the deletion of a snapshot pass. A creation that failed left nothing that could be kept.
 *
 * @param now as it was just read; `undefined` where it is gone
 * @throws UserError before the end of its retention
 */
export async function refuseSnapshotDeletion(
  ctx: WaldurContext,
  now: WireSnapshot | undefined,
  state: Observed & { deletion?: string | undefined },
): Promise<void> {
  if (now === undefined || wasNeverMade(now)) return;
  const verb = state.deletion === "unlink" ? "unlinked" : "deleted";
  refuseDeletion(keptNow(now, state), verb, state.forceDelete, await ctx.client.serverNow());
}

function wasNeverMade({ state, backendId, runtimeState }: WireSnapshot): boolean {
  return normalState(state) === "ERRED" && (!backendId || runtimeState === "error");
}

/**
 * Asks the server whether a change of a snapshot may be made.
 *
 * @param changes what the state differs in
 * @param changesOf what the snapshot as it is now differs in
 * @throws UserError as {@link permitRetention} does
 */
export function permitSnapshotChange(
  ctx: WaldurContext,
  uuid: string,
  olds: Observed,
  news: Partial<RetentionInputs>,
  changes: readonly Change[],
  changesOf: (now: WireSnapshot) => ReturnType<Looked["changes"]>,
): Promise<void> {
  return permitRetention(olds, news, changes, async () => {
    const now = await fetch(ctx, { kind: "snapshot", uuid });
    const looked = now && {
      kept: keptNow(now, olds),
      neverMade: wasNeverMade(now),
      changes: () => changesOf(now),
    };
    return { now: looked, at: await ctx.client.serverNow() };
  });
}

/**
 * Why a snapshot is not found, once it is certain that it is gone.
 *
 * @throws UserError where the token may only have lost the sight of it
 */
export async function whyMissing(
  ctx: WaldurContext,
  uuid: string,
  prior: Observed & { name?: string | undefined; projectUuid?: string | undefined },
): Promise<ReturnType<typeof whyGone>> {
  if (prior.expired) return "expired";
  await confirmGone(ctx, subject("snapshot", uuid, prior.name).what, prior.projectUuid);
  return whyGone(prior, await ctx.client.serverNow());
}

/**
 * Lets a volume be unlinked, which makes Waldur forget its snapshots too (contract, "unlink").
 *
 * @throws UserError that names the snapshots whose retention still runs
 */
export async function refuseUnlinkOfKept(ctx: WaldurContext, volume: Subject): Promise<void> {
  const fields = snapshotFields.pick({ uuid: true, name: true, keptUntil: true });
  const query = { source_volume_uuid: volume.uuid, field: ["uuid", "name", "kept_until"] };
  const snapshots = await ctx.client.all("openstack-snapshots", fields, query, ctx.signal);
  const at = await ctx.client.serverNow();
  const kept = snapshots.filter(({ keptUntil }) => isGuarded({ what: "", keptUntil }, at));
  if (kept.length === 0) return;
  const names = kept.map(
    ({ name, uuid, keptUntil }) => `"${name}" (${uuid}, kept ${spoken(endOf(keptUntil))})`,
  );
  throw new UserError(
    `${volume.what} is not unlinked: Waldur would forget its snapshots too, and these are still kept: ` +
      `${names.join(", ")}. Delete them first, or wait.`,
  );
}
