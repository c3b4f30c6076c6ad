import { act } from "../act";
import { sameReference } from "../references";
import { subject, type WaldurContext, waitOk } from "../waits";
import type { WireVolume } from "../wire";
import { typeUrl } from "./types";

/** New values of a volume, by argument; what is absent stays. */
export interface VolumeChange {
  name?: unknown;
  description?: unknown;
  bootable?: unknown;
  /** MiB, at least 1024 more than now. */
  size?: unknown;
  /** UUID, URL or exact name. */
  type?: unknown;
}

/**
 * Changes a volume in place: one PATCH, then extend, then retype, each only where it is asked for, each waited
 * for until the volume is OK again (contract, "PATCH/PUT volume", "extend", "retype").
 */
export async function changeVolume(ctx: WaldurContext, now: WireVolume, change: VolumeChange): Promise<void> {
  const on = subject("volume", now.uuid, now.name);
  const write = async (
    operation: string,
    send: () => Promise<unknown>,
    happened: (volume: WireVolume) => boolean,
  ): Promise<void> => {
    // New values show at once, before the cycle is over, so they tell whether a lost answer was a yes.
    await act(ctx, { on, send, happened: (after) => after !== undefined && happened(after as WireVolume) });
    await waitOk(ctx, on, operation);
  };
  const path = (action?: string) => ctx.client.path("openstack-volumes", now.uuid, action);

  const plain = (["name", "description", "bootable"] as const).filter((key) => change[key] !== undefined);
  if (plain.length > 0) {
    const body = Object.fromEntries(plain.map((key) => [key, change[key]]));
    await write(
      "update",
      () => ctx.client.send("PATCH", path(), body, ctx.signal),
      (after) => plain.every((key) => String(after[key] ?? "").trim() === String(body[key]).trim()),
    );
  }
  if (change.size !== undefined) {
    const body = { disk_size: change.size };
    await write(
      "extend",
      () => ctx.client.send("POST", path("extend"), body, ctx.signal),
      (after) => after.size === change.size,
    );
  }
  if (typeof change.type === "string") {
    const type = await typeUrl(ctx, change.type, now.tenantUuid);
    await write(
      "retype",
      () => ctx.client.send("POST", path("retype"), { type }, ctx.signal),
      (after) => sameReference(after.type, type),
    );
  }
}
