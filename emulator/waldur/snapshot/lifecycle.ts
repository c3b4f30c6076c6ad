import { newBackendId } from "../../ids";
import { cloudFailure, cloudSize, notFoundInCloud, overLimit, triggers } from "../cloud";
import type { Snapshot, Volume } from "../model";
import { bookQuotas, snapshotDemand } from "../quotas";
import { provisioningIsFull, startPlan, traceback } from "../tasks";
import type { World } from "../world";

/** How long a state lasts that the recorder's polls (every 0.2 s) mostly missed, in seconds. */
const moment = 0.15;

/** The 2024 server's bug in pulling snapshots (recordings 07, 10). */
const pullBug = "'str' object has no attribute 'tenant'";

function err(world: World, snapshot: Snapshot, message: string): void {
  world.touch(snapshot, {
    state: "Erred",
    errorMessage: message,
    errorTraceback: traceback,
    action: "",
    actionDetails: {},
  });
}

/** Creation Scheduled -> Creating -> OK, or Erred at once (`FAIL`) or at the poll (`FAIL_ASYNC`) (recording 07). */
export function startSnapshotCreation(world: World, snapshot: Snapshot, volume: Volume): void {
  const wait = world.rules.countdowns;
  const poll = wait.snapshotPoll + (triggers(snapshot.name, "SLOW") ? wait.slow : 0);
  const fail = (message: string): void => err(world, snapshot, message);
  const steps = [
    {
      after: wait.start,
      run: () => {
        if (provisioningIsFull(world, "snapshot")) return wait.throttleRetry;
        if (triggers(snapshot.name, "FAIL")) {
          fail(overLimit);
          return "end" as const;
        }
        const backendId = newBackendId();
        world.cloud.snapshots.set(backendId, {
          name: snapshot.name,
          description: snapshot.description,
          size: cloudSize(snapshot.size),
          status: triggers(snapshot.name, "FAIL_ASYNC") ? "error" : "available",
        });
        world.touch(snapshot, { state: "Creating", runtimeState: "creating", backendId });
        return undefined;
      },
    },
    {
      after: poll,
      run: () => {
        if (triggers(snapshot.name, "FAIL_ASYNC")) {
          snapshot.runtimeState = "error";
          fail(`Snapshot (PK: ${snapshot.pk}) runtime state become erred: error`);
          return "end" as const;
        }
        world.touch(snapshot, { runtimeState: "available" });
        return undefined;
      },
    },
    { after: moment, run: () => void world.touch(snapshot, { state: "OK" }) },
  ];
  const tenant = world.tenants.get(volume.tenantUuid);
  if (tenant !== undefined) bookQuotas(tenant, snapshotDemand(snapshot.size));
  startPlan(world, snapshot.uuid, "snapshot", steps, fail);
}

/**
 * Update Scheduled -> Updating -> OK. Only a changed name or description goes to the cloud; anything else is over
 * in a moment (recording 08).
 */
export function startSnapshotUpdate(world: World, snapshot: Snapshot, inCloud: boolean): void {
  const wait = world.rules.countdowns;
  world.touch(snapshot, { state: "Update Scheduled", errorMessage: "" });
  const fail = (message: string): void => err(world, snapshot, message);
  const object = (): ReturnType<typeof world.cloud.snapshots.get> =>
    world.cloud.snapshots.get(snapshot.backendId ?? "");
  const fails = inCloud && (object() === undefined || triggers(snapshot.name, "FAIL_UPDATE"));
  startPlan(
    world,
    snapshot.uuid,
    "snapshot",
    [
      { after: wait.start, run: () => void world.touch(snapshot, { state: "Updating" }) },
      {
        after: inCloud && !fails ? wait.cloud : moment,
        run: () => {
          const there = object();
          if (inCloud && there === undefined) return fail(notFoundInCloud);
          if (fails) return fail(cloudFailure("UPDATE"));
          if (there !== undefined)
            Object.assign(there, { name: snapshot.name, description: snapshot.description });
          world.touch(snapshot, { state: "OK" });
        },
      },
    ],
    fail,
  );
}

/** Deletion Scheduled -> Deleting -> gone; at once when the cloud has nothing to delete (recordings 07, 18). */
export function startSnapshotDeletion(world: World, snapshot: Snapshot): void {
  const wait = world.rules.countdowns;
  world.touch(snapshot, { state: "Deletion Scheduled", errorMessage: "" });
  const fail = (message: string): void => err(world, snapshot, message);
  const backendId = snapshot.backendId ?? "";
  const drop = (): void => {
    // What never reached the cloud is not given back to the quota (recording 15: 23 booked, 20 left).
    const tenant = world.tenants.get(snapshot.tenantUuid);
    if (tenant !== undefined && backendId !== "") bookQuotas(tenant, snapshotDemand(snapshot.size), -1);
    world.cloud.snapshots.delete(backendId);
    world.dropSnapshot(snapshot.uuid);
  };
  const fails = triggers(snapshot.name, "FAIL_DELETE");
  startPlan(
    world,
    snapshot.uuid,
    "snapshot",
    [
      {
        after: wait.start,
        run: () => {
          if (!world.cloud.snapshots.has(backendId)) {
            drop();
            return "end" as const;
          }
          world.touch(snapshot, { state: "Deleting" });
          return undefined;
        },
      },
      { after: fails ? moment : wait.poll, run: () => (fails ? fail(cloudFailure("DELETE")) : drop()) },
    ],
    fail,
  );
}

/** Update Scheduled with `action: "Pull"` -> Updating -> OK, or Erred on a server with the pull bug (recordings 10, 22). */
export function startSnapshotPull(world: World, snapshot: Snapshot): void {
  const wait = world.rules.countdowns;
  world.touch(snapshot, { state: "Update Scheduled", action: "Pull", actionDetails: {}, errorMessage: "" });
  const fail = (message: string): void => err(world, snapshot, message);
  startPlan(
    world,
    snapshot.uuid,
    "snapshot",
    [
      { after: wait.start, run: () => void world.touch(snapshot, { state: "Updating" }) },
      {
        after: moment,
        run: () => {
          if (!world.rules.snapshotPullWorks) return fail(pullBug);
          if (!pullSnapshot(world, snapshot)) return fail(notFoundInCloud);
          world.touch(snapshot, { state: "OK", action: "" });
        },
      },
    ],
    fail,
  );
}

/** Overwrites the record with the cloud's; metadata is never sent there, so it comes back empty. False: not there. */
export function pullSnapshot(world: World, snapshot: Snapshot): boolean {
  const object = world.cloud.snapshots.get(snapshot.backendId ?? "");
  if (object === undefined) return false;
  world.touch(snapshot, {
    name: object.name,
    description: object.description,
    size: object.size,
    runtimeState: object.status,
    metadata: {},
  });
  return true;
}
