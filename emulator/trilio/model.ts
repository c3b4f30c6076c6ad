import type { JsonObject } from "../http/json";

/** The three kinds of restore, as on the wire (contract 3). */
export type RestoreKind = "oneclick" | "selective" | "inplace";

/** A network and the subnet of it that matters. */
interface NetworkPart {
  id: string;
  name: string;
  subnet: { id: string; name: string; cidr: string };
}

/** A network interface that an instance had when it was backed up. */
interface Nic {
  mac_address: string;
  ip_address: string;
  network: NetworkPart;
}

/** A disk of a backed-up instance; without `volume_id` it is a boot disk made from an image. */
interface Vdisk {
  volume_id?: string;
  volume_name?: string;
  volume_type?: string;
  availability_zone?: string;
  image_id?: string;
}

/** A flavor as a snapshot remembers it: RAM in MiB, disks in GiB. */
interface Flavor {
  vcpus: number;
  ram: number;
  disk: number;
  ephemeral: number;
  swap: number;
}

/** An instance inside a snapshot (contract 6.1). */
export interface BackedUpInstance {
  /** Nova's id of the original. */
  id: string;
  name: string;
  flavor: Flavor;
  availabilityZone: string;
  nics: Nic[];
  vdisks: Vdisk[];
}

/** A workload: a group of instances that is backed up together. Times are milliseconds since the epoch. */
export interface Workload {
  id: string;
  projectId: string;
  userId: string;
  name: string;
  description: string;
  status: string;
  createdAt: number;
  schedule: Schedule;
}

/** When a workload is backed up and how much of it is kept. */
export interface Schedule {
  enabled: boolean;
  intervalHours: number;
  /** MM/DD/YYYY. */
  startDate: string;
  /** `02:00 AM`. */
  startTime: string;
  timezone: string;
  /** Every how many snapshots one is full; -1: never again, 0: always. */
  fullBackupInterval: number;
  keep: { snapshots: number } | { days: number };
}

/** A snapshot of a workload. */
export interface TrilioSnapshot {
  id: string;
  workloadId: string;
  projectId: string;
  userId: string;
  name: string;
  description: string;
  type: "full" | "incremental";
  /** Its status as such; while a restore of it runs, another is shown. */
  status: string;
  createdAt: number;
  updatedAt: number;
  finishedAt: number | null;
  /** Bytes in the backup. */
  size: number;
  /** Bytes that a restore of it writes. */
  restoreSize: number;
  host: string;
  /** Seconds. */
  timeTaken: number;
  progressMessage: string | null;
  errorMessage: string | null;
  instances: BackedUpInstance[];
}

/** A restored instance, as a restore shows it. */
export interface RestoredInstance {
  /** Nova's id of the new one. */
  id: string;
  name: string;
  /** Nova's id of the original. */
  originalId: string;
}

/** What faults do to one restore. */
export interface RestoreTrouble {
  /** It ends in error with this message. */
  failWith?: { message: string; warning?: string };
  /** It never leaves its pending status. */
  stuck?: boolean;
  /** It takes this many times longer. */
  factor?: number;
  /** This many of its reads answer 404. */
  missingReads?: number;
  /** A status that no client knows, shown for `seconds` of the emulator's clock from the start. */
  disguise?: { status: string; seconds: number };
  /** A cancel comes too late: it is answered, and the restore ends as it would have. */
  deafToCancel?: boolean;
}

/** A restore: a row of Trilio's table, and what is under way. Times are milliseconds since the epoch. */
export interface Restore {
  id: string;
  snapshotId: string;
  workloadId: string;
  projectId: string;
  userId: string;
  kind: RestoreKind;
  name: string | null;
  description: string | null;
  /** `restoring` until it has ended: then `available`, `error` or `cancelled`. */
  status: string;
  /** Set from an accepted cancel on. */
  cancelling: boolean;
  /** The record is on its way out, or is gone but still shown (see the guesses). */
  deletion: "none" | "running" | "done";
  createdAt: number;
  /** Microseconds of `created_at`, of which only the first answer tells. */
  micros: number;
  finishedAt: number | null;
  /** When it will end, for its progress. */
  endsAt: number;
  /** Percent at its end. */
  percent: number;
  host: string;
  /** Bytes. */
  size: number;
  progressMessage: string | null;
  warningMessage: string | null;
  errorMessage: string | null;
  /** The request's options. */
  options: JsonObject;
  /** What it is going to make. */
  planned: RestoredInstance[];
  /** What it has made. */
  instances: RestoredInstance[];
  /** Volumes that an in-place restore overwrites. */
  overwrites: string[];
  topology: boolean;
  metadata: { id: string; key: string; value: string; createdAt: number }[];
  /** The snapshot as it was when it went away. */
  goneSnapshot: TrilioSnapshot | undefined;
  trouble: RestoreTrouble;
}
