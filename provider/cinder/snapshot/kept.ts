import { UserError } from "../../core/errors";
import { subject } from "../../core/resource/object";
import {
  endOf,
  instantField,
  isGuarded,
  isoInstant,
  type Kept,
  type Observed,
  type RetentionMode,
  spoken,
  stricterMode,
  wireTimestamp,
} from "../../core/retention";
import { defined } from "../../core/values";
import { keptUntilKey, retentionModeKey } from "../metadata";
import { allOf, type CinderContext } from "../object";
import { normalStatus } from "../statuses";
import type { VolumeRow } from "../volume/schema";
import type { SnapshotRow } from "./schema";

type Metadata = Pick<SnapshotRow, "metadata">;

/** A snapshot as the guard sees it: the timestamp of the metadata, and the stricter mode of metadata and state. */
export function keptOf(now: SnapshotRow, { retentionMode }: Observed): Kept {
  const { what } = subject("snapshot", now.id, now.name);
  const { [keptUntilKey]: keptUntil, [retentionModeKey]: mode } = now.metadata ?? {};
  return { what, keptUntil, mode: stricterMode(mode, retentionMode) };
}

/** What the service shows of the end of a retention. */
export function shownEnd({ metadata }: Metadata): Pick<Observed, "keptUntil"> {
  const keptUntil = metadata?.[keptUntilKey];
  // Other tools may write a timestamp without its zone, which is UTC. What is no timestamp is for people to judge.
  const end = endOf(keptUntil);
  const zoneless = !instantField.safeParse(keptUntil).success && Number.isFinite(end);
  return defined({ keptUntil: zoneless ? isoInstant(end) : keptUntil });
}

/** The mode that the service keeps, or the state's where that is stricter. */
export function modeOf({ metadata }: Metadata, state: Observed): Pick<Observed, "retentionMode"> {
  const retentionMode = stricterMode(metadata?.[retentionModeKey], state.retentionMode);
  return retentionMode === "none" && state.retentionMode === undefined ? {} : { retentionMode };
}

/** All that the service shows of a retention. */
export function shownRetention(now: Metadata): Pick<Observed, "keptUntil" | "retentionMode"> {
  return { ...shownEnd(now), ...modeOf(now, {}) };
}

/** The metadata that keeps a retention. @param keptUntil a timestamp in any spelling; none: no end */
export function retentionMetadata(
  keptUntil: string | undefined,
  mode: RetentionMode | undefined,
): Record<string, string> {
  return {
    ...(keptUntil === undefined ? {} : { [keptUntilKey]: String(wireTimestamp(keptUntil)) }),
    ...(mode === undefined || mode === "none" ? {} : { [retentionModeKey]: mode }),
  };
}

/** Whether a snapshot's creation failed, so that nothing is there that could be kept. */
export function wasNeverMade({ status, progress }: SnapshotRow): boolean {
  return normalStatus(status) === "error" && progress !== "100%";
}

/**
 * Lets a volume take its snapshots with it.
 *
 * @throws UserError that names the snapshots whose retention still runs
 */
export async function refuseCascadeOverKept(ctx: CinderContext, volume: VolumeRow): Promise<void> {
  const rows = await allOf(ctx, "snapshot", { volume_id: volume.id });
  const at = ctx.client.service.serverNow();
  const kept = rows.filter((row) => !wasNeverMade(row) && isGuarded(keptOf(row, {}), at));
  if (kept.length === 0) return;
  const names = kept.map((row) => {
    return `${keptOf(row, {}).what}, kept ${spoken(endOf(row.metadata?.[keptUntilKey]))}`;
  });
  throw new UserError(
    `${subject("volume", volume.id, volume.name).what} is not deleted with its snapshots, because some are still ` +
      `kept: ${names.join("; ")}. Delete those first, or wait.`,
  );
}
