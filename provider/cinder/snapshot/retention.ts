import { UserError } from "../../core/errors";
import type { Change } from "../../core/resource/lifecycle";
import {
  endOf,
  instantField,
  isGuarded,
  isoInstant,
  type Kept,
  type Looked,
  type Observed,
  permitRetention,
  type RetentionInputs,
  refuseDeletion,
  spoken,
  stricterMode,
  whyGone,
} from "../../core/retention";
import { keptUntilKey, retentionModeKey } from "../metadata";
import { normalStatus } from "../statuses";
import { type CinderContext, confirmGone, fetch, subject } from "../waits";
import { snapshotFields, type WireSnapshot, type WireVolume } from "../wire";

/** A snapshot as the guard sees it: the instant of the metadata, and the harder mode of metadata and state. */
export function keptNow(now: WireSnapshot, state: Observed): Kept {
  const { what } = subject("snapshot", now.id, now.name);
  const { [keptUntilKey]: keptUntil, [retentionModeKey]: mode } = now.metadata ?? {};
  return { what, keptUntil, mode: stricterMode(mode, state.retentionMode) };
}

/** What the service shows of a retention. @param mode the one in the state */
export function shownRetention(
  now: Pick<WireSnapshot, "metadata">,
  mode: unknown,
): Pick<Observed, "keptUntil" | "retentionMode"> {
  const { [keptUntilKey]: text, [retentionModeKey]: kept } = now.metadata ?? {};
  const harder = stricterMode(kept, mode);
  // Other tools may write an instant without its zone, which is UTC. What is no instant is for people to judge.
  const end = endOf(text);
  const zoneless = !instantField.safeParse(text).success && Number.isFinite(end);
  const keptUntil = zoneless ? isoInstant(end) : text;
  return {
    ...(keptUntil === undefined ? {} : { keptUntil }),
    ...(harder === "none" && mode === undefined ? {} : { retentionMode: harder }),
  };
}

/**
 * Lets the deletion of a snapshot pass. A creation that failed left nothing that could be kept.
 *
 * @param now as it was just read
 * @throws UserError before the end of its retention
 */
export function refuseSnapshotDeletion(ctx: CinderContext, now: WireSnapshot, state: Observed): void {
  if (wasNeverMade(now)) return;
  refuseDeletion(keptNow(now, state), "deleted", state.forceDelete, ctx.client.service.serverNow());
}

function wasNeverMade({ status, progress }: WireSnapshot): boolean {
  return normalStatus(status) === "error" && progress !== "100%";
}

/**
 * Asks the service whether a change of a snapshot may be made.
 *
 * @param changes what the state differs in
 * @param changesOf what the snapshot as it is now differs in
 * @throws UserError as {@link permitRetention} does
 */
export function permitSnapshotChange(
  ctx: CinderContext,
  id: string,
  olds: Observed,
  news: Partial<RetentionInputs>,
  changes: readonly Change[],
  changesOf: (now: WireSnapshot) => ReturnType<Looked["changes"]>,
): Promise<void> {
  return permitRetention(olds, news, changes, async () => {
    const now = await fetch(ctx, { kind: "snapshot", id });
    const looked = now && {
      kept: keptNow(now, olds),
      neverMade: wasNeverMade(now),
      changes: () => changesOf(now),
    };
    return { now: looked, at: ctx.client.service.serverNow() };
  });
}

/**
 * Why a snapshot is not found, once it is certain that it is gone.
 *
 * @throws UserError where the credentials are for another project
 */
export async function whyMissing(
  ctx: CinderContext,
  id: string,
  prior: Observed & { name?: string | undefined; projectId?: string | undefined },
): Promise<ReturnType<typeof whyGone>> {
  if (prior.expired) return "expired";
  await confirmGone(ctx, subject("snapshot", id, prior.name).what, prior.projectId);
  return whyGone(prior, ctx.client.service.serverNow());
}

/**
 * Lets a volume take its snapshots with it.
 *
 * @throws UserError that names the snapshots whose retention still runs
 */
export async function refuseCascadeOverKept(ctx: CinderContext, volume: WireVolume): Promise<void> {
  const query = { volume_id: volume.id };
  const rows = await ctx.client.all("/snapshots/detail", "snapshots", snapshotFields, query, ctx.signal);
  const at = ctx.client.service.serverNow();
  const kept = rows.filter((row) => !wasNeverMade(row) && isGuarded(keptNow(row, {}), at));
  if (kept.length === 0) return;
  const names = kept.map((row) => {
    return `${keptNow(row, {}).what}, kept ${spoken(endOf(row.metadata?.[keptUntilKey]))}`;
  });
  throw new UserError(
    `${subject("volume", volume.id, volume.name).what} is not deleted with its snapshots, because some are still ` +
      `kept: ${names.join("; ")}. Delete those first, or wait.`,
  );
}
