import { type WaldurContext, waldurObjects } from "../object";
import { seenOf } from "../states";
import type { SnapshotRow } from "./schema";

/** Deleting the snapshot under a pending restore is accepted by the server, and unsafe. @returns whether it waited */
export async function waitForRestores(ctx: WaldurContext, snapshot: SnapshotRow): Promise<boolean> {
  const pending = (snapshot.restorations ?? []).filter(
    ({ volumeState }) => seenOf({ state: volumeState }).meaning === "working",
  );
  for (const { volumeId: id } of pending) {
    if (id) await waldurObjects.settled(ctx, { kind: "volume", id });
  }
  return pending.length > 0;
}
