import { overLimit } from "../cloud";
import type { Volume } from "../model";
import { typeOf, volumeDemand } from "../quotas";
import { followVolume } from "../resource/follow";
import { startCreation } from "../storage/create";
import { fail, type StorageObject } from "../storage/object";
import type { Outcome } from "../storage/operations";
import type { World } from "../world";

/** A volume for what it shares with snapshots. */
export function storedVolume(world: World, row: Volume): StorageObject<Volume> {
  return {
    world,
    row,
    kind: "volume",
    inCloud: world.cloud.volumes,
    demand: () => volumeDemand(row.size, typeOf(world, row.typeUuid)),
    follow: (state) => followVolume(world, row, state),
    drop: () => world.dropVolume(row.uuid),
  };
}

/** Creation Scheduled -> Creating -> OK of a volume that an order made (recordings 15, 22). */
export function startOrderedVolume(world: World, volume: Volume, outcome: Outcome): void {
  const object = storedVolume(world, volume);
  const failed = (message: string, late = false): void => {
    fail(object, message);
    outcome.erred(message, late);
  };
  startCreation(object, {
    poll: world.rules.countdowns.volumePoll,
    settle: world.rules.countdowns.settle,
    fail: failed,
    refuse: () => failed(overLimit, true),
    done: () => outcome.done(),
  });
}

/** The same of a volume that is restored from a snapshot; what fails has no message (recording 09). */
export function startRestoredVolume(world: World, volume: Volume): void {
  const object = storedVolume(world, volume);
  const source = world.snapshots.get(volume.sourceSnapshotUuid ?? "");
  startCreation(object, {
    poll: world.rules.countdowns.volumePoll,
    settle: world.rules.countdowns.settle,
    fail: (message) => fail(object, message),
    silent: true,
    refused: () => !world.cloud.snapshots.has(source?.backendId ?? ""),
    refuse: () => {
      world.touch(volume, { state: "Creating" });
      object.follow();
      world.after(0.1, () => object.follow("Erred"));
      world.after(0.3, () => fail(object, ""));
    },
    // Only a restored volume is pulled at the end of its creation (recordings 09, 15).
    available: { metadata: {} },
  });
}
