import { resourceOf } from "../resource";
import type {
  SnapshotArgs,
  SnapshotOutputs,
  SnapshotRestorationArgs,
  SnapshotRestorationOutputs,
  VolumeArgs,
  VolumeAttachmentArgs,
  VolumeAttachmentOutputs,
  VolumeOutputs,
} from "./types";
import {
  snapshotFormer,
  snapshotProperties,
  snapshotRestorationFormer,
  snapshotRestorationProperties,
  volumeAttachmentFormer,
  volumeAttachmentProperties,
  volumeFormer,
  volumeProperties,
} from "./types";

/**
 * A volume, ordered through Waldur's marketplace. Its id is the volume's uuid.
 *
 * It grows, changes its type, its name and its description in place; it never shrinks. An order that needs
 * approval is waited for, and taken up again by the next `pulumi up`; no second one is placed.
 *
 * @example
 * ```ts
 * import { waldur } from "pulumi-openstack-snapshots";
 *
 * const data = new waldur.Volume("data", {
 *   projectId: "005094838db74185ab3879771873dc2e",
 *   offeringId: "d0a0e039080f4799a831c012b272d781",
 *   size: 10 * 1024, // MiB: 10 GiB
 *   volumeType: "ssd",
 * });
 * ```
 */
export class Volume extends resourceOf<VolumeArgs, VolumeOutputs>(
  "waldur:Volume",
  volumeProperties,
  volumeFormer,
) {}

/**
 * A volume attached to an instance. Its id is `<volume uuid>/<instance uuid>`.
 *
 * @example
 * ```ts
 * new waldur.VolumeAttachment("data-on-db", {
 *   volumeId: data.id,
 *   instanceId: "730c824f529e48968271e384d7417ba7",
 * });
 * ```
 */
export class VolumeAttachment extends resourceOf<VolumeAttachmentArgs, VolumeAttachmentOutputs>(
  "waldur:VolumeAttachment",
  volumeAttachmentProperties,
  volumeAttachmentFormer,
) {}

/**
 * A snapshot of a volume. Its id is the snapshot's uuid.
 *
 * @example
 * ```ts
 * const nightly = new waldur.Snapshot("nightly", {
 *   volumeId: data.id,
 *   keptUntil: "2027-01-31T00:00:00Z",
 *   metadata: { class: "gold" },
 * });
 * ```
 */
export class Snapshot extends resourceOf<SnapshotArgs, SnapshotOutputs>(
  "waldur:Snapshot",
  snapshotProperties,
  snapshotFormer,
) {}

/**
 * A new volume with the contents of a snapshot. Its id is the restoration's uuid, `volumeId` the new volume's.
 *
 * @example
 * ```ts
 * const copy = new waldur.SnapshotRestoration("copy", {
 *   snapshotId: nightly.id,
 *   onDestroy: "keep", // the new volume stays when this is destroyed
 * });
 * export const volumeId = copy.volumeId;
 * ```
 */
export class SnapshotRestoration extends resourceOf<SnapshotRestorationArgs, SnapshotRestorationOutputs>(
  "waldur:SnapshotRestoration",
  snapshotRestorationProperties,
  snapshotRestorationFormer,
) {}
