import { storedSnapshot } from "./snapshot/lifecycle";
import { fail } from "./storage/object";
import { pull, startDeletion } from "./storage/operations";
import type { PeriodicJobs, World } from "./world";

/** The error of a snapshot that the hourly pull does not find in the cloud (contract "by itself"). */
const missingAtBackend = "does not exist at backend";

/**
 * The hourly pull: every settled snapshot gets the cloud's name, description, size, runtime state and (empty)
 * metadata; one that the cloud does not have turns Erred. `kept_until` survives (contract "by itself").
 */
function hourlyPull(world: World): void {
  for (const snapshot of world.snapshots.values()) {
    if (snapshot.state !== "OK" && snapshot.state !== "Erred") continue;
    if (snapshot.backendId === null) continue;
    const object = storedSnapshot(world, snapshot);
    if (!pull(object)) fail(object, missingAtBackend);
  }
}

/** The removal of snapshots whose `kept_until` has passed, every ten minutes; only settled ones (contract "by itself"). */
function removeExpired(world: World): void {
  for (const snapshot of [...world.snapshots.values()]) {
    if (snapshot.state !== "OK" || snapshot.keptUntil === null) continue;
    if (Date.parse(snapshot.keptUntil) <= world.now()) startDeletion(storedSnapshot(world, snapshot));
  }
}

/** The jobs of a real server. */
export const periodicJobs: PeriodicJobs = { hourlyPull, removeExpired };
