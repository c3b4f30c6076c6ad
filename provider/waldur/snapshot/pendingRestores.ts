import { uuidIn } from "../../core/values";
import { isSettled } from "../states";
import { settled, type WaldurContext } from "../waits";
import type { WireSnapshot } from "../wire";

/** Deleting the snapshot under a pending restore is accepted by the server, and unsafe. @returns whether it waited */
export async function waitForRestores(ctx: WaldurContext, snapshot: WireSnapshot): Promise<boolean> {
  const pending = (snapshot.restorations ?? []).filter(({ volumeState }) => !isSettled(volumeState));
  for (const { volume } of pending) {
    const uuid = uuidIn(volume);
    if (uuid) await settled(ctx, { kind: "volume", uuid });
  }
  return pending.length > 0;
}
