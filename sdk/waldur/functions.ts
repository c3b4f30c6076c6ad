import type { Input, Output } from "@pulumi/pulumi";
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

type Inputs<T> = { [K in keyof T]: Input<T[K]> };

/**
 * Finds one snapshot: by its uuid, or by filters that match no other.
 *
 * @example
 * ```ts
 * const latest = await waldur.getSnapshot({ sourceVolumeUuid: "62a4...", state: ["OK"], mostRecent: true });
 * ```
 * @throws where none, or more than one, matches
 */
export function getSnapshot(args: GetSnapshotArgs): Promise<GetSnapshotResult> {
  return lookUp("waldur:getSnapshot", args);
}

/** The same as {@link getSnapshot}, with arguments that may be outputs of other resources. */
export function getSnapshotOutput(args: Inputs<GetSnapshotArgs>): Output<GetSnapshotResult> {
  return lookUpOutput<GetSnapshotArgs, GetSnapshotResult>("waldur:getSnapshot", args);
}

/**
 * Lists every snapshot that matches, however many pages the server makes of them.
 *
 * @example
 * ```ts
 * const { snapshots } = await waldur.getSnapshots({ name: "nightly", orderBy: ["-created"] });
 * ```
 */
export function getSnapshots(args: GetSnapshotsArgs = {}): Promise<GetSnapshotsResult> {
  return lookUp("waldur:getSnapshots", args);
}

/** The same as {@link getSnapshots}, with arguments that may be outputs of other resources. */
export function getSnapshotsOutput(args: Inputs<GetSnapshotsArgs> = {}): Output<GetSnapshotsResult> {
  return lookUpOutput<GetSnapshotsArgs, GetSnapshotsResult>("waldur:getSnapshots", args);
}

/**
 * Finds one volume: by its uuid, or by filters that match no other.
 *
 * @example
 * ```ts
 * const data = await waldur.getVolume({ nameExact: "data-1", projectUuid: "0050..." });
 * ```
 * @throws where none, or more than one, matches
 */
export function getVolume(args: GetVolumeArgs): Promise<GetVolumeResult> {
  return lookUp("waldur:getVolume", args);
}

/** The same as {@link getVolume}, with arguments that may be outputs of other resources. */
export function getVolumeOutput(args: Inputs<GetVolumeArgs>): Output<GetVolumeResult> {
  return lookUpOutput<GetVolumeArgs, GetVolumeResult>("waldur:getVolume", args);
}

/**
 * Lists every volume that matches, however many pages the server makes of them.
 *
 * @example
 * ```ts
 * const { volumes } = await waldur.getVolumes({ instance: "730c...", field: ["name", "device"] });
 * ```
 */
export function getVolumes(args: GetVolumesArgs = {}): Promise<GetVolumesResult> {
  return lookUp("waldur:getVolumes", args);
}

/** The same as {@link getVolumes}, with arguments that may be outputs of other resources. */
export function getVolumesOutput(args: Inputs<GetVolumesArgs> = {}): Output<GetVolumesResult> {
  return lookUpOutput<GetVolumesArgs, GetVolumesResult>("waldur:getVolumes", args);
}

/**
 * Lists what was restored from a snapshot, in no defined order.
 *
 * @example
 * ```ts
 * const { restorations } = await waldur.getRestorations({ snapshot: "d38e..." });
 * ```
 */
export function getRestorations(args: GetRestorationsArgs): Promise<GetRestorationsResult> {
  return lookUp("waldur:getRestorations", args);
}

/** The same as {@link getRestorations}, with arguments that may be outputs of other resources. */
export function getRestorationsOutput(args: Inputs<GetRestorationsArgs>): Output<GetRestorationsResult> {
  return lookUpOutput<GetRestorationsArgs, GetRestorationsResult>("waldur:getRestorations", args);
}
