import type { Input, InvokeOptions, Output } from "@pulumi/pulumi";
import { lookUp, lookUpOutput } from "../invoke";
import type {
  GetRestorationsArgs,
  GetRestorationsResult,
  GetSnapshotArgs,
  GetSnapshotResult,
  GetSnapshotsArgs,
  GetSnapshotsResult,
  GetVolumeArgs,
  GetVolumeResult,
  GetVolumesArgs,
  GetVolumesResult,
} from "./types";
import {
  getRestorationsFormer,
  getSnapshotFormer,
  getSnapshotsFormer,
  getVolumeFormer,
  getVolumesFormer,
} from "./types";

type Inputs<T> = { [K in keyof T]: Input<T[K]> };

/**
 * Finds one snapshot: by its id, or by filters that match no other.
 *
 * @example
 * ```ts
 * const latest = await waldur.getSnapshot({ volumeId: "62a4...", state: ["OK"], mostRecent: true });
 * ```
 * @throws where none, or more than one, matches
 */
export function getSnapshot(args: GetSnapshotArgs, opts?: InvokeOptions): Promise<GetSnapshotResult> {
  return lookUp("waldur:getSnapshot", args, opts, getSnapshotFormer.results);
}

/** The same as {@link getSnapshot}, with arguments that may be outputs of other resources. */
export function getSnapshotOutput(
  args: Inputs<GetSnapshotArgs>,
  opts?: InvokeOptions,
): Output<GetSnapshotResult> {
  return lookUpOutput<GetSnapshotArgs, GetSnapshotResult>(
    "waldur:getSnapshot",
    args,
    opts,
    getSnapshotFormer.results,
  );
}

/**
 * Lists every snapshot that matches, however many pages the server makes of them.
 *
 * @example
 * ```ts
 * const { snapshots } = await waldur.getSnapshots({ name: "nightly", sort: ["createdAt:desc"] });
 * ```
 */
export function getSnapshots(args: GetSnapshotsArgs = {}, opts?: InvokeOptions): Promise<GetSnapshotsResult> {
  return lookUp("waldur:getSnapshots", args, opts, getSnapshotsFormer.results);
}

/** The same as {@link getSnapshots}, with arguments that may be outputs of other resources. */
export function getSnapshotsOutput(
  args: Inputs<GetSnapshotsArgs> = {},
  opts?: InvokeOptions,
): Output<GetSnapshotsResult> {
  return lookUpOutput<GetSnapshotsArgs, GetSnapshotsResult>(
    "waldur:getSnapshots",
    args,
    opts,
    getSnapshotsFormer.results,
  );
}

/**
 * Finds one volume: by its id, or by filters that match no other.
 *
 * @example
 * ```ts
 * const data = await waldur.getVolume({ nameExact: "data-1", projectId: "0050..." });
 * ```
 * @throws where none, or more than one, matches
 */
export function getVolume(args: GetVolumeArgs, opts?: InvokeOptions): Promise<GetVolumeResult> {
  return lookUp("waldur:getVolume", args, opts, getVolumeFormer.results);
}

/** The same as {@link getVolume}, with arguments that may be outputs of other resources. */
export function getVolumeOutput(args: Inputs<GetVolumeArgs>, opts?: InvokeOptions): Output<GetVolumeResult> {
  return lookUpOutput<GetVolumeArgs, GetVolumeResult>(
    "waldur:getVolume",
    args,
    opts,
    getVolumeFormer.results,
  );
}

/**
 * Lists every volume that matches, however many pages the server makes of them.
 *
 * @example
 * ```ts
 * const { volumes } = await waldur.getVolumes({ instanceId: "730c...", field: ["name", "device"] });
 * ```
 */
export function getVolumes(args: GetVolumesArgs = {}, opts?: InvokeOptions): Promise<GetVolumesResult> {
  return lookUp("waldur:getVolumes", args, opts, getVolumesFormer.results);
}

/** The same as {@link getVolumes}, with arguments that may be outputs of other resources. */
export function getVolumesOutput(
  args: Inputs<GetVolumesArgs> = {},
  opts?: InvokeOptions,
): Output<GetVolumesResult> {
  return lookUpOutput<GetVolumesArgs, GetVolumesResult>(
    "waldur:getVolumes",
    args,
    opts,
    getVolumesFormer.results,
  );
}

/**
 * Lists what was restored from a snapshot, in no defined order.
 *
 * @example
 * ```ts
 * const { restorations } = await waldur.getRestorations({ snapshotId: "d38e..." });
 * ```
 */
export function getRestorations(
  args: GetRestorationsArgs,
  opts?: InvokeOptions,
): Promise<GetRestorationsResult> {
  return lookUp("waldur:getRestorations", args, opts, getRestorationsFormer.results);
}

/** The same as {@link getRestorations}, with arguments that may be outputs of other resources. */
export function getRestorationsOutput(
  args: Inputs<GetRestorationsArgs>,
  opts?: InvokeOptions,
): Output<GetRestorationsResult> {
  return lookUpOutput<GetRestorationsArgs, GetRestorationsResult>(
    "waldur:getRestorations",
    args,
    opts,
    getRestorationsFormer.results,
  );
}
