// Generated from the schemas of the provider by `npm run generate`. Do not edit.

import type { Input, Output } from "@pulumi/pulumi";

/** Any JSON value. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Arguments of {@link Volume}. */
export interface VolumeArgs {
  /** Size in GiB: 10 GiB is 10. Growth extends the volume in place, where the service has microversion 3.42 also while it is attached; it can never shrink. Default: that of the snapshot or volume that it is made from. */
  size?: Input<number>;
  /** Volume type: name or uuid. A change retypes the volume in place. Default: the cloud's. */
  volumeType?: Input<string>;
  /** Whether a retype may copy the volume to another back end: "on-demand" where it has to. Default: "never". */
  retypeMigrationPolicy?: Input<"never" | "on-demand">;
  /** Availability zone. A change makes a new volume. Default: the cloud's. */
  availabilityZone?: Input<string>;
  /** The snapshot to make it from: uuid. A change makes a new volume. */
  snapshotId?: Input<string>;
  /** The volume to copy: uuid. A change makes a new volume. */
  sourceVolumeId?: Input<string>;
  /** The image to fill it with: uuid. A change makes a new volume. */
  imageId?: Input<string>;
  /** Name, at most 255 characters; "" for none. Default: the resource's name and 7 hex digits. */
  name?: Input<string>;
  /** Description, at most 255 characters. */
  description?: Input<string>;
  /** Metadata: texts of at most 255 characters. Only the keys declared here are owned: other tools' keys are left alone, and are no difference. */
  metadata?: Input<{ [key: string]: string }>;
  /** Delete the snapshots of the volume with it when it is destroyed. Default: false. */
  cascade?: Input<boolean>;
}

/** Outputs of {@link Volume}. */
export interface VolumeOutputs {
  /** Size in GiB: 10 GiB is 10 */
  readonly size: Output<number>;
  /** Name of the volume type */
  readonly volumeType: Output<string | undefined>;
  /** Whether a retype may copy the volume to another back end: "on-demand" where it has to. Default: "never". */
  readonly retypeMigrationPolicy: Output<"never" | "on-demand" | undefined>;
  /** Availability zone */
  readonly availabilityZone: Output<string | undefined>;
  /** UUID of the snapshot that the volume was made from, also after that is gone */
  readonly snapshotId: Output<string | undefined>;
  /** UUID of the volume that it is a copy of */
  readonly sourceVolumeId: Output<string | undefined>;
  /** UUID of the image that the volume was made from */
  readonly imageId: Output<string | undefined>;
  /** Name; absent where it has none */
  readonly name: Output<string>;
  /** Description */
  readonly description: Output<string | undefined>;
  /** Metadata, what other tools and the service keep there included */
  readonly metadata: Output<{ [key: string]: string }>;
  /** Delete the snapshots of the volume with it when it is destroyed. Default: false. */
  readonly cascade: Output<boolean | undefined>;
  /** Status, e.g. creating, available, in-use, error */
  readonly status: Output<string>;
  /** UUID of the volume type, from microversion 3.63 on */
  readonly volumeTypeId: Output<string | undefined>;
  /** Whether an instance can boot from it */
  readonly bootable: Output<boolean | undefined>;
  /** Whether it can be attached to several instances at once */
  readonly multiattach: Output<boolean | undefined>;
  /** Whether it is encrypted */
  readonly encrypted: Output<boolean | undefined>;
  /** Where it is attached */
  readonly attachments: Output<{
    /** UUID of the attachment */
    attachmentId?: string;
    /** UUID of the instance */
    serverId?: string;
    /** Host of the instance; for administrators */
    hostName?: string;
    /** Name of the device in the instance, e.g. /dev/vdb */
    device?: string;
    /** Since when, ISO 8601 */
    attachedAt?: string;
  }[]>;
  /** Time of creation, ISO 8601 */
  readonly createdAt: Output<string>;
  /** Time of the last change, ISO 8601 */
  readonly updatedAt: Output<string | undefined>;
  /** UUID of the project */
  readonly projectId: Output<string | undefined>;
  /** UUID of the user who made it */
  readonly userId: Output<string | undefined>;
  /** Back end that holds it; for administrators */
  readonly host: Output<string | undefined>;
  /** UUID of the group that it belongs to, from microversion 3.13 on */
  readonly groupId: Output<string | undefined>;
  /** UUID of the consistency group that it belongs to */
  readonly consistencyGroupId: Output<string | undefined>;
  /** Status of its replication */
  readonly replicationStatus: Output<string | undefined>;
  /** Status of its migration; for administrators */
  readonly migrationStatus: Output<string | undefined>;
  /** Whether it counts against the quota, from microversion 3.65 on */
  readonly consumesQuota: Output<boolean | undefined>;
}

/** The names of the outputs of {@link Volume}. */
export const volumeProperties = [
  "attachments",
  "availabilityZone",
  "bootable",
  "cascade",
  "consistencyGroupId",
  "consumesQuota",
  "createdAt",
  "description",
  "encrypted",
  "groupId",
  "host",
  "imageId",
  "metadata",
  "migrationStatus",
  "multiattach",
  "name",
  "projectId",
  "replicationStatus",
  "retypeMigrationPolicy",
  "size",
  "snapshotId",
  "sourceVolumeId",
  "status",
  "updatedAt",
  "userId",
  "volumeType",
  "volumeTypeId",
] as const;

/** Arguments of {@link Snapshot}. */
export interface SnapshotArgs {
  /** The volume to take the snapshot of: uuid. A change makes a new snapshot. */
  volumeId: Input<string>;
  /** Retained until this time: RFC 3339 with a zone, or a date (00:00 UTC). Before it, the provider does not delete the snapshot; see forceDelete. If omitted, no retention is promised: the server never removes the snapshot, and a destroy deletes it. To keep one for good, set retentionMode: "governance" and no end. Cannot be combined with retainFor. */
  keptUntil?: Input<string>;
  /** Name, at most 255 characters; "" for none. Default: the resource's name and 7 hex digits. */
  name?: Input<string>;
  /** Description, at most 255 characters. */
  description?: Input<string>;
  /** Take the snapshot although the volume is attached. Services from microversion 3.66 on always do that. Default: false. */
  force?: Input<boolean>;
  /** Metadata: texts of at most 255 characters. Only the keys declared here are owned: other tools' keys are left alone, and are no difference. */
  metadata?: Input<{ [key: string]: string }>;
  /** Kept for so long after its creation: an ISO 8601 duration, e.g. "P35D" or "P6M". It is applied when the object is made, and again only when the duration is changed. Not together with keptUntil. */
  retainFor?: Input<string>;
  /** How strict the retention is. "none": it can be shortened, with a warning. "governance": only with allowShorten. "compliance": it is never shortened, no deletion is forced, and the mode cannot be taken back before the retention is over. Default: "none". */
  retentionMode?: Input<"none" | "governance" | "compliance">;
  /** Let a retention of the mode "governance" be shortened or its mode be taken back. Default: false. */
  allowShorten?: Input<boolean>;
  /** Let it be deleted before its retention is over. It has to be applied by an update before the deletion. Does nothing in the mode "compliance". Default: false. */
  forceDelete?: Input<boolean>;
}

/** Outputs of {@link Snapshot}. */
export interface SnapshotOutputs {
  /** UUID of the volume that the snapshot was taken of */
  readonly volumeId: Output<string>;
  /** Retained until then, ISO 8601; absent: the server has no date for it */
  readonly keptUntil: Output<string | undefined>;
  /** Name; absent where it has none */
  readonly name: Output<string>;
  /** Description */
  readonly description: Output<string | undefined>;
  /** Take the snapshot although the volume is attached. Services from microversion 3.66 on always do that. Default: false. */
  readonly force: Output<boolean | undefined>;
  /** Metadata, what other tools and the service keep there included */
  readonly metadata: Output<{ [key: string]: string }>;
  /** Kept for so long after its creation: an ISO 8601 duration, e.g. "P35D" or "P6M". It is applied when the object is made, and again only when the duration is changed. Not together with keptUntil. */
  readonly retainFor: Output<string | undefined>;
  /** How strict the retention is. "none": it can be shortened, with a warning. "governance": only with allowShorten. "compliance": it is never shortened, no deletion is forced, and the mode cannot be taken back before the retention is over. Default: "none". */
  readonly retentionMode: Output<"none" | "governance" | "compliance" | undefined>;
  /** Let a retention of the mode "governance" be shortened or its mode be taken back. Default: false. */
  readonly allowShorten: Output<boolean | undefined>;
  /** Let it be deleted before its retention is over. It has to be applied by an update before the deletion. Does nothing in the mode "compliance". Default: false. */
  readonly forceDelete: Output<boolean | undefined>;
  /** Status, e.g. creating, available, error */
  readonly status: Output<string>;
  /** Size in GiB: 10 GiB is 10 */
  readonly size: Output<number>;
  /** Time of creation, ISO 8601 */
  readonly createdAt: Output<string>;
  /** Time of the last change, ISO 8601 */
  readonly updatedAt: Output<string | undefined>;
  /** How far it is, e.g. 100%; some back ends never go beyond 0% */
  readonly progress: Output<string | undefined>;
  /** UUID of the project */
  readonly projectId: Output<string | undefined>;
  /** UUID of the user who made it, from microversion 3.41 on */
  readonly userId: Output<string | undefined>;
  /** UUID of the group snapshot that it belongs to, from microversion 3.14 on */
  readonly groupSnapshotId: Output<string | undefined>;
  /** Whether it counts against the quota, from microversion 3.65 on */
  readonly consumesQuota: Output<boolean | undefined>;
  /** Retained until then, ISO 8601, although the server no longer shows it or shows something unreadable: the guard goes by this date until keptUntil is written again. Absent: keptUntil is as the server has it. */
  readonly heldUntil: Output<string | undefined>;
  /** Whether the server has removed it, or is doing so, because its retention was over. It stays in the stack then. */
  readonly expired: Output<boolean>;
}

/** The names of the outputs of {@link Snapshot}. */
export const snapshotProperties = [
  "allowShorten",
  "consumesQuota",
  "createdAt",
  "description",
  "expired",
  "force",
  "forceDelete",
  "groupSnapshotId",
  "heldUntil",
  "keptUntil",
  "metadata",
  "name",
  "progress",
  "projectId",
  "retainFor",
  "retentionMode",
  "size",
  "status",
  "updatedAt",
  "userId",
  "volumeId",
] as const;

/** Arguments of {@link SnapshotRestoration}. */
export interface SnapshotRestorationArgs {
  /** The snapshot to restore: uuid. A change replaces the resource. */
  snapshotId: Input<string>;
  /** "new-volume": a new volume with the contents of the snapshot. "revert": the volume of the snapshot goes back to it, and what was written since is lost; only to the latest snapshot, and while it is not attached. A change replaces the resource. Default: "new-volume". */
  mode?: Input<"new-volume" | "revert">;
  /** Has to be true for mode "revert", because that destroys data. Default: false. */
  confirmRevert?: Input<boolean>;
  /** Name of the new volume, at most 255 characters; "" for none. Default: the resource's name and 7 hex digits. */
  name?: Input<string>;
  /** Description of the new volume. */
  description?: Input<string>;
  /** Size of the new volume in GiB: 10 GiB is 10. At least the snapshot's; it can grow later. Default: the snapshot's. */
  size?: Input<number>;
  /** Type of the new volume: name or uuid. A change replaces the resource. Default: that of the snapshot's volume. */
  volumeType?: Input<string>;
  /** Availability zone of the new volume. A change replaces the resource. Default: that of the snapshot's volume. */
  availabilityZone?: Input<string>;
  /** What becomes of the new volume when this is destroyed. Default: "terminate". Nothing undoes a revert. */
  onDestroy?: Input<"terminate" | "keep">;
}

/** Outputs of {@link SnapshotRestoration}. */
export interface SnapshotRestorationOutputs {
  /** UUID of the snapshot */
  readonly snapshotId: Output<string>;
  /** "new-volume": a new volume with the contents of the snapshot. "revert": the volume of the snapshot goes back to it, and what was written since is lost; only to the latest snapshot, and while it is not attached. A change replaces the resource. Default: "new-volume". */
  readonly mode: Output<"new-volume" | "revert" | undefined>;
  /** Has to be true for mode "revert", because that destroys data. Default: false. */
  readonly confirmRevert: Output<boolean | undefined>;
  /** Name of that volume */
  readonly name: Output<string>;
  /** Description of that volume */
  readonly description: Output<string | undefined>;
  /** Size of that volume in GiB: 10 GiB is 10 */
  readonly size: Output<number>;
  /** Name of the volume type */
  readonly volumeType: Output<string | undefined>;
  /** Availability zone */
  readonly availabilityZone: Output<string | undefined>;
  /** What becomes of the new volume when this is destroyed. Default: "terminate". Nothing undoes a revert. */
  readonly onDestroy: Output<"terminate" | "keep" | undefined>;
  /** UUID of the volume that has the contents of the snapshot */
  readonly volumeId: Output<string>;
  /** Status of that volume */
  readonly status: Output<string>;
  /** UUID of the volume type, from microversion 3.63 on */
  readonly volumeTypeId: Output<string | undefined>;
  /** Time of creation of that volume, ISO 8601 */
  readonly createdAt: Output<string>;
  /** UUID of the project */
  readonly projectId: Output<string | undefined>;
}

/** The names of the outputs of {@link SnapshotRestoration}. */
export const snapshotRestorationProperties = [
  "availabilityZone",
  "confirmRevert",
  "createdAt",
  "description",
  "mode",
  "name",
  "onDestroy",
  "projectId",
  "size",
  "snapshotId",
  "status",
  "volumeId",
  "volumeType",
  "volumeTypeId",
] as const;

/** Arguments of {@link getSnapshot}. */
export interface GetSnapshotArgs {
  /** The snapshot: uuid. */
  id?: string;
  /** The whole name; case counts. */
  name?: string;
  /** Status, e.g. available. */
  status?: string;
  /** Metadata that it has: every key given, with that value. */
  metadata?: { [key: string]: string };
  /** UUID of the project. Another than that of the credentials: with allTenants, for administrators. */
  projectId?: string;
  /** Whether it counts against the quota. */
  consumesQuota?: boolean;
  /** The volume that the snapshot was taken of: uuid. */
  volumeId?: string;
  /** Those of every project; for administrators. Default: false. */
  allTenants?: boolean;
  /** Where several match, take the one that was created last. Default: false. */
  mostRecent?: boolean;
}

/** Result of {@link getSnapshot}. */
export interface GetSnapshotResult {
  /** UUID */
  id: string;
  /** Name; absent where it has none */
  name?: string;
  /** Description */
  description?: string;
  /** UUID of the volume that the snapshot was taken of */
  volumeId?: string;
  /** Status, e.g. creating, available, error */
  status?: string;
  /** Size in GiB: 10 GiB is 10 */
  size?: number;
  /** Metadata, what other tools and the service keep there included */
  metadata?: { [key: string]: string };
  /** Time of creation, ISO 8601 */
  createdAt?: string;
  /** Time of the last change, ISO 8601 */
  updatedAt?: string;
  /** How far it is, e.g. 100%; some back ends never go beyond 0% */
  progress?: string;
  /** UUID of the project */
  projectId?: string;
  /** UUID of the user who made it, from microversion 3.41 on */
  userId?: string;
  /** UUID of the group snapshot that it belongs to, from microversion 3.14 on */
  groupSnapshotId?: string;
  /** Whether it counts against the quota, from microversion 3.65 on */
  consumesQuota?: boolean;
  /** Kept until then, ISO 8601: what the metadata kept_until says */
  keptUntil?: string;
  /** How hard that is: what the metadata retention_mode says */
  retentionMode?: string;
}

/** Arguments of {@link getSnapshots}. */
export interface GetSnapshotsArgs {
  /** The whole name; case counts. */
  name?: string;
  /** Status, e.g. available. */
  status?: string;
  /** Metadata that it has: every key given, with that value. */
  metadata?: { [key: string]: string };
  /** UUID of the project. Another than that of the credentials: with allTenants, for administrators. */
  projectId?: string;
  /** Whether it counts against the quota. */
  consumesQuota?: boolean;
  /** The volume that the snapshot was taken of: uuid. */
  volumeId?: string;
  /** Those of every project; for administrators. Default: false. */
  allTenants?: boolean;
  /** Order of the rows, e.g. ["createdAt:desc", "id:asc"]. Default: the newest first. */
  sort?: string[];
  /** So many rows at most. Default: all. */
  limit?: number;
  /** Only rows that come after the one with this uuid. */
  marker?: string;
  /** Leave so many rows out first. Default: 0. */
  offset?: number;
  /** Count what matches, whatever limit and offset say. Default: false. */
  withCount?: boolean;
  /** Whether every field is wanted, or only id, name and what a short list shows. Default: true. */
  detail?: boolean;
}

/** Result of {@link getSnapshots}. */
export interface GetSnapshotsResult {
  /** The snapshots */
  snapshots: {
    /** UUID */
    id: string;
    /** Name; absent where it has none */
    name?: string;
    /** Description */
    description?: string;
    /** UUID of the volume that the snapshot was taken of */
    volumeId?: string;
    /** Status, e.g. creating, available, error */
    status?: string;
    /** Size in GiB: 10 GiB is 10 */
    size?: number;
    /** Metadata, what other tools and the service keep there included */
    metadata?: { [key: string]: string };
    /** Time of creation, ISO 8601 */
    createdAt?: string;
    /** Time of the last change, ISO 8601 */
    updatedAt?: string;
    /** How far it is, e.g. 100%; some back ends never go beyond 0% */
    progress?: string;
    /** UUID of the project */
    projectId?: string;
    /** UUID of the user who made it, from microversion 3.41 on */
    userId?: string;
    /** UUID of the group snapshot that it belongs to, from microversion 3.14 on */
    groupSnapshotId?: string;
    /** Whether it counts against the quota, from microversion 3.65 on */
    consumesQuota?: boolean;
    /** Kept until then, ISO 8601: what the metadata kept_until says */
    keptUntil?: string;
    /** How hard that is: what the metadata retention_mode says */
    retentionMode?: string;
  }[];
  /** How many match, where withCount was set */
  count?: number;
  /** Stands for the look-up: the same for the same arguments */
  id: string;
}

/** Arguments of {@link getVolume}. */
export interface GetVolumeArgs {
  /** The volume: uuid. */
  id?: string;
  /** The whole name; case counts. */
  name?: string;
  /** Status, e.g. available. */
  status?: string;
  /** Metadata that it has: every key given, with that value. */
  metadata?: { [key: string]: string };
  /** UUID of the project. Another than that of the credentials: with allTenants, for administrators. */
  projectId?: string;
  /** Whether it counts against the quota. */
  consumesQuota?: boolean;
  /** Whether an instance can boot from it. */
  bootable?: boolean;
  /** Availability zone. */
  availabilityZone?: string;
  /** Size in GiB: 10 GiB is 10. */
  size?: number;
  /** The snapshot that it was made from: uuid. */
  snapshotId?: string;
  /** Name of the volume type. */
  volumeType?: string;
  /** Those of every project; for administrators. Default: false. */
  allTenants?: boolean;
  /** Where several match, take the one that was created last. Default: false. */
  mostRecent?: boolean;
}

/** Result of {@link getVolume}. */
export interface GetVolumeResult {
  /** UUID */
  id: string;
  /** Name; absent where it has none */
  name?: string;
  /** Description */
  description?: string;
  /** Status, e.g. creating, available, in-use, error */
  status?: string;
  /** Size in GiB: 10 GiB is 10 */
  size?: number;
  /** Metadata, what other tools and the service keep there included */
  metadata?: { [key: string]: string };
  /** Name of the volume type */
  volumeType?: string;
  /** UUID of the volume type, from microversion 3.63 on */
  volumeTypeId?: string;
  /** Availability zone */
  availabilityZone?: string;
  /** UUID of the snapshot that the volume was made from, also after that is gone */
  snapshotId?: string;
  /** UUID of the volume that it is a copy of */
  sourceVolumeId?: string;
  /** UUID of the image that the volume was made from */
  imageId?: string;
  /** Whether an instance can boot from it */
  bootable?: boolean;
  /** Whether it can be attached to several instances at once */
  multiattach?: boolean;
  /** Whether it is encrypted */
  encrypted?: boolean;
  /** Where it is attached */
  attachments?: {
    /** UUID of the attachment */
    attachmentId?: string;
    /** UUID of the instance */
    serverId?: string;
    /** Host of the instance; for administrators */
    hostName?: string;
    /** Name of the device in the instance, e.g. /dev/vdb */
    device?: string;
    /** Since when, ISO 8601 */
    attachedAt?: string;
  }[];
  /** Time of creation, ISO 8601 */
  createdAt?: string;
  /** Time of the last change, ISO 8601 */
  updatedAt?: string;
  /** UUID of the project */
  projectId?: string;
  /** UUID of the user who made it */
  userId?: string;
  /** Back end that holds it; for administrators */
  host?: string;
  /** UUID of the group that it belongs to, from microversion 3.13 on */
  groupId?: string;
  /** UUID of the consistency group that it belongs to */
  consistencyGroupId?: string;
  /** Status of its replication */
  replicationStatus?: string;
  /** Status of its migration; for administrators */
  migrationStatus?: string;
  /** Whether it counts against the quota, from microversion 3.65 on */
  consumesQuota?: boolean;
}

/** Arguments of {@link getVolumes}. */
export interface GetVolumesArgs {
  /** The whole name; case counts. */
  name?: string;
  /** Status, e.g. available. */
  status?: string;
  /** Metadata that it has: every key given, with that value. */
  metadata?: { [key: string]: string };
  /** UUID of the project. Another than that of the credentials: with allTenants, for administrators. */
  projectId?: string;
  /** Whether it counts against the quota. */
  consumesQuota?: boolean;
  /** Whether an instance can boot from it. */
  bootable?: boolean;
  /** Availability zone. */
  availabilityZone?: string;
  /** Size in GiB: 10 GiB is 10. */
  size?: number;
  /** The snapshot that it was made from: uuid. */
  snapshotId?: string;
  /** Name of the volume type. */
  volumeType?: string;
  /** Those of every project; for administrators. Default: false. */
  allTenants?: boolean;
  /** Order of the rows, e.g. ["createdAt:desc", "id:asc"]. Default: the newest first. */
  sort?: string[];
  /** So many rows at most. Default: all. */
  limit?: number;
  /** Only rows that come after the one with this uuid. */
  marker?: string;
  /** Leave so many rows out first. Default: 0. */
  offset?: number;
  /** Count what matches, whatever limit and offset say. Default: false. */
  withCount?: boolean;
  /** Whether every field is wanted, or only id, name and what a short list shows. Default: true. */
  detail?: boolean;
}

/** Result of {@link getVolumes}. */
export interface GetVolumesResult {
  /** The volumes */
  volumes: {
    /** UUID */
    id: string;
    /** Name; absent where it has none */
    name?: string;
    /** Description */
    description?: string;
    /** Status, e.g. creating, available, in-use, error */
    status?: string;
    /** Size in GiB: 10 GiB is 10 */
    size?: number;
    /** Metadata, what other tools and the service keep there included */
    metadata?: { [key: string]: string };
    /** Name of the volume type */
    volumeType?: string;
    /** UUID of the volume type, from microversion 3.63 on */
    volumeTypeId?: string;
    /** Availability zone */
    availabilityZone?: string;
    /** UUID of the snapshot that the volume was made from, also after that is gone */
    snapshotId?: string;
    /** UUID of the volume that it is a copy of */
    sourceVolumeId?: string;
    /** UUID of the image that the volume was made from */
    imageId?: string;
    /** Whether an instance can boot from it */
    bootable?: boolean;
    /** Whether it can be attached to several instances at once */
    multiattach?: boolean;
    /** Whether it is encrypted */
    encrypted?: boolean;
    /** Where it is attached */
    attachments?: {
      /** UUID of the attachment */
      attachmentId?: string;
      /** UUID of the instance */
      serverId?: string;
      /** Host of the instance; for administrators */
      hostName?: string;
      /** Name of the device in the instance, e.g. /dev/vdb */
      device?: string;
      /** Since when, ISO 8601 */
      attachedAt?: string;
    }[];
    /** Time of creation, ISO 8601 */
    createdAt?: string;
    /** Time of the last change, ISO 8601 */
    updatedAt?: string;
    /** UUID of the project */
    projectId?: string;
    /** UUID of the user who made it */
    userId?: string;
    /** Back end that holds it; for administrators */
    host?: string;
    /** UUID of the group that it belongs to, from microversion 3.13 on */
    groupId?: string;
    /** UUID of the consistency group that it belongs to */
    consistencyGroupId?: string;
    /** Status of its replication */
    replicationStatus?: string;
    /** Status of its migration; for administrators */
    migrationStatus?: string;
    /** Whether it counts against the quota, from microversion 3.65 on */
    consumesQuota?: boolean;
  }[];
  /** How many match, where withCount was set */
  count?: number;
  /** Stands for the look-up: the same for the same arguments */
  id: string;
}

/** Arguments of {@link getVolumeTypes}. */
export interface GetVolumeTypesArgs {
  /** The whole name; case counts. */
  name?: string;
  /** Whether every project may use it. */
  isPublic?: boolean;
}

/** Result of {@link getVolumeTypes}. */
export interface GetVolumeTypesResult {
  /** The volume types */
  volumeTypes: {
    /** UUID */
    id: string;
    /** Name */
    name?: string;
    /** Description */
    description?: string;
    /** Whether every project may use it */
    isPublic?: boolean;
    /** Properties of the type that the user may see */
    extraSpecs?: { [key: string]: string };
    /** UUID of its quality of service; for administrators */
    qosSpecsId?: string;
  }[];
  /** Stands for the look-up: the same for the same arguments */
  id: string;
}

/** Arguments of {@link getLimits}. */
export interface GetLimitsArgs {

}

/** Result of {@link getLimits}. */
export interface GetLimitsResult {
  /** Volumes allowed; -1: without limit */
  maxTotalVolumes?: number;
  /** Snapshots allowed; -1: without limit */
  maxTotalSnapshots?: number;
  /** GiB of volumes and snapshots allowed; -1: without limit */
  maxTotalVolumeGigabytes?: number;
  /** Backups allowed; -1: without limit */
  maxTotalBackups?: number;
  /** GiB of backups allowed; -1: without limit */
  maxTotalBackupGigabytes?: number;
  /** Volumes that there are */
  totalVolumesUsed?: number;
  /** Snapshots that there are */
  totalSnapshotsUsed?: number;
  /** GiB of volumes and snapshots that there are */
  totalGigabytesUsed?: number;
  /** Backups that there are */
  totalBackupsUsed?: number;
  /** GiB of backups that there are */
  totalBackupGigabytesUsed?: number;
  /** Stands for the look-up: the same for the same arguments */
  id: string;
}
