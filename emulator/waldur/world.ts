import type { Clock } from "../clock/clock";
import { Timeline } from "../clock/timeline";
import { newUuid } from "../ids";
import type { Answers } from "./answers";
import { Cloud } from "./cloud";
import type { Countdowns } from "./countdowns";
import type { Trouble } from "./faults";
import { slugStart, timestamp } from "./ids";
import type {
  Customer,
  Image,
  Instance,
  Offering,
  Order,
  Project,
  Resource,
  Restoration,
  Settings,
  Snapshot,
  Tenant,
  User,
  Volume,
  VolumeType,
} from "./model";
import type { Plan } from "./plan";
import type { CoreState, Generation } from "./states";

/** How this server is set up. */
export interface WorldSettings {
  generation: Generation;
  countdowns: Countdowns;
  answers: Answers;
  /** How many times faster than the countdowns. */
  speed: number;
  /** How many creates of one type are provisioned at a time (contract: 4). */
  maxProvisioning: number;
  /** Every order waits for a consumer, whoever placed it. */
  approval: boolean;
  /** The 2024 server could not pull snapshots (contract "pull"); recording 22 has the bug patched. */
  snapshotPullWorks: boolean;
  /** Whether the hourly pull and the ten-minute removal happen by the clock. */
  periodic: boolean;
}

/** What the server does by itself, now and then (contract "by itself"). */
export interface PeriodicJobs {
  /** Overwrites the server's records with the cloud's, every hour. */
  hourlyPull(world: World): void;
  /** Deletes snapshots whose `kept_until` passed, every ten minutes. */
  removeExpired(world: World): void;
}

const hour = 3_600_000;
const tenMinutes = 600_000;

/**
 * Everything the server knows, by kind and uuid. Tests may read and change it: what they do here happens behind
 * the back of every client.
 */
export class World extends Timeline {
  readonly customers = new Map<string, Customer>();
  readonly projects = new Map<string, Project>();
  readonly settings = new Map<string, Settings>();
  readonly tenants = new Map<string, Tenant>();
  readonly volumeTypes = new Map<string, VolumeType>();
  readonly images = new Map<string, Image>();
  readonly instances = new Map<string, Instance>();
  readonly volumes = new Map<string, Volume>();
  readonly snapshots = new Map<string, Snapshot>();
  readonly restorations = new Map<string, Restoration>();
  readonly users = new Map<string, User>();
  readonly offerings = new Map<string, Offering>();
  readonly orders = new Map<string, Order>();
  readonly resources = new Map<string, Resource>();
  readonly cloud = new Cloud();

  /** What is under way, by the uuid of the object. */
  readonly plans = new Map<string, Plan>();
  /** What faults do to objects, by uuid. */
  readonly troubles = new Map<string, Trouble>();

  readonly #pks = new Map<string, number>();
  readonly #slugs = new Map<string, number>();
  #micros = 0;
  #trouble: Trouble | undefined;

  constructor(
    clock: Clock,
    readonly rules: WorldSettings,
    private readonly jobs: PeriodicJobs,
  ) {
    super(clock, rules.speed);
    if (rules.periodic) {
      this.every(hour, () => this.hourlyPull());
      this.every(tenMinutes, () => this.removeExpired());
    }
  }

  /** Runs what starts operations on objects; the trouble is theirs. */
  withTrouble<T>(trouble: Trouble | undefined, run: () => T): T {
    this.#trouble = trouble;
    try {
      return run();
    } finally {
      this.#trouble = undefined;
    }
  }

  /** The trouble of what the request at hand starts. */
  get trouble(): Trouble | undefined {
    return this.#trouble;
  }

  /** Notes the trouble, if there is any, of an operation that starts: the one before it had its own. */
  noteTrouble(uuid: string): void {
    if (this.#trouble === undefined) this.troubles.delete(uuid);
    else this.troubles.set(uuid, this.#trouble);
  }

  /** Now as Waldur writes times: with microseconds, each call a little later, so that no two rows are equally old. */
  timestamp(): string {
    this.#micros = Math.max(this.now() * 1000, this.#micros + 1);
    return timestamp(Math.floor(this.#micros / 1000), Math.floor(this.#micros % 1000));
  }

  /** The fields that every new row has. `kind` names the table, for its row numbers. */
  newRow(
    kind: string,
    name: string,
  ): { pk: number; uuid: string; name: string; created: string; modified: string } {
    const pk = (this.#pks.get(kind) ?? 0) + 1;
    this.#pks.set(kind, pk);
    const now = this.timestamp();
    return { pk, uuid: newUuid(), name, created: now, modified: now };
  }

  /** A marketplace slug (recordings 09, 15). */
  newSlug(kind: string, name: string): string {
    const start = slugStart(name);
    const key = `${kind}/${start}`;
    const count = (this.#slugs.get(key) ?? 0) + 1;
    this.#slugs.set(key, count);
    return `${start}-${count}`;
  }

  /** Changes a row and its `modified`. */
  touch<T extends { modified: string }>(row: T, changes: Partial<T> = {}): T {
    Object.assign(row, changes);
    row.modified = this.timestamp();
    return row;
  }

  /** The snapshots of a volume. */
  snapshotsOf(volumeUuid: string): Snapshot[] {
    return [...this.snapshots.values()].filter((snapshot) => snapshot.sourceVolumeUuid === volumeUuid);
  }

  /** The restorations of a snapshot, oldest first (recording 23). */
  restorationsOf(snapshotUuid: string): Restoration[] {
    return [...this.restorations.values()]
      .filter((restoration) => restoration.snapshotUuid === snapshotUuid)
      .sort((a, b) => a.pk - b.pk);
  }

  /** The marketplace resource of a volume. */
  resourceOf(volumeUuid: string): Resource | undefined {
    for (const resource of this.resources.values()) if (resource.volumeUuid === volumeUuid) return resource;
    return undefined;
  }

  /** The snapshots with exactly this name. */
  snapshotsNamed(name: string): Snapshot[] {
    return [...this.snapshots.values()].filter((snapshot) => snapshot.name === name);
  }

  /** The volumes with exactly this name. */
  volumesNamed(name: string): Volume[] {
    return [...this.volumes.values()].filter((volume) => volume.name === name);
  }

  /** Removes a snapshot's record; its restorations go, restored volumes stay without source (recording 09). */
  dropSnapshot(uuid: string): void {
    this.plans.delete(uuid);
    this.snapshots.delete(uuid);
    for (const restoration of this.restorationsOf(uuid)) this.restorations.delete(restoration.uuid);
    for (const volume of this.volumes.values()) {
      if (volume.sourceSnapshotUuid === uuid) volume.sourceSnapshotUuid = null;
    }
  }

  /** Removes a volume's record with its snapshots and restorations; its marketplace resource ends (recording 18). */
  dropVolume(uuid: string): void {
    this.plans.delete(uuid);
    for (const snapshot of this.snapshotsOf(uuid)) this.dropSnapshot(snapshot.uuid);
    for (const restoration of [...this.restorations.values()]) {
      if (restoration.volumeUuid === uuid) this.restorations.delete(restoration.uuid);
    }
    const resource = this.resourceOf(uuid);
    if (resource !== undefined) {
      this.touch(resource, { state: "Terminated", volumeUuid: null, backendMetadata: { state: "Deleted" } });
    }
    this.volumes.delete(uuid);
  }

  /** What the server does every hour: it overwrites its records with the cloud's (contract "by itself"). */
  hourlyPull(): void {
    this.jobs.hourlyPull(this);
  }

  /** What the server does every ten minutes: it deletes snapshots whose `kept_until` passed (contract "by itself"). */
  removeExpired(): void {
    this.jobs.removeExpired(this);
  }

  /** The state to show for an object: a fault may disguise a pending one. */
  shownState(uuid: string, state: CoreState, spelled: string): string {
    const disguise = this.troubles.get(uuid)?.disguise;
    if (disguise === undefined || state === "OK" || state === "Erred") return spelled;
    const startedAt = this.plans.get(uuid)?.startedAt ?? Number.NEGATIVE_INFINITY;
    return this.now() < startedAt + disguise.seconds * 1000 ? disguise.state : spelled;
  }
}
