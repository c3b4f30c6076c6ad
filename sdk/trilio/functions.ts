import type { Input, InvokeOptions, Output } from "@pulumi/pulumi";
import { lookUp, lookUpOutput } from "../invoke";
import type {
  GetRestoreArgs,
  GetRestoreResult,
  GetRestoresArgs,
  GetRestoresResult,
  GetSnapshotArgs,
  GetSnapshotResult,
  GetSnapshotsArgs,
  GetSnapshotsResult,
  GetWorkloadArgs,
  GetWorkloadResult,
} from "./types";

type Inputs<T> = { [K in keyof T]: Input<T[K]> };

/**
 * Finds one restore by its id.
 *
 * @example
 * ```ts
 * const { status } = await trilio.getRestore({ id: "29fdc1f8-1d53-4a10-bb45-e539a64cdbfc" });
 * ```
 * @throws where there is none
 */
export function getRestore(args: GetRestoreArgs, opts?: InvokeOptions): Promise<GetRestoreResult> {
  return lookUp("trilio:getRestore", args, opts);
}

/** The same as {@link getRestore}, with arguments that may be outputs of other resources. */
export function getRestoreOutput(
  args: Inputs<GetRestoreArgs>,
  opts?: InvokeOptions,
): Output<GetRestoreResult> {
  return lookUpOutput<GetRestoreArgs, GetRestoreResult>("trilio:getRestore", args, opts);
}

/**
 * Lists restores, the newest first: all of the project, or those of one snapshot.
 *
 * @example
 * ```ts
 * const { restores } = await trilio.getRestores({ status: ["error", "cancelled"] });
 * ```
 */
export function getRestores(args: GetRestoresArgs = {}, opts?: InvokeOptions): Promise<GetRestoresResult> {
  return lookUp("trilio:getRestores", args, opts);
}

/** The same as {@link getRestores}, with arguments that may be outputs of other resources. */
export function getRestoresOutput(
  args: Inputs<GetRestoresArgs> = {},
  opts?: InvokeOptions,
): Output<GetRestoresResult> {
  return lookUpOutput<GetRestoresArgs, GetRestoresResult>("trilio:getRestores", args, opts);
}

/**
 * Finds one snapshot, with the instances that it holds: by its id, or by filters among those that can be restored.
 *
 * @example
 * ```ts
 * const latest = await trilio.getSnapshot({ workload: "18b809de-d7c8-41e2-867d-4a306407fb11", mostRecent: true });
 * ```
 * @throws where none, or more than one, matches
 */
export function getSnapshot(args: GetSnapshotArgs, opts?: InvokeOptions): Promise<GetSnapshotResult> {
  return lookUp("trilio:getSnapshot", args, opts);
}

/** The same as {@link getSnapshot}, with arguments that may be outputs of other resources. */
export function getSnapshotOutput(
  args: Inputs<GetSnapshotArgs>,
  opts?: InvokeOptions,
): Output<GetSnapshotResult> {
  return lookUpOutput<GetSnapshotArgs, GetSnapshotResult>("trilio:getSnapshot", args, opts);
}

/**
 * Lists snapshots, the newest first.
 *
 * @example
 * ```ts
 * const { snapshots } = await trilio.getSnapshots({
 *   workload: "18b809de-d7c8-41e2-867d-4a306407fb11",
 *   dateFrom: "2027-01-01",
 *   status: ["available"],
 * });
 * ```
 */
export function getSnapshots(args: GetSnapshotsArgs = {}, opts?: InvokeOptions): Promise<GetSnapshotsResult> {
  return lookUp("trilio:getSnapshots", args, opts);
}

/** The same as {@link getSnapshots}, with arguments that may be outputs of other resources. */
export function getSnapshotsOutput(
  args: Inputs<GetSnapshotsArgs> = {},
  opts?: InvokeOptions,
): Output<GetSnapshotsResult> {
  return lookUpOutput<GetSnapshotsArgs, GetSnapshotsResult>("trilio:getSnapshots", args, opts);
}

/**
 * Finds a workload by its id: when its snapshots are taken, and how long they stay.
 *
 * @example
 * ```ts
 * const { schedule } = await trilio.getWorkload({ id: "18b809de-d7c8-41e2-867d-4a306407fb11" });
 * export const retention = schedule?.retention; // e.g. [{ schedule: "interval", keepSnapshots: 30 }]
 * ```
 * @throws where there is none
 */
export function getWorkload(args: GetWorkloadArgs, opts?: InvokeOptions): Promise<GetWorkloadResult> {
  return lookUp("trilio:getWorkload", args, opts);
}

/** The same as {@link getWorkload}, with arguments that may be outputs of other resources. */
export function getWorkloadOutput(
  args: Inputs<GetWorkloadArgs>,
  opts?: InvokeOptions,
): Output<GetWorkloadResult> {
  return lookUpOutput<GetWorkloadArgs, GetWorkloadResult>("trilio:getWorkload", args, opts);
}
