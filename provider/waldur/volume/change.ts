import { UserError } from "../../core/errors";
import { subject } from "../../core/resource/object";
import { bodyOf } from "../../core/resource/requestBody";
import { actOn, type WaldurContext, type WaldurWrite, waldurObjects } from "../object";
import { sameReference } from "../references";
import type { WireVolume } from "../wire";
import { patchVolume, withoutBootable } from "./bootable";
import { volumeTable } from "./schema";
import { typeUrl } from "./types";

/**
 * Changes a volume in place: extend, then retype, then one PATCH, each only where it is asked for, each waited for until
 * the volume is OK again (contract, "PATCH/PUT volume", "extend", "retype"). Waldur grows and retypes no volume that is
 * bootable, so that comes last, and is taken away meanwhile from one that has it.
 *
 * @param values new values by argument; what is absent stays
 * @param declared whether the program says that it is bootable
 * @throws UserError where it is bootable, grows or gets another type, and nothing says that it is to be so
 */
export async function changeVolume(
  ctx: WaldurContext,
  now: WireVolume,
  values: Record<string, unknown>,
  declared?: boolean,
): Promise<void> {
  const on = subject("volume", now.uuid, now.name, { project: now.projectId });
  const write = async (
    operation: string,
    request: WaldurWrite,
    happened: (volume: WireVolume) => boolean,
  ): Promise<void> => {
    // New values show at once, before the cycle is over, so they tell whether a lost answer was a yes.
    await actOn(ctx, on, request, (after) => after !== undefined && happened(after));
    await waldurObjects.waitReady(ctx, on, { operation });
  };
  const extend = () =>
    write(
      "extend",
      { method: "POST", action: "extend", body: { disk_size: values.size }, instance: now.instanceId },
      (after) => after.size === values.size,
    );
  const retype = async () => {
    const type = await typeUrl(ctx, String(values.volumeType), now.tenantUuid);
    const retyped = (after: WireVolume) => sameReference(after.volumeTypeId, type);
    await write("retype", { method: "POST", action: "retype", body: { type } }, retyped);
  };

  const body = bodyOf(volumeTable.fields, values, "change");
  const [grows, changesType] = [values.size !== undefined, typeof values.volumeType === "string"];
  if (!grows && !changesType) return patchVolume(ctx, on, body);
  const change = async () => {
    if (grows) await extend();
    if (changesType) await retype();
  };
  if (!now.bootable) {
    await change();
    return patchVolume(ctx, on, body);
  }
  if (values.bootable === false) {
    await patchVolume(ctx, on, body);
    return change();
  }
  if (!declared) throw mustDeclareBootable(on.what);
  await withoutBootable(ctx, on, now, change, body);
}

function mustDeclareBootable(what: string): UserError {
  return new UserError(
    `${what} is bootable, and Waldur changes the size and the type only of volumes that are not. Declare ` +
      "bootable: true, and it is taken away while the volume changes and then set again; or declare bootable: false.",
    "bootable",
  );
}
