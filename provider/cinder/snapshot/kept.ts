import { UserError } from "../../core/errors";
import { subject } from "../../core/resource/object";
import {
  declaresRetention,
  foreignEnd,
  type Kept,
  knownEnd,
  type Observed,
  type RetentionMode,
  readEnd,
  stricterMode,
  timestampField,
  whyGuarded,
  wireTimestamp,
} from "../../core/retention";
import { defined, isoTimestamp } from "../../core/values";
import { keptUntilKey, markKey, retentionModeKey } from "../metadata";
import { allOf, type CinderContext } from "../object";
import { normalStatus } from "../statuses";
import type { VolumeRow } from "../volume/schema";
import type { SnapshotRow, SnapshotState } from "./schema";

type Metadata = Pick<SnapshotRow, "metadata">;

/**
 * A snapshot as the guard sees it: the timestamp of the metadata, or the state's where the metadata has none, and the
 * stricter mode of both.
 */
export function keptOf(now: SnapshotRow, state: SnapshotState): Kept {
  const { mode, ...kept } = keptByOthers(now, state);
  const known = knownEnd(state);
  return {
    ...kept,
    known,
    declared: declaresRetention(state),
    mode: stricterMode(mode, state.retentionMode),
  };
}

/** A snapshot of which no state is known. */
function keptByOthers({ id, name, metadata = {} }: SnapshotRow, state: SnapshotState = {}): Kept {
  const { what } = subject("snapshot", id, name);
  const { [keptUntilKey]: keptUntil, [retentionModeKey]: mode } = metadata;
  return { what, keptUntil, mode: stricterMode(mode, "none"), foreign: foreignEnd(metadata, state) };
}

/** What the service shows of the end of a retention. */
export function shownEnd({ metadata }: Metadata): Pick<Observed, "keptUntil"> {
  const keptUntil = metadata?.[keptUntilKey];
  // Other tools may write a timestamp without its zone, which is UTC. What is no timestamp is for people to judge.
  const end = readEnd(keptUntil);
  const zoneless = !timestampField.safeParse(keptUntil).success && typeof end === "number";
  return defined({ keptUntil: zoneless ? isoTimestamp(end) : keptUntil });
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

/**
 * Whether it is certain that a snapshot's creation failed, so that nothing is there that could be kept: it was asked
 * for through this provider, whose mark it bears, and never got anywhere (contract, "Failed create"). What others bring
 * under Cinder's management stays at 0% too (contract, "Manage"), and so may what was ready once.
 */
export function wasNeverMade(
  { status, progress, metadata = {} }: SnapshotRow,
  prior: SnapshotState,
): boolean {
  const wasReady = normalStatus(prior.status) === "available";
  return normalStatus(status) === "error" && progress === "0%" && markKey in metadata && !wasReady;
}

/**
 * Lets a volume take its snapshots with it.
 *
 * @throws UserError that names the snapshots whose retention still runs
 */
export async function refuseCascadeOverKept(ctx: CinderContext, volume: VolumeRow): Promise<void> {
  const rows = await allOf(ctx, "snapshot", { volume_id: volume.id });
  if (rows.length === 0) return;
  const readings = await ctx.client.time.read(ctx.warn, ctx.signal);
  const kept = rows.flatMap((row) => {
    return wasNeverMade(row, {}) ? [] : (whyGuarded(keptByOthers(row), readings) ?? []);
  });
  if (kept.length === 0) return;
  throw new UserError(
    `${subject("volume", volume.id, volume.name).what} is not deleted with its snapshots, because some are still ` +
      `kept: ${kept.map(({ because, more }) => [because, ...more].join(". ")).join("; ")}. Delete those first, or wait.`,
  );
}
