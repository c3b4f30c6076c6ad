import { type KeyChanges, keyChanges, shows } from "../../core/resource/diff";
import type { Properties } from "../../core/resource/lifecycle";
import { subject } from "../../core/resource/object";
import { bodyOf } from "../../core/resource/requestBody";
import { wireTimestamp } from "../../core/retention";
import { keptUntilKey, retentionModeKey } from "../metadata";
import { writeMetadata } from "../metadataChange";
import { actOn, type CinderContext } from "../object";
import { type SnapshotRow, type SnapshotState, snapshotTable } from "./schema";

/**
 * Changes a snapshot in place: one PUT, then its metadata key by key, each only where something differs.
 *
 * @param now as it was just read, available
 * @param values new values by argument; what is absent stays
 * @param before what it shows, with what only the state knows
 * @param news the arguments
 */
export async function changeSnapshot(
  ctx: CinderContext,
  now: SnapshotRow,
  values: Properties,
  before: SnapshotState,
  news: Properties,
): Promise<void> {
  const on = subject("snapshot", now.id, now.name);
  const body = bodyOf(snapshotTable.fields, values, "change");
  if (Object.keys(body).length > 0) {
    const put = { method: "PUT", body: { snapshot: body } } as const;
    await actOn(ctx, on, put, (after) => {
      return after !== undefined && shows(snapshotTable.rules, { ...after }, body);
    });
  }
  const keys = keyChanges("metadata", before, news);
  const kept = keptChanges(now, values);
  await writeMetadata(ctx, on, {
    set: { ...keys.set, ...kept.set },
    drop: [...keys.drop, ...kept.drop],
  });
}

/** The retention's part of the metadata: an end or a mode that is not declared any more is taken out. */
function keptChanges(now: SnapshotRow, { keptUntil, retentionMode }: Properties): KeyChanges {
  const wanted = { [keptUntilKey]: wireTimestamp(keptUntil), [retentionModeKey]: retentionMode };
  const changed = Object.entries(wanted).filter(([, value]) => value !== undefined);
  const isNone = (value: unknown) => value === null || value === "none";
  return {
    set: Object.fromEntries(changed.filter(([, value]) => !isNone(value))),
    drop: changed
      .filter(([key, value]) => isNone(value) && Object.hasOwn(now.metadata ?? {}, key))
      .map(([key]) => key),
  };
}
