// Generated from the schemas of the provider by `npm run generate`. Do not edit.

import type { Input, Output } from "@pulumi/pulumi";

/** Any JSON value. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Arguments of {@link SnapshotRestoration}. */
export interface SnapshotRestorationArgs {
  /** ID of the snapshot to restore. A snapshot that is removed later changes nothing. */
  snapshot: Input<string>;
  /** "one-click": everything as it was, once the originals are gone; "selective": new instances, of your choice; "in-place": disks of the original instances are overwritten */
  kind: Input<"one-click" | "selective" | "in-place">;
  /** Name of the restore. Default: the resource's name and 7 hex digits. */
  name?: Input<string>;
  /** Description of the restore */
  description?: Input<string>;
  /** What is restored, and how; which options go depends on the kind. */
  options?: Input<{
    /** Instances of the snapshot. Selective and in-place: one that is not listed is not restored. One-click restores all of them. */
    instances?: Input<Input<{
      /** ID of the original instance */
      id: Input<string>;
      /** Whether the instance is restored. Selective and in-place. Default: true. */
      include?: Input<boolean>;
      /** Name of the new instance. Default: as it was. */
      name?: Input<string>;
      /** Availability zone of the new instance */
      availabilityZone?: Input<string>;
      /** The size of the restored instance. Default: as it was. */
      flavor?: Input<{
        /** ID of the flavor */
        id?: Input<string>;
        /** Number of virtual processors */
        vcpus?: Input<number>;
        /** Memory in MiB */
        ram?: Input<number>;
        /** Root disk in GiB */
        disk?: Input<number>;
        /** Ephemeral disk in GiB */
        ephemeral?: Input<number>;
        /** Swap in MiB */
        swap?: Input<number>;
      }>;
      /** Ports made beforehand. Selective. Default: new ports in the networks of the mapping. */
      nics?: Input<Input<{
        /** ID of the port */
        port?: Input<string>;
        /** MAC address of the port */
        macAddress?: Input<string>;
        /** IP address of the port */
        ipAddress?: Input<string>;
        /** ID of the port's network */
        network?: Input<string>;
        /** ID of the port's subnet */
        subnet?: Input<string>;
      }>[]>;
      /** Volumes of the instance. In-place: those to overwrite; a volume not listed stays as it is. */
      volumes?: Input<Input<{
        /** ID of the original volume */
        id: Input<string>;
        /** Type of the new volume. Selective. */
        newVolumeType?: Input<string>;
        /** Availability zone of the new volume. Selective. */
        availabilityZone?: Input<string>;
        /** Whether the volume is overwritten. In-place. Default: true. */
        restoreVolume?: Input<boolean>;
      }>[]>;
      /** Whether the boot disk that came from an image is overwritten. In-place. Default: false. */
      restoreBootDisk?: Input<boolean>;
      /** ID of the server group of the new instance. Selective; newer servers only. */
      serverGroup?: Input<string>;
    }>[]>;
    /** Networks of the snapshot, each with the one that takes its place. Selective. */
    networksMapping?: Input<Input<{
      /** A network as it was when the snapshot was taken. */
      snapshotNetwork: Input<{
        /** ID of the network */
        id: Input<string>;
        /** ID of the subnet */
        subnet?: Input<string>;
      }>;
      /** The network that takes its place. */
      targetNetwork: Input<{
        /** ID of the network */
        id: Input<string>;
        /** ID of the subnet */
        subnet?: Input<string>;
        /** Name of the network */
        name?: Input<string>;
      }>;
    }>[]>;
    /** Whether networks, subnets and routers are restored as they were. Selective. Default: false. */
    restoreTopology?: Input<boolean>;
    /** Availability zone where an instance has none of its own */
    availabilityZone?: Input<string>;
  }>;
  /** Has to be true for an in-place restore: it overwrites the data of the original instances. */
  confirmOverwrite?: Input<boolean>;
  /** What becomes of a running restore when the wait for it is interrupted or out of time. Default: "leave". */
  onInterrupt?: Input<"leave" | "cancel">;
  /** What becomes of the record of the restore when this is destroyed. What was restored always stays. Default: "delete-record". */
  onDestroy?: Input<"delete-record" | "keep-record">;
}

/** Outputs of {@link SnapshotRestoration}. */
export interface SnapshotRestorationOutputs {
  /** ID of the snapshot */
  readonly snapshot: Output<string>;
  /** "one-click": everything as it was, once the originals are gone; "selective": new instances, of your choice; "in-place": disks of the original instances are overwritten */
  readonly kind: Output<"one-click" | "selective" | "in-place">;
  /** Name */
  readonly name: Output<string>;
  /** Description */
  readonly description: Output<string | undefined>;
  /** What is restored, and how; which options go depends on the kind. */
  readonly options: Output<{
    /** Instances of the snapshot. Selective and in-place: one that is not listed is not restored. One-click restores all of them. */
    instances?: {
      /** ID of the original instance */
      id: string;
      /** Whether the instance is restored. Selective and in-place. Default: true. */
      include?: boolean;
      /** Name of the new instance. Default: as it was. */
      name?: string;
      /** Availability zone of the new instance */
      availabilityZone?: string;
      /** The size of the restored instance. Default: as it was. */
      flavor?: {
        /** ID of the flavor */
        id?: string;
        /** Number of virtual processors */
        vcpus?: number;
        /** Memory in MiB */
        ram?: number;
        /** Root disk in GiB */
        disk?: number;
        /** Ephemeral disk in GiB */
        ephemeral?: number;
        /** Swap in MiB */
        swap?: number;
      };
      /** Ports made beforehand. Selective. Default: new ports in the networks of the mapping. */
      nics?: {
        /** ID of the port */
        port?: string;
        /** MAC address of the port */
        macAddress?: string;
        /** IP address of the port */
        ipAddress?: string;
        /** ID of the port's network */
        network?: string;
        /** ID of the port's subnet */
        subnet?: string;
      }[];
      /** Volumes of the instance. In-place: those to overwrite; a volume not listed stays as it is. */
      volumes?: {
        /** ID of the original volume */
        id: string;
        /** Type of the new volume. Selective. */
        newVolumeType?: string;
        /** Availability zone of the new volume. Selective. */
        availabilityZone?: string;
        /** Whether the volume is overwritten. In-place. Default: true. */
        restoreVolume?: boolean;
      }[];
      /** Whether the boot disk that came from an image is overwritten. In-place. Default: false. */
      restoreBootDisk?: boolean;
      /** ID of the server group of the new instance. Selective; newer servers only. */
      serverGroup?: string;
    }[];
    /** Networks of the snapshot, each with the one that takes its place. Selective. */
    networksMapping?: {
      /** A network as it was when the snapshot was taken. */
      snapshotNetwork: {
        /** ID of the network */
        id: string;
        /** ID of the subnet */
        subnet?: string;
      };
      /** The network that takes its place. */
      targetNetwork: {
        /** ID of the network */
        id: string;
        /** ID of the subnet */
        subnet?: string;
        /** Name of the network */
        name?: string;
      };
    }[];
    /** Whether networks, subnets and routers are restored as they were. Selective. Default: false. */
    restoreTopology?: boolean;
    /** Availability zone where an instance has none of its own */
    availabilityZone?: string;
  } | undefined>;
  /** Has to be true for an in-place restore: it overwrites the data of the original instances. */
  readonly confirmOverwrite: Output<boolean | undefined>;
  /** What becomes of a running restore when the wait for it is interrupted or out of time. Default: "leave". */
  readonly onInterrupt: Output<"leave" | "cancel" | undefined>;
  /** What becomes of the record of the restore when this is destroyed. What was restored always stays. Default: "delete-record". */
  readonly onDestroy: Output<"delete-record" | "keep-record" | undefined>;
  /** ID of the workload */
  readonly workload: Output<string | undefined>;
  /** available, error or cancelled at the end; restoring, or any other, on the way */
  readonly status: Output<string>;
  /** Bytes to restore */
  readonly size: Output<number | undefined>;
  /** Bytes restored */
  readonly uploadedSize: Output<number | undefined>;
  /** Seconds that it took */
  readonly timeTaken: Output<number | undefined>;
  /** Time of the request, ISO 8601 */
  readonly createdAt: Output<string | undefined>;
  /** Time of the end, good or bad, ISO 8601 */
  readonly finishedAt: Output<string | undefined>;
  /** The node of Trilio that did it */
  readonly host: Output<string | undefined>;
  /** Instances that were restored */
  readonly instances: Output<{
    /** ID of the restored instance */
    id: string;
    /** ID of the instance that the snapshot was taken of */
    originalId?: string;
    /** Name of the restored instance */
    name?: string;
    /** Status of its restore */
    status?: string;
  }[] | undefined>;
  /** Networks that were restored, as the server shows them */
  readonly networks: Output<Json[] | undefined>;
  /** Subnets that were restored, as the server shows them */
  readonly subnets: Output<Json[] | undefined>;
  /** Routers that were restored, as the server shows them */
  readonly routers: Output<Json[] | undefined>;
  /** What Trilio notes about the restore */
  readonly metadata: Output<{ [key: string]: string } | undefined>;
  /** Why it failed */
  readonly errorMessage: Output<string | undefined>;
  /** What went not quite well */
  readonly warningMessage: Output<string | undefined>;
  /** ID of the project */
  readonly projectId: Output<string | undefined>;
}

/** The names of the outputs of {@link SnapshotRestoration}. */
export const snapshotRestorationProperties = [
  "confirmOverwrite",
  "createdAt",
  "description",
  "errorMessage",
  "finishedAt",
  "host",
  "instances",
  "kind",
  "metadata",
  "name",
  "networks",
  "onDestroy",
  "onInterrupt",
  "options",
  "projectId",
  "routers",
  "size",
  "snapshot",
  "status",
  "subnets",
  "timeTaken",
  "uploadedSize",
  "warningMessage",
  "workload",
] as const;

/** Arguments of {@link getRestore}. */
export interface GetRestoreArgs {
  /** ID of the restore. */
  id: string;
}

/** Result of {@link getRestore}. */
export interface GetRestoreResult {
  /** ID of the restore */
  id: string;
  /** ID of the snapshot */
  snapshot?: string;
  /** ID of the workload */
  workload?: string;
  /** Name */
  name?: string;
  /** Description */
  description?: string;
  /** "one-click": everything as it was, once the originals are gone; "selective": new instances, of your choice; "in-place": disks of the original instances are overwritten */
  kind?: "one-click" | "selective" | "in-place";
  /** What is restored, and how; which options go depends on the kind. */
  options?: {
    /** Instances of the snapshot. Selective and in-place: one that is not listed is not restored. One-click restores all of them. */
    instances?: {
      /** ID of the original instance */
      id: string;
      /** Whether the instance is restored. Selective and in-place. Default: true. */
      include?: boolean;
      /** Name of the new instance. Default: as it was. */
      name?: string;
      /** Availability zone of the new instance */
      availabilityZone?: string;
      /** The size of the restored instance. Default: as it was. */
      flavor?: {
        /** ID of the flavor */
        id?: string;
        /** Number of virtual processors */
        vcpus?: number;
        /** Memory in MiB */
        ram?: number;
        /** Root disk in GiB */
        disk?: number;
        /** Ephemeral disk in GiB */
        ephemeral?: number;
        /** Swap in MiB */
        swap?: number;
      };
      /** Ports made beforehand. Selective. Default: new ports in the networks of the mapping. */
      nics?: {
        /** ID of the port */
        port?: string;
        /** MAC address of the port */
        macAddress?: string;
        /** IP address of the port */
        ipAddress?: string;
        /** ID of the port's network */
        network?: string;
        /** ID of the port's subnet */
        subnet?: string;
      }[];
      /** Volumes of the instance. In-place: those to overwrite; a volume not listed stays as it is. */
      volumes?: {
        /** ID of the original volume */
        id: string;
        /** Type of the new volume. Selective. */
        newVolumeType?: string;
        /** Availability zone of the new volume. Selective. */
        availabilityZone?: string;
        /** Whether the volume is overwritten. In-place. Default: true. */
        restoreVolume?: boolean;
      }[];
      /** Whether the boot disk that came from an image is overwritten. In-place. Default: false. */
      restoreBootDisk?: boolean;
      /** ID of the server group of the new instance. Selective; newer servers only. */
      serverGroup?: string;
    }[];
    /** Networks of the snapshot, each with the one that takes its place. Selective. */
    networksMapping?: {
      /** A network as it was when the snapshot was taken. */
      snapshotNetwork: {
        /** ID of the network */
        id: string;
        /** ID of the subnet */
        subnet?: string;
      };
      /** The network that takes its place. */
      targetNetwork: {
        /** ID of the network */
        id: string;
        /** ID of the subnet */
        subnet?: string;
        /** Name of the network */
        name?: string;
      };
    }[];
    /** Whether networks, subnets and routers are restored as they were. Selective. Default: false. */
    restoreTopology?: boolean;
    /** Availability zone where an instance has none of its own */
    availabilityZone?: string;
  };
  /** available, error or cancelled at the end; restoring, or any other, on the way */
  status: string;
  /** Bytes to restore */
  size?: number;
  /** Bytes restored */
  uploadedSize?: number;
  /** Seconds that it took */
  timeTaken?: number;
  /** Time of the request, ISO 8601 */
  createdAt?: string;
  /** Time of the end, good or bad, ISO 8601 */
  finishedAt?: string;
  /** The node of Trilio that did it */
  host?: string;
  /** Instances that were restored */
  instances?: {
    /** ID of the restored instance */
    id: string;
    /** ID of the instance that the snapshot was taken of */
    originalId?: string;
    /** Name of the restored instance */
    name?: string;
    /** Status of its restore */
    status?: string;
  }[];
  /** Networks that were restored, as the server shows them */
  networks?: Json[];
  /** Subnets that were restored, as the server shows them */
  subnets?: Json[];
  /** Routers that were restored, as the server shows them */
  routers?: Json[];
  /** What Trilio notes about the restore */
  metadata?: { [key: string]: string };
  /** Why it failed */
  errorMessage?: string;
  /** What went not quite well */
  warningMessage?: string;
  /** ID of the project */
  projectId?: string;
  /** ID of the user who asked for it */
  userId?: string;
}

/** Arguments of {@link getRestores}. */
export interface GetRestoresArgs {
  /** Only restores of this snapshot. */
  snapshot?: string;
  /** Statuses, e.g. available; default: every one */
  status?: string[];
}

/** Result of {@link getRestores}. */
export interface GetRestoresResult {
  /** The restores */
  restores: ({
    /** ID of the restore */
    id: string;
    /** ID of the snapshot */
    snapshot?: string;
    /** ID of the workload */
    workload?: string;
    /** Name */
    name?: string;
    /** Description */
    description?: string;
    /** "one-click": everything as it was, once the originals are gone; "selective": new instances, of your choice; "in-place": disks of the original instances are overwritten */
    kind?: "one-click" | "selective" | "in-place";
    /** What is restored, and how; which options go depends on the kind. */
    options?: {
      /** Instances of the snapshot. Selective and in-place: one that is not listed is not restored. One-click restores all of them. */
      instances?: {
        /** ID of the original instance */
        id: string;
        /** Whether the instance is restored. Selective and in-place. Default: true. */
        include?: boolean;
        /** Name of the new instance. Default: as it was. */
        name?: string;
        /** Availability zone of the new instance */
        availabilityZone?: string;
        /** The size of the restored instance. Default: as it was. */
        flavor?: {
          /** ID of the flavor */
          id?: string;
          /** Number of virtual processors */
          vcpus?: number;
          /** Memory in MiB */
          ram?: number;
          /** Root disk in GiB */
          disk?: number;
          /** Ephemeral disk in GiB */
          ephemeral?: number;
          /** Swap in MiB */
          swap?: number;
        };
        /** Ports made beforehand. Selective. Default: new ports in the networks of the mapping. */
        nics?: {
          /** ID of the port */
          port?: string;
          /** MAC address of the port */
          macAddress?: string;
          /** IP address of the port */
          ipAddress?: string;
          /** ID of the port's network */
          network?: string;
          /** ID of the port's subnet */
          subnet?: string;
        }[];
        /** Volumes of the instance. In-place: those to overwrite; a volume not listed stays as it is. */
        volumes?: {
          /** ID of the original volume */
          id: string;
          /** Type of the new volume. Selective. */
          newVolumeType?: string;
          /** Availability zone of the new volume. Selective. */
          availabilityZone?: string;
          /** Whether the volume is overwritten. In-place. Default: true. */
          restoreVolume?: boolean;
        }[];
        /** Whether the boot disk that came from an image is overwritten. In-place. Default: false. */
        restoreBootDisk?: boolean;
        /** ID of the server group of the new instance. Selective; newer servers only. */
        serverGroup?: string;
      }[];
      /** Networks of the snapshot, each with the one that takes its place. Selective. */
      networksMapping?: {
        /** A network as it was when the snapshot was taken. */
        snapshotNetwork: {
          /** ID of the network */
          id: string;
          /** ID of the subnet */
          subnet?: string;
        };
        /** The network that takes its place. */
        targetNetwork: {
          /** ID of the network */
          id: string;
          /** ID of the subnet */
          subnet?: string;
          /** Name of the network */
          name?: string;
        };
      }[];
      /** Whether networks, subnets and routers are restored as they were. Selective. Default: false. */
      restoreTopology?: boolean;
      /** Availability zone where an instance has none of its own */
      availabilityZone?: string;
    };
    /** available, error or cancelled at the end; restoring, or any other, on the way */
    status: string;
    /** Bytes to restore */
    size?: number;
    /** Bytes restored */
    uploadedSize?: number;
    /** Seconds that it took */
    timeTaken?: number;
    /** Time of the request, ISO 8601 */
    createdAt?: string;
    /** Time of the end, good or bad, ISO 8601 */
    finishedAt?: string;
    /** The node of Trilio that did it */
    host?: string;
    /** Instances that were restored */
    instances?: {
      /** ID of the restored instance */
      id: string;
      /** ID of the instance that the snapshot was taken of */
      originalId?: string;
      /** Name of the restored instance */
      name?: string;
      /** Status of its restore */
      status?: string;
    }[];
    /** Networks that were restored, as the server shows them */
    networks?: Json[];
    /** Subnets that were restored, as the server shows them */
    subnets?: Json[];
    /** Routers that were restored, as the server shows them */
    routers?: Json[];
    /** What Trilio notes about the restore */
    metadata?: { [key: string]: string };
    /** Why it failed */
    errorMessage?: string;
    /** What went not quite well */
    warningMessage?: string;
    /** ID of the project */
    projectId?: string;
    /** ID of the user who asked for it */
    userId?: string;
  })[];
  /** Stands for the look-up: the same for the same arguments */
  id: string;
}

/** Arguments of {@link getSnapshot}. */
export interface GetSnapshotArgs {
  /** ID of the snapshot; instead of filters. */
  id?: string;
  /** Only snapshots of this workload. */
  workload?: string;
  /** Only snapshots of exactly this name. */
  name?: string;
  /** Only snapshots taken at or after this instant. */
  dateFrom?: string;
  /** Only snapshots taken at or before this instant. */
  dateTo?: string;
  /** Where several match, take the one that was taken last. Default: false. */
  mostRecent?: boolean;
}

/** Result of {@link getSnapshot}. */
export interface GetSnapshotResult {
  /** ID of the snapshot */
  id: string;
  /** Name */
  name?: string;
  /** Description */
  description?: string;
  /** available, error, cancelled, mounted; any other is busy */
  status: string;
  /** full or incremental */
  type?: string;
  /** ID of the workload */
  workload?: string;
  /** When it was taken, ISO 8601 */
  createdAt?: string;
  /** When that was done, ISO 8601; not in lists */
  finishedAt?: string;
  /** Bytes that it takes; not in lists */
  size?: number;
  /** Bytes to restore; not in lists */
  restoreSize?: number;
  /** The node of Trilio that took it */
  host?: string;
  /** ID of the project */
  projectId?: string;
  /** Why it failed */
  errorMessage?: string;
  /** The instances that it holds */
  instances?: {
    /** ID of the instance */
    id: string;
    /** Name of the instance */
    name?: string;
    /** Availability zone of the instance */
    availabilityZone?: string;
    /** The size of an instance. */
    flavor?: {
      /** ID of the flavor */
      id?: string;
      /** Name of the flavor */
      name?: string;
      /** Number of virtual processors */
      vcpus?: number;
      /** Memory in MiB */
      ram?: number;
      /** Root disk in GiB */
      disk?: number;
      /** Ephemeral disk in GiB */
      ephemeral?: number;
      /** Swap in MiB */
      swap?: number;
    };
    /** Its ports */
    nics: {
      /** MAC address */
      macAddress?: string;
      /** IP address */
      ipAddress?: string;
      /** ID of the network */
      network?: string;
      /** Name of the network */
      networkName?: string;
      /** ID of the subnet */
      subnet?: string;
      /** Name of the subnet */
      subnetName?: string;
      /** Addresses of the subnet */
      cidr?: string;
    }[];
    /** Its disks */
    volumes: {
      /** ID of the volume; absent for a boot disk that came from an image */
      id?: string;
      /** Name of the volume */
      name?: string;
      /** Type of the volume */
      type?: string;
      /** Size in GiB */
      size?: number;
      /** Availability zone of the volume */
      availabilityZone?: string;
      /** ID of the image that the disk came from */
      image?: string;
    }[];
  }[];
}

/** Arguments of {@link getSnapshots}. */
export interface GetSnapshotsArgs {
  /** Only snapshots of this workload. */
  workload?: string;
  /** Only snapshots of exactly this name. */
  name?: string;
  /** Only snapshots taken at or after this instant. */
  dateFrom?: string;
  /** Only snapshots taken at or before this instant. */
  dateTo?: string;
  /** Statuses, e.g. available; default: every one */
  status?: string[];
  /** Only the newest that can be restored: at most one. Default: false. */
  latestAvailable?: boolean;
  /** Those of all projects; for administrators. Default: false. */
  allProjects?: boolean;
}

/** Result of {@link getSnapshots}. */
export interface GetSnapshotsResult {
  /** The snapshots */
  snapshots: {
    /** ID of the snapshot */
    id: string;
    /** Name */
    name?: string;
    /** Description */
    description?: string;
    /** available, error, cancelled, mounted; any other is busy */
    status: string;
    /** full or incremental */
    type?: string;
    /** ID of the workload */
    workload?: string;
    /** When it was taken, ISO 8601 */
    createdAt?: string;
    /** When that was done, ISO 8601; not in lists */
    finishedAt?: string;
    /** Bytes that it takes; not in lists */
    size?: number;
    /** Bytes to restore; not in lists */
    restoreSize?: number;
    /** The node of Trilio that took it */
    host?: string;
    /** ID of the project */
    projectId?: string;
    /** Why it failed */
    errorMessage?: string;
  }[];
  /** Stands for the look-up: the same for the same arguments */
  id: string;
}

/** Arguments of {@link getWorkload}. */
export interface GetWorkloadArgs {
  /** ID of the workload. */
  id: string;
}

/** Result of {@link getWorkload}. */
export interface GetWorkloadResult {
  /** ID of the workload */
  id: string;
  /** Name */
  name?: string;
  /** Description */
  description?: string;
  /** available, error, or busy in some way */
  status: string;
  /** Time of creation, ISO 8601 */
  createdAt?: string;
  /** Time of the last change, ISO 8601 */
  updatedAt?: string;
  /** ID of the project */
  projectId?: string;
  /** IDs of its instances, where the server shows them */
  instances?: string[];
  /** When snapshots are taken, and how long they stay. */
  schedule?: {
    /** Whether snapshots are taken by themselves */
    enabled: boolean;
    /** Time zone of dates and times */
    timezone?: string;
    /** First day, as the server writes it: MM/DD/YYYY */
    startDate?: string;
    /** Last day, as the server writes it */
    endDate?: string;
    /** Time of day, as the server writes it, e.g. 02:00 AM */
    startTime?: string;
    /** Incremental snapshots between two full ones; 0: all are full; -1: only the first one is */
    fullBackupInterval?: number;
    /** How long snapshots stay: one rule for each schedule */
    retention: ({
      /** Which snapshots: those of the schedule of that name; "interval" is the one of older servers */
      schedule: "interval" | "hourly" | "daily" | "weekly" | "monthly" | "yearly" | "manual";
      /** Hours between two snapshots */
      intervalHours?: number;
      /** So many of the newest snapshots are kept */
      keepSnapshots?: number;
      /** So long snapshots are kept, ISO 8601 duration, e.g. "P30D" */
      retainFor?: string;
      /** full or incremental */
      snapshotType?: string;
    })[];
  };
}
