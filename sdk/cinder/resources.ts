import { resourceOf } from "../resource";
import type {
  SnapshotArgs,
  SnapshotOutputs,
  SnapshotRestorationArgs,
  SnapshotRestorationOutputs,
  VolumeArgs,
  VolumeOutputs,
} from "./types";
import { snapshotProperties, snapshotRestorationProperties, volumeProperties } from "./types";

/**
 * A volume of OpenStack's own Cinder. Its id is the volume's uuid.
 *
 * It grows, changes its type, its name, its description and its metadata in place; it never shrinks.
 *
 * @example
 * ```ts
 * import { cinder } from "pulumi-openstack-snapshots";
 *
 * const data = new cinder.Volume("data", {
 *   size: 10, // GiB
 *   volumeType: "ssd",
 *   metadata: { team: "billing" },
 * });
 * ```
 */
export class Volume extends resourceOf<VolumeArgs, VolumeOutputs>("cinder:Volume", volumeProperties) {}

/**
 * A snapshot of a volume. Its id is the snapshot's uuid.
 *
 * @example
 * ```ts
 * const nightly = new cinder.Snapshot("nightly", {
 *   volumeId: data.id,
 *   metadata: { class: "gold" },
 *   force: true, // also while the volume is attached
 * });
 * ```
 */
export class Snapshot extends resourceOf<SnapshotArgs, SnapshotOutputs>(
  "cinder:Snapshot",
  snapshotProperties,
) {}

/**
 * The contents of a snapshot, in a new volume or in the volume that it was taken of. `volumeId` is that volume.
 *
 * @example
 * ```ts
 * const copy = new cinder.SnapshotRestoration("copy", {
 *   snapshotId: nightly.id,
 *   onDestroy: "keep", // the new volume stays when this is destroyed
 * });
 *
 * // What was written to the volume since the snapshot is lost.
 * new cinder.SnapshotRestoration("back", { snapshotId: nightly.id, mode: "revert", confirmRevert: true });
 * ```
 */
export class SnapshotRestoration extends resourceOf<SnapshotRestorationArgs, SnapshotRestorationOutputs>(
  "cinder:SnapshotRestoration",
  snapshotRestorationProperties,
) {}
