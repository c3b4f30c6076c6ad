import { UserError } from "../../core/errors";
import { shows } from "../../core/resource/diff";
import type { Subject } from "../../core/resource/object";
import { actOn, type WaldurContext, waldurObjects } from "../object";
import type { WireVolume } from "../wire";
import { volumeTable } from "./schema";

/** Devices from which instances boot. */
const rootDevice = /^\/dev\/(vd|sd|xvd|hd)a$/;

/** Sends one PATCH, where there is anything to say, and waits until the volume is OK again. */
export async function patchVolume(
  ctx: WaldurContext,
  on: Subject<"volume">,
  body: Record<string, unknown>,
): Promise<void> {
  if (Object.keys(body).length === 0) return;
  // New values show at once, before the cycle is over, so they tell whether a lost answer was a yes.
  await actOn(ctx, on, { method: "PATCH", body }, (after) => {
    return after !== undefined && shows(volumeTable.rules, { ...after }, body);
  });
  await waldurObjects.waitReady(ctx, on, { operation: "update" });
}

/**
 * Does with a bootable volume what Waldur does only with one that is not: 409 "Volume cannot be bootable." is its answer
 * to an extension, a retype or a detachment (contract, "extend"). Should the run end in between, the next one finds the
 * volume not as it is declared, and sets it again.
 *
 * @param volume as it was just read
 * @param body what else is to be changed afterwards
 * @throws UserError for the disk that an instance boots from, which is left alone
 */
export async function withoutBootable(
  ctx: WaldurContext,
  on: Subject<"volume">,
  volume: WireVolume,
  change: () => Promise<void>,
  body: Record<string, unknown> = {},
): Promise<void> {
  if (volume.instanceId !== undefined && rootDevice.test(volume.device ?? "")) {
    throw new UserError(
      `${on.what} is the disk from which instance "${volume.instanceName ?? ""}" boots (${volume.device}): Waldur ` +
        "neither changes nor detaches it while it is attached",
    );
  }
  await patchVolume(ctx, on, { bootable: false });
  try {
    await change();
  } catch (error) {
    // A change that failed may leave a volume that takes no PATCH either; its own error says more.
    await patchVolume(ctx, on, { bootable: true }).catch(() => undefined);
    throw error;
  }
  await patchVolume(ctx, on, { ...body, bootable: true });
}
