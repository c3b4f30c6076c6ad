import type { Input, InvokeOptions, Output } from "@pulumi/pulumi";
import { lookUp, lookUpOutput } from "../invoke";
import type {
  GetLimitsArgs,
  GetLimitsResult,
  GetSnapshotArgs,
  GetSnapshotResult,
  GetSnapshotsArgs,
  GetSnapshotsResult,
  GetVolumeArgs,
  GetVolumeResult,
  GetVolumesArgs,
  GetVolumesResult,
  GetVolumeTypesArgs,
  GetVolumeTypesResult,
} from "./types";

type Inputs<T> = { [K in keyof T]: Input<T[K]> };

/**
 * Finds one snapshot: by its id, or by filters that match no other.
 *
 * @example
 * ```ts
 * const latest = await cinder.getSnapshot({ volumeId: data, status: "available", mostRecent: true });
 * ```
 * @throws where none, or more than one, matches
 */
export function getSnapshot(args: GetSnapshotArgs, opts?: InvokeOptions): Promise<GetSnapshotResult> {
  return lookUp("cinder:getSnapshot", args, opts);
}

/** The same as {@link getSnapshot}, with arguments that may be outputs of other resources. */
export function getSnapshotOutput(
  args: Inputs<GetSnapshotArgs>,
  opts?: InvokeOptions,
): Output<GetSnapshotResult> {
  return lookUpOutput<GetSnapshotArgs, GetSnapshotResult>("cinder:getSnapshot", args, opts);
}

/**
 * Lists every snapshot that matches, however many pages the service makes of them.
 *
 * @example
 * ```ts
 * const { snapshots } = await cinder.getSnapshots({ metadata: { class: "gold" }, sort: ["createdAt:desc"] });
 * ```
 */
export function getSnapshots(args: GetSnapshotsArgs = {}, opts?: InvokeOptions): Promise<GetSnapshotsResult> {
  return lookUp("cinder:getSnapshots", args, opts);
}

/** The same as {@link getSnapshots}, with arguments that may be outputs of other resources. */
export function getSnapshotsOutput(
  args: Inputs<GetSnapshotsArgs> = {},
  opts?: InvokeOptions,
): Output<GetSnapshotsResult> {
  return lookUpOutput<GetSnapshotsArgs, GetSnapshotsResult>("cinder:getSnapshots", args, opts);
}

/**
 * Finds one volume: by its id, or by filters that match no other.
 *
 * @example
 * ```ts
 * const data = await cinder.getVolume({ name: "data-1" });
 * ```
 * @throws where none, or more than one, matches
 */
export function getVolume(args: GetVolumeArgs, opts?: InvokeOptions): Promise<GetVolumeResult> {
  return lookUp("cinder:getVolume", args, opts);
}

/** The same as {@link getVolume}, with arguments that may be outputs of other resources. */
export function getVolumeOutput(args: Inputs<GetVolumeArgs>, opts?: InvokeOptions): Output<GetVolumeResult> {
  return lookUpOutput<GetVolumeArgs, GetVolumeResult>("cinder:getVolume", args, opts);
}

/**
 * Lists every volume that matches, however many pages the service makes of them.
 *
 * @example
 * ```ts
 * const { volumes } = await cinder.getVolumes({ status: "in-use" });
 * ```
 */
export function getVolumes(args: GetVolumesArgs = {}, opts?: InvokeOptions): Promise<GetVolumesResult> {
  return lookUp("cinder:getVolumes", args, opts);
}

/** The same as {@link getVolumes}, with arguments that may be outputs of other resources. */
export function getVolumesOutput(
  args: Inputs<GetVolumesArgs> = {},
  opts?: InvokeOptions,
): Output<GetVolumesResult> {
  return lookUpOutput<GetVolumesArgs, GetVolumesResult>("cinder:getVolumes", args, opts);
}

/**
 * Lists the volume types that the project may use.
 *
 * @example
 * ```ts
 * const { volumeTypes } = await cinder.getVolumeTypes({ isPublic: true });
 * ```
 */
export function getVolumeTypes(
  args: GetVolumeTypesArgs = {},
  opts?: InvokeOptions,
): Promise<GetVolumeTypesResult> {
  return lookUp("cinder:getVolumeTypes", args, opts);
}

/** The same as {@link getVolumeTypes}, with arguments that may be outputs of other resources. */
export function getVolumeTypesOutput(
  args: Inputs<GetVolumeTypesArgs> = {},
  opts?: InvokeOptions,
): Output<GetVolumeTypesResult> {
  return lookUpOutput<GetVolumeTypesArgs, GetVolumeTypesResult>("cinder:getVolumeTypes", args, opts);
}

/**
 * What the project may have at most, and what it has.
 *
 * @example
 * ```ts
 * const { maxTotalSnapshots, totalSnapshotsUsed } = await cinder.getLimits();
 * ```
 */
export function getLimits(args: GetLimitsArgs = {}, opts?: InvokeOptions): Promise<GetLimitsResult> {
  return lookUp("cinder:getLimits", args, opts);
}

/** The same as {@link getLimits}, with arguments that may be outputs of other resources. */
export function getLimitsOutput(
  args: Inputs<GetLimitsArgs> = {},
  opts?: InvokeOptions,
): Output<GetLimitsResult> {
  return lookUpOutput<GetLimitsArgs, GetLimitsResult>("cinder:getLimits", args, opts);
}
