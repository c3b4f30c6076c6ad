import type { JsonObject } from "../../http/json";
import type { RestoredInstance, Schedule, TrilioSnapshot } from "../model";

/** A snapshot of a seed; times are milliseconds since the epoch. */
export interface SeedSnapshot
  extends Omit<TrilioSnapshot, "workloadId" | "projectId" | "userId" | "updatedAt" | "progressMessage"> {
  updatedAt?: number;
  progressMessage?: string;
  /** It is being taken when the server starts, and is available some time later. */
  busy?: boolean;
}

/** A restore of a seed that has ended. */
export interface SeedRestore {
  id: string;
  /** The key that the emulator's `ids.restores` has for it. */
  key: string;
  snapshot: string;
  name: string;
  description: string;
  status: "available" | "error" | "cancelled";
  createdAt: number;
  finishedAt: number;
  host: string;
  size: number;
  progressMessage: string;
  errorMessage: string | null;
  options: JsonObject;
  instances: RestoredInstance[];
  metadata: { id: string; key: string; value: string }[];
}

/** A workload of a seed with what belongs to it. */
export interface SeedWorkload {
  id: string;
  name: string;
  description: string;
  createdAt: number;
  schedule: Schedule;
  snapshots: SeedSnapshot[];
  restores: SeedRestore[];
}

/** What an emulated Trilio holds at the start. */
export interface TrilioSeed {
  project: { id: string; name: string };
  /** Another project of the same people, without anything in it. */
  otherProject: { id: string; name: string };
  workloads: SeedWorkload[];
  /** Instances that exist in Nova. */
  liveInstances: string[];
  /** Ports that exist in Neutron. */
  ports: string[];
}
