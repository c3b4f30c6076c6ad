import { randomUUID } from "node:crypto";
import { TrilioRefusal } from "../api/errors";
import type { Restore, RestoreTrouble } from "../model";
import type { TrilioWorld } from "../world";
import { percentOf } from "./progress";

const kindNames = { oneclick: "Oneclick", selective: "Selective", inplace: "Inplace" };

function isRunning(restore: Restore): boolean {
  return restore.status === "restoring";
}

function wrongState(world: TrilioWorld, message: string): TrilioRefusal {
  return new TrilioRefusal(world.guesses.badStateStatus, message);
}

/** Sets a restore going that was just put into the world. */
export function startRestore(world: TrilioWorld, restore: Restore): void {
  const { durations, speed } = world.settings;
  const { failWith, factor = 1, stuck } = restore.trouble;
  const seconds = (failWith === undefined ? durations.restore : durations.failure) * factor;
  restore.endsAt = restore.createdAt + (seconds * 1000) / speed;
  if (stuck) return;
  world.after(seconds, () => {
    if (restore.cancelling) return;
    end(world, restore, failWith === undefined ? "available" : "error");
  });
}

/** Ends a running restore; whoever comes second, a cancel or the end itself, finds nothing left to do. */
function end(world: TrilioWorld, restore: Restore, status: "available" | "error" | "cancelled"): void {
  if (!isRunning(restore) || world.restores.get(restore.id) !== restore) return;
  const { guesses } = world;
  const percent = percentOf(world, restore);
  const cancelled = status === "cancelled";
  restore.percent = cancelled && guesses.cancelledPercent === "kept" ? percent : 100;
  restore.finishedAt = cancelled && guesses.cancelledFinishedAt === "null" ? null : world.now();
  restore.progressMessage = status === "available" ? "Restore from snapshot is complete" : "";
  restore.warningMessage = restore.trouble.failWith?.warning ?? null;
  if (status === "error") restore.errorMessage = restore.trouble.failWith?.message ?? null;
  if (cancelled) restore.errorMessage = guesses.cancelledMessage === "" ? null : guesses.cancelledMessage;
  restore.status = status;
  restore.cancelling = false;
  make(world, restore);
  if (!cancelled) measure(world, restore);
  touchSnapshot(world, restore);
}

/** Puts what the restore made into the world, where it stays whatever happens to the record. */
function make(world: TrilioWorld, restore: Restore): void {
  const made = restore.status === "available" ? restore.planned : restore.planned.slice(0, 1);
  if (restore.status !== "available" && world.guesses.failedInstances === "none") return;
  restore.instances = made;
  for (const instance of made) {
    world.liveInstances.add(instance.id);
    world.restoredInstances.push({ ...instance, restoreId: restore.id });
  }
  if (restore.status !== "available") return;
  for (const volumeId of restore.overwrites) {
    world.overwrittenVolumes.push({ volumeId, restoreId: restore.id });
  }
}

/** The rows of metadata that an ended restore has in the list (contract 4). */
function measure(world: TrilioWorld, restore: Restore): void {
  const rows = [
    { key: "data_transfer_time", value: "0" },
    { key: "object_store_transfer_time", value: "0" },
  ];
  if (restore.kind === "oneclick" || world.guesses.kindInMetadata) {
    rows.push({ key: "restore_user_selected_value", value: `${kindNames[restore.kind]} Restore` });
  }
  restore.metadata = rows.map((row) => ({ id: randomUUID(), createdAt: world.now(), ...row }));
}

/** A snapshot keeps the last message of its restore, and is touched 2 s after the end (contract 5). */
function touchSnapshot(world: TrilioWorld, restore: Restore): void {
  const snapshot = world.snapshots.get(restore.snapshotId);
  if (snapshot === undefined) return;
  const last = restore.planned.at(-1);
  if (last !== undefined) snapshot.progressMessage = `Creating Instance: ${last.name}`;
  snapshot.updatedAt = world.now() + 2000 / world.settings.speed;
}

/**
 * Asks for an end: answered at once, done later (contract 5).
 * @throws TrilioRefusal when the restore has ended and the guess says that this is refused
 */
export function cancelRestore(world: TrilioWorld, restore: Restore, trouble: RestoreTrouble): void {
  if (!isRunning(restore)) {
    if (world.guesses.cancelSettled === "ignored") return;
    throw wrongState(world, `Restore ${restore.id} is ${restore.status} and cannot be cancelled.`);
  }
  if (restore.cancelling || trouble.deafToCancel) return;
  restore.cancelling = true;
  if (trouble.stuck) return;
  world.after(world.guesses.cancelSeconds * (trouble.factor ?? 1), () => end(world, restore, "cancelled"));
}

/**
 * Deletes the record, now or later; what was restored stays (contract 5).
 * @param seconds until it is gone, when a fault says so
 * @throws TrilioRefusal while it runs, unless the guess says otherwise
 */
export function deleteRestore(world: TrilioWorld, restore: Restore, seconds: number | undefined): void {
  if (restore.deletion !== "none") return;
  const { deleteRunning, deleteSeconds } = world.guesses;
  let before = 0;
  if (isRunning(restore)) {
    if (deleteRunning === "refused") {
      throw wrongState(world, `Restore ${restore.id} is ${restore.status} and cannot be deleted.`);
    }
    if (deleteRunning === "cancels") {
      cancelRestore(world, restore, {});
      before = world.guesses.cancelSeconds;
    }
  }
  const wait = before + (seconds ?? deleteSeconds);
  restore.deletion = "running";
  if (wait === 0) remove(world, restore);
  else world.after(wait, () => remove(world, restore));
}

function remove(world: TrilioWorld, restore: Restore): void {
  restore.deletion = "done";
  restore.status = "deleted";
  const { showAfterDelete, listAfterDelete } = world.guesses;
  if (showAfterDelete === 404 && listAfterDelete === "left out") world.restores.delete(restore.id);
}
