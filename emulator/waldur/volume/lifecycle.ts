import { newBackendId } from "../../ids";
import { cloudFailure, cloudSize, notFoundInCloud, overLimit, triggers } from "../cloud";
import type { ResourceState, Volume } from "../model";
import { bookQuotas, typeOf, volumeDemand } from "../quotas";
import { followVolume } from "../resource/follow";
import { provisioningIsFull, startPlan, traceback } from "../tasks";
import type { World } from "../world";

/** How long a state lasts that the recorder's polls (every 0.2 s) mostly missed, in seconds. */
export const moment = 0.15;

/** What an order wants to hear about its volume. */
export interface Outcome {
  done(): void;
  /** `late`: the message reaches the order only a moment after its state (recordings 15, 23). */
  erred(message: string, late: boolean): void;
}

/** Ends a task with `Erred`; an empty message leaves no traceback either (recording 09). */
export function errVolume(
  world: World,
  volume: Volume,
  message: string,
  resourceState: ResourceState = "Erred",
): void {
  world.touch(volume, {
    state: "Erred",
    errorMessage: message,
    errorTraceback: message === "" ? volume.errorTraceback : traceback,
    action: "",
    actionDetails: {},
  });
  followVolume(world, volume, resourceState);
}

/** Ends a task with `OK`. */
export function settleVolume(world: World, volume: Volume): void {
  world.touch(volume, { state: "OK", action: "", actionDetails: {} });
  followVolume(world, volume, "OK");
}

function addToCloud(world: World, volume: Volume, broken: boolean): void {
  volume.backendId = newBackendId();
  world.cloud.volumes.set(volume.backendId, {
    name: volume.name,
    description: volume.description,
    size: cloudSize(volume.size),
    status: broken ? "error" : "available",
  });
}

/** Creation Scheduled -> Creating -> OK for a volume that an order or a restore made (recordings 09, 15, 22). */
export function startVolumeCreation(world: World, volume: Volume, outcome: Outcome | undefined): void {
  const wait = world.rules.countdowns;
  const restored = outcome === undefined;
  const snapshot =
    volume.sourceSnapshotUuid === null ? undefined : world.snapshots.get(volume.sourceSnapshotUuid);
  const fail = (message: string, late = false): void => {
    errVolume(world, volume, message);
    outcome?.erred(message, late);
  };
  // A failed restore has no error message (recording 09), unlike a failed order.
  const lost = (): boolean => restored && !world.cloud.snapshots.has(snapshot?.backendId ?? "");
  let refused = false;
  const poll = wait.volumePoll + (triggers(volume.name, "SLOW") ? wait.slow : 0);
  const tenant = world.tenants.get(volume.tenantUuid);
  if (tenant !== undefined) bookQuotas(tenant, volumeDemand(volume.size, typeOf(world, volume.typeUuid)));
  startPlan(
    world,
    volume.uuid,
    "volume",
    [
      {
        after: wait.start,
        run: () => {
          if (provisioningIsFull(world, "volume")) return wait.throttleRetry;
          refused = triggers(volume.name, "FAIL") || lost();
          if (refused && !restored) {
            fail(overLimit, true);
            return "end";
          }
          world.touch(volume, { state: "Creating" });
          if (!refused) {
            volume.runtimeState = "creating";
            addToCloud(world, volume, triggers(volume.name, "FAIL_ASYNC"));
          }
          followVolume(world, volume);
          if (refused) {
            world.after(0.1, () => followVolume(world, volume, "Erred"));
            world.after(0.3, () => errVolume(world, volume, ""));
            return "end";
          }
          return undefined;
        },
      },
      {
        after: poll,
        run: () => {
          if (triggers(volume.name, "FAIL_ASYNC")) {
            volume.runtimeState = "error";
            fail(restored ? "" : `Volume (PK: ${volume.pk}) runtime state become erred: error`);
            return "end";
          }
          // Only a restored volume is pulled at the end of its creation (recordings 09, 15).
          world.touch(volume, { runtimeState: "available", ...(restored ? { metadata: {} } : {}) });
          followVolume(world, volume, "OK");
          return undefined;
        },
      },
      {
        after: wait.settle,
        run: () => {
          settleVolume(world, volume);
          outcome?.done();
        },
      },
    ],
    fail,
  );
}

/** Update Scheduled -> Updating -> OK; only a changed name or description goes to the cloud (recording 11). */
export function startVolumeUpdate(world: World, volume: Volume, inCloud: boolean): void {
  const wait = world.rules.countdowns;
  world.touch(volume, { state: "Update Scheduled", errorMessage: "" });
  followVolume(world, volume);
  const object = (): ReturnType<typeof world.cloud.volumes.get> =>
    world.cloud.volumes.get(volume.backendId ?? "");
  const fails = inCloud && (object() === undefined || triggers(volume.name, "FAIL_UPDATE"));
  const fail = (message: string): void => errVolume(world, volume, message);
  startPlan(
    world,
    volume.uuid,
    "volume",
    [
      { after: wait.start, run: () => void world.touch(volume, { state: "Updating" }) },
      {
        after: inCloud && !fails ? wait.cloud : moment,
        run: () => {
          const there = object();
          if (inCloud && there === undefined) return fail(notFoundInCloud);
          if (fails) return fail(cloudFailure("UPDATE"));
          if (there !== undefined)
            Object.assign(there, { name: volume.name, description: volume.description });
          settleVolume(world, volume);
        },
      },
    ],
    fail,
  );
}

/** Deletion Scheduled -> Deleting -> gone (recording 16). A failed one leaves its resource OK. */
export function startVolumeDeletion(world: World, volume: Volume, outcome: Outcome): void {
  const wait = world.rules.countdowns;
  const backendId = volume.backendId ?? "";
  world.touch(volume, { state: "Deletion Scheduled", errorMessage: "" });
  followVolume(world, volume, "Terminating");
  const fail = (message: string): void => {
    errVolume(world, volume, message, "OK");
    // The order of a failed termination has no message (recordings 16, 23).
    outcome.erred("", false);
  };
  const drop = (): void => {
    const tenant = world.tenants.get(volume.tenantUuid);
    if (tenant !== undefined && backendId !== "") {
      bookQuotas(tenant, volumeDemand(volume.size, typeOf(world, volume.typeUuid)), -1);
    }
    world.cloud.volumes.delete(backendId);
    world.dropVolume(volume.uuid);
    world.after(moment, () => outcome.done());
  };
  const fails = triggers(volume.name, "FAIL_DELETE");
  startPlan(
    world,
    volume.uuid,
    "volume",
    [
      {
        after: wait.start,
        run: () => {
          if (!world.cloud.volumes.has(backendId)) {
            drop();
            return "end";
          }
          world.touch(volume, { state: "Deleting" });
          return undefined;
        },
      },
      { after: fails ? moment : wait.poll, run: () => (fails ? fail(cloudFailure("DELETE")) : drop()) },
    ],
    fail,
  );
}

/** Update Scheduled with `action: "Pull"` -> Updating -> OK; heals an Erred volume (recordings 10, 18). */
export function startVolumePull(world: World, volume: Volume): void {
  const wait = world.rules.countdowns;
  world.touch(volume, { state: "Update Scheduled", action: "Pull", actionDetails: {}, errorMessage: "" });
  followVolume(world, volume);
  const fail = (message: string): void => errVolume(world, volume, message);
  startPlan(
    world,
    volume.uuid,
    "volume",
    [
      { after: wait.start, run: () => void world.touch(volume, { state: "Updating" }) },
      {
        after: moment,
        run: () => (pullVolume(world, volume) ? settleVolume(world, volume) : fail(notFoundInCloud)),
      },
    ],
    fail,
  );
}

/** Overwrites the record with the cloud's (recording 12: the size too). False: it is not there. */
function pullVolume(world: World, volume: Volume): boolean {
  const object = world.cloud.volumes.get(volume.backendId ?? "");
  if (object === undefined) return false;
  world.touch(volume, {
    name: object.name,
    description: object.description,
    size: object.size,
    runtimeState: object.status,
    metadata: {},
  });
  return true;
}
