import type { Snapshot } from "../model";
import { snapshotDemand } from "../quotas";
import { startCreation } from "../storage/create";
import { fail, moment, type StorageObject } from "../storage/object";
import { startPull } from "../storage/operations";
import type { World } from "../world";

/** The 2024 server's bug in pulling snapshots (recordings 07, 10). */
const pullBug = "'str' object has no attribute 'tenant'";

/** A snapshot for what it shares with volumes; the marketplace does not know it. */
export function storedSnapshot(world: World, row: Snapshot): StorageObject<Snapshot> {
  return {
    world,
    row,
    kind: "snapshot",
    inCloud: world.cloud.snapshots,
    demand: () => snapshotDemand(row.size),
    follow: () => undefined,
    drop: () => world.dropSnapshot(row.uuid),
  };
}

/** Creation Scheduled -> Creating -> OK (recording 07). */
export function startSnapshotCreation(world: World, snapshot: Snapshot): void {
  const object = storedSnapshot(world, snapshot);
  startCreation(object, {
    poll: world.rules.countdowns.snapshotPoll,
    settle: moment,
    fail: (message) => fail(object, message),
  });
}

/** Pulls a snapshot, which fails on a server with the bug (recordings 10, 22). */
export function startSnapshotPull(world: World, snapshot: Snapshot): void {
  startPull(storedSnapshot(world, snapshot), world.rules.snapshotPullWorks ? undefined : pullBug);
}
