import type { Restore } from "../model";
import type { TrilioWorld } from "../world";

/** Where a restore stands, as its fields tell it. */
interface Progress {
  /** 0 to 100; 100 after a failure too (contract 4). */
  percent: number;
  message: string | null;
  host: string;
  /** Bytes. */
  size: number;
  uploaded: number;
  seconds: number;
}

/** The status to show: a fault may disguise it, a cancel or a delete under way may have a name of its own. */
export function shownStatus(world: TrilioWorld, restore: Restore): string {
  if (restore.deletion === "done") return "deleted";
  if (restore.deletion === "running") return world.guesses.statusWhileDeleting;
  if (restore.status !== "restoring") return restore.status;
  const { disguise } = restore.trouble;
  if (disguise !== undefined && world.now() < restore.createdAt + disguise.seconds * 1000)
    return disguise.status;
  return restore.cancelling ? world.guesses.statusWhileCancelling : restore.status;
}

/** How far a running restore is, 0 to 99 percent. */
export function percentOf(world: TrilioWorld, restore: Restore): number {
  const part = (world.now() - restore.createdAt) / Math.max(1, restore.endsAt - restore.createdAt);
  return Math.max(0, Math.min(99, Math.floor(part * 100)));
}

function phase(restore: Restore, percent: number): string {
  const { length } = restore.planned;
  const instance = restore.planned[Math.min(length - 1, Math.floor((percent * length) / 100))];
  return instance === undefined ? "Restoring" : `Creating Instance: ${instance.name}`;
}

/** The progress of a restore at this moment. */
export function progressOf(world: TrilioWorld, restore: Restore): Progress {
  const { guesses } = world;
  const seconds = Math.round(((restore.finishedAt ?? world.now()) - restore.createdAt) / 1000);
  if (restore.status !== "restoring") {
    return {
      percent: restore.percent,
      message: restore.progressMessage,
      host: restore.host,
      size: restore.size,
      uploaded: restore.size,
      seconds: restore.finishedAt === null ? 0 : seconds,
    };
  }
  const percent = percentOf(world, restore);
  const started = percent > 0;
  const size = started && guesses.runningSize === "known" ? restore.size : 0;
  return {
    percent,
    message: started && guesses.runningMessages === "phases" ? phase(restore, percent) : null,
    host: started && guesses.runningHost === "set" ? restore.host : "",
    size,
    uploaded: Math.floor((size * percent) / 100),
    seconds: guesses.runningTime === "counts" ? seconds : 0,
  };
}
