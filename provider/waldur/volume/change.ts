import { shows } from "../../core/resource/diff";
import { bodyOf } from "../../core/resource/field";
import { subject } from "../../core/resource/object";
import { actOn, type WaldurContext, waldurObjects } from "../object";
import { sameReference } from "../references";
import type { WireVolume } from "../wire";
import { volumeTable } from "./schema";
import { typeUrl } from "./types";

/**
 * Changes a volume in place: one PATCH, then extend, then retype, each only where it is asked for, each waited
 * for until the volume is OK again (contract, "PATCH/PUT volume", "extend", "retype").
 *
 * @param values new values by argument; what is absent stays
 */
export async function changeVolume(
  ctx: WaldurContext,
  now: WireVolume,
  values: Record<string, unknown>,
): Promise<void> {
  const on = subject("volume", now.uuid, now.name);
  const write = async (
    operation: string,
    request: { method: "POST" | "PATCH"; action?: string; body: unknown },
    happened: (volume: WireVolume) => boolean,
  ): Promise<void> => {
    // New values show at once, before the cycle is over, so they tell whether a lost answer was a yes.
    await actOn(ctx, on, request, (after) => after !== undefined && happened(after));
    await waldurObjects.waitReady(ctx, on, { operation });
  };

  const body = bodyOf(volumeTable.fields, values, "change");
  if (Object.keys(body).length > 0) {
    await write("update", { method: "PATCH", body }, (after) => shows(volumeTable.rules, { ...after }, body));
  }
  if (values.size !== undefined) {
    const extend = { method: "POST", action: "extend", body: { disk_size: values.size } } as const;
    await write("extend", extend, (after) => after.size === values.size);
  }
  if (typeof values.type === "string") {
    const type = await typeUrl(ctx, values.type, now.tenantUuid);
    const retype = { method: "POST", action: "retype", body: { type } } as const;
    await write("retype", retype, (after) => sameReference(after.type, type));
  }
}
