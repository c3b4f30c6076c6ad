import type { Clock } from "../clock/clock";
import { Timeline } from "../clock/timeline";
import type { Guesses } from "./guesses";
import type { Restore, RestoredInstance, TrilioSnapshot, Workload } from "./model";

/** Seconds that things take on a real server, before `speed`; both as in the samples of the API page. */
export interface TrilioDurations {
  /** A restore that works: 580. */
  restore: number;
  /** A restore that fails: 476. */
  failure: number;
  /** A snapshot of the seed that is being taken: 428. */
  snapshot: number;
}

/** The samples' durations. */
export const sampleDurations: TrilioDurations = { restore: 580, failure: 476, snapshot: 428 };

/** How this server is set up. */
interface TrilioSettings {
  guesses: Guesses;
  durations: TrilioDurations;
  /** How many times faster than the durations. */
  speed: number;
}

/**
 * Everything the server knows. Tests may read and change it: what they do here happens behind every client's
 * back.
 */
export class TrilioWorld extends Timeline {
  readonly workloads = new Map<string, Workload>();
  readonly snapshots = new Map<string, TrilioSnapshot>();
  readonly restores = new Map<string, Restore>();
  /** Nova's ids of the instances that exist: one-click wants its originals gone, in-place wants them alive. */
  readonly liveInstances = new Set<string>();
  /** Neutron's ids of the ports that exist. */
  readonly ports = new Set<string>();
  /** What restores made; it stays when their records are deleted (contract 5). */
  readonly restoredInstances: (RestoredInstance & { restoreId: string })[] = [];
  /** Volumes that in-place restores overwrote. */
  readonly overwrittenVolumes: { volumeId: string; restoreId: string }[] = [];

  #micros = 0;

  constructor(
    clock: Clock,
    readonly settings: TrilioSettings,
  ) {
    super(clock, settings.speed);
  }

  /** The guesses at work; may be changed while the server runs. */
  get guesses(): Guesses {
    return this.settings.guesses;
  }

  /** Microseconds for a new row: those of the clock where it has any, and never zero (contract 3.4). */
  newMicros(): number {
    this.#micros = (this.#micros + 656) % 1000;
    return (Math.floor(this.now()) % 1000) * 1000 + Math.max(1, this.#micros);
  }

  /** The restores of a snapshot, oldest first. */
  restoresOf(snapshotId: string): Restore[] {
    return [...this.restores.values()].filter((restore) => restore.snapshotId === snapshotId);
  }

  /** The restores with exactly this name. */
  restoresNamed(name: string): Restore[] {
    return [...this.restores.values()].filter((restore) => restore.name === name);
  }

  /** Whether a restore of this snapshot runs. */
  isBeingRestored(snapshotId: string): boolean {
    return this.restoresOf(snapshotId).some(({ status }) => status === "restoring");
  }

  /** The snapshot's status as it is shown (contract 5). */
  statusOf(snapshot: TrilioSnapshot): string {
    const { snapshotBusyWhileRestoring, snapshotStatusWhileRestoring } = this.guesses;
    const held = snapshotBusyWhileRestoring && this.isBeingRestored(snapshot.id);
    return held ? snapshotStatusWhileRestoring : snapshot.status;
  }

  /** What retention does: the snapshot goes, and its restores stay or not (contract 6.2). */
  dropSnapshot(id: string): void {
    const snapshot = this.snapshots.get(id);
    if (snapshot === undefined) return;
    this.snapshots.delete(id);
    for (const restore of this.restoresOf(id)) {
      if (this.guesses.restoresOfGoneSnapshot === "gone") this.restores.delete(restore.id);
      else restore.goneSnapshot = snapshot;
    }
  }
}
