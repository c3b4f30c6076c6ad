import { type Difference, type KeyChanges, sameString } from "../../core/resource/diff";
import { wireTimestamp } from "../../core/retention";
import { defined } from "../../core/values";
import { act } from "../act";
import { keptUntilKey, retentionModeKey, writeMetadata } from "../metadata";
import { type CinderContext, subject } from "../waits";
import type { WireSnapshot } from "../wire";

/**
 * Changes a snapshot in place: one PUT, then its metadata key by key, each only where something differs.
 *
 * @param now as it was just read, available
 * @param changes what differs
 * @param metadata which of the declared keys differ
 */
export async function writeSnapshot(
  ctx: CinderContext,
  now: WireSnapshot,
  changes: readonly Difference[],
  metadata: KeyChanges,
): Promise<void> {
  const { client, signal } = ctx;
  const on = subject("snapshot", now.id, now.name);
  const wanted = new Map(changes.map(({ property, wanted: value }) => [property, value]));
  const snapshot = defined({ name: wanted.get("name"), description: wanted.get("description") });
  if (Object.keys(snapshot).length > 0) {
    await act(ctx, {
      on,
      send: () => client.send("PUT", client.path("snapshot", now.id), { snapshot }, { signal }),
      happened: (after) =>
        after !== undefined &&
        (snapshot.name === undefined || sameString(after.name, snapshot.name)) &&
        (snapshot.description === undefined || sameString(after.description, snapshot.description)),
    });
  }
  const kept = keptChanges(now, wanted);
  await writeMetadata(ctx, on, {
    set: { ...metadata.set, ...kept.set },
    drop: [...metadata.drop, ...kept.drop],
  });
}

/** The retention's part of the metadata: an end or a mode that is not declared any more is taken out. */
function keptChanges(now: WireSnapshot, wanted: ReadonlyMap<string, unknown>): KeyChanges {
  const set: Record<string, unknown> = {};
  const drop: string[] = [];
  const put = (key: string, value: unknown) => {
    if (value !== null && value !== "none") set[key] = value;
    else if (key in (now.metadata ?? {})) drop.push(key);
  };
  if (wanted.has("keptUntil")) put(keptUntilKey, wireTimestamp(wanted.get("keptUntil")));
  if (wanted.has("retentionMode")) put(retentionModeKey, wanted.get("retentionMode"));
  return { set, drop };
}
