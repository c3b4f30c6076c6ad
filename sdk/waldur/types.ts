// Generated from the schemas of the provider by `npm run generate`. Do not edit.

import type { Input, Output } from "@pulumi/pulumi";

/** Any JSON value. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Arguments of {@link Volume}. */
export type VolumeArgs = {
  /** Size in MiB, a multiple of 1024: 10 GiB is 10240. Growth extends the volume in place; it can never shrink. */
  size: Input<number>;
  /** Name in Waldur, at most 150 characters. Default: the resource's name and 7 hex digits. */
  name?: Input<string>;
  /** Description, at most 2000 characters. */
  description?: Input<string>;
  /** Whether an instance can boot from it. */
  bootable?: Input<boolean>;
  /** Volume type: uuid, URL or exact name. A change retypes the volume in place; it must not be attached. */
  volumeType?: Input<string>;
  /** The image to fill the volume with: uuid or URL. A change makes a new volume. */
  imageId?: Input<string>;
  /** The availability zone: uuid or URL. A change makes a new volume. */
  availabilityZone?: Input<string>;
  /** The plan of the offering: uuid or URL. Used when the volume is ordered. */
  planId?: Input<string>;
  /** Limits of the plan. Used when the volume is ordered. */
  limits?: Input<{ [key: string]: number }>;
  /** Approve an order that waits for its consumer, if the token may. Default: false. */
  approve?: Input<boolean>;
  /** Let a refresh ask the server to synchronise with OpenStack first. Default: false. */
  pullOnRefresh?: Input<boolean>;
  /** "delete" terminates the volume; "unlink" only makes Waldur forget it and its snapshots, in OpenStack they stay (staff only). Default: "delete". */
  deletion?: Input<"delete" | "unlink">;
  /** @deprecated Use volumeType. */
  type?: Input<string>;
  /** @deprecated Use imageId. */
  image?: Input<string>;
  /** @deprecated Use planId. */
  plan?: Input<string>;
} & (
  | {
      /** The project in Waldur: uuid or URL. A change makes a new volume. */
      projectId: Input<string>;
      /** @deprecated Use projectId. */
      project?: Input<string>;
    }
  | {
      /** The project in Waldur: uuid or URL. A change makes a new volume. */
      projectId?: Input<string>;
      /** @deprecated Use projectId. */
      project: Input<string>;
    }
) & (
  | {
      /** The volume offering of the tenant: uuid or URL. A change makes a new volume. */
      offeringId: Input<string>;
      /** @deprecated Use offeringId. */
      offering?: Input<string>;
    }
  | {
      /** The volume offering of the tenant: uuid or URL. A change makes a new volume. */
      offeringId?: Input<string>;
      /** @deprecated Use offeringId. */
      offering: Input<string>;
    }
);

/** Outputs of {@link Volume}. */
export interface VolumeOutputs {
  /** UUID of the project in Waldur */
  readonly projectId: Output<string>;
  /** UUID of the offering */
  readonly offeringId: Output<string>;
  /** Size in MiB: 10 GiB is 10240 */
  readonly size: Output<number>;
  /** Name */
  readonly name: Output<string>;
  /** Description */
  readonly description: Output<string | undefined>;
  /** Whether an instance can boot from it */
  readonly bootable: Output<boolean | undefined>;
  /** Name of the volume type */
  readonly volumeType: Output<string | undefined>;
  /** UUID of the image that the volume was made from */
  readonly imageId: Output<string | undefined>;
  /** URL of the availability zone */
  readonly availabilityZone: Output<string | undefined>;
  /** UUID of the plan */
  readonly planId: Output<string | undefined>;
  /** Limits of the plan. Used when the volume is ordered. */
  readonly limits: Output<{ [key: string]: number } | undefined>;
  /** Approve an order that waits for its consumer, if the token may. Default: false. */
  readonly approve: Output<boolean | undefined>;
  /** Let a refresh ask the server to synchronise with OpenStack first. Default: false. */
  readonly pullOnRefresh: Output<boolean | undefined>;
  /** "delete" terminates the volume; "unlink" only makes Waldur forget it and its snapshots, in OpenStack they stay (staff only). Default: "delete". */
  readonly deletion: Output<"delete" | "unlink" | undefined>;
  /** URL of the object in the API */
  readonly url: Output<string>;
  /** The same as id: UUID, 32 hex digits */
  readonly uuid: Output<string>;
  /** State in the spelling of today's servers: OK, ERRED, CREATION_SCHEDULED, CREATING, ... */
  readonly state: Output<string>;
  /** State in OpenStack, e.g. available */
  readonly runtimeState: Output<string | undefined>;
  /** ID in OpenStack */
  readonly backendId: Output<string | undefined>;
  /** URL of the tenant */
  readonly tenant: Output<string | undefined>;
  /** UUID of the tenant */
  readonly tenantUuid: Output<string | undefined>;
  /** Name of the volume as a device of its instance, e.g. /dev/vdb */
  readonly device: Output<string | undefined>;
  /** UUID of the instance that the volume is attached to */
  readonly instanceId: Output<string | undefined>;
  /** URL of that instance */
  readonly instanceUrl: Output<string | undefined>;
  /** Name of that instance */
  readonly instanceName: Output<string | undefined>;
  /** What the server is doing with it, e.g. Extend */
  readonly action: Output<string | undefined>;
  /** The last error; can be left over from an older one: trust the state */
  readonly errorMessage: Output<string | undefined>;
  /** Time of creation, ISO 8601 */
  readonly createdAt: Output<string>;
  /** Time of the last change, ISO 8601 */
  readonly updatedAt: Output<string | undefined>;
  /** UUID of the snapshot that the volume was made from */
  readonly snapshotId: Output<string | undefined>;
  /** URL of that snapshot */
  readonly snapshotUrl: Output<string | undefined>;
  /** URL of that image */
  readonly imageUrl: Output<string | undefined>;
  /** Name of that image */
  readonly imageName: Output<string | undefined>;
  /** UUID of the volume type */
  readonly volumeTypeId: Output<string | undefined>;
  /** URL of the volume type */
  readonly volumeTypeUrl: Output<string | undefined>;
  /** Name of the availability zone */
  readonly availabilityZoneName: Output<string | undefined>;
  /** URL of the project in Waldur */
  readonly projectUrl: Output<string | undefined>;
  /** Name of the project in Waldur */
  readonly projectName: Output<string | undefined>;
  /** UUID of the marketplace resource */
  readonly marketplaceResource: Output<string | undefined>;
  /** Whether it is attached to an instance */
  readonly attached: Output<boolean>;
  /** @deprecated Use projectUrl. */
  readonly project: Output<string | undefined>;
  /** @deprecated Use offeringId. */
  readonly offering: Output<string>;
  /** @deprecated Use volumeTypeUrl. */
  readonly type: Output<string | undefined>;
  /** @deprecated Use imageUrl. */
  readonly image: Output<string | undefined>;
  /** @deprecated Use planId. */
  readonly plan: Output<string | undefined>;
  /** @deprecated Use createdAt. */
  readonly created: Output<string>;
  /** @deprecated Use updatedAt. */
  readonly modified: Output<string | undefined>;
  /** @deprecated Use projectId. */
  readonly projectUuid: Output<string>;
  /** @deprecated Use snapshotUrl. */
  readonly sourceSnapshot: Output<string | undefined>;
  /** @deprecated Use instanceUrl. */
  readonly instance: Output<string | undefined>;
  /** @deprecated Use volumeType. */
  readonly typeName: Output<string | undefined>;
}

/** The names of the outputs of {@link Volume}. */
export const volumeProperties = [
  "action",
  "approve",
  "attached",
  "availabilityZone",
  "availabilityZoneName",
  "backendId",
  "bootable",
  "createdAt",
  "deletion",
  "description",
  "device",
  "errorMessage",
  "imageId",
  "imageName",
  "imageUrl",
  "instanceId",
  "instanceName",
  "instanceUrl",
  "limits",
  "marketplaceResource",
  "name",
  "offeringId",
  "planId",
  "projectId",
  "projectName",
  "projectUrl",
  "pullOnRefresh",
  "runtimeState",
  "size",
  "snapshotId",
  "snapshotUrl",
  "state",
  "tenant",
  "tenantUuid",
  "updatedAt",
  "url",
  "uuid",
  "volumeType",
  "volumeTypeId",
  "volumeTypeUrl",
] as const;

/** What properties of {@link Volume} were called earlier. */
export const volumeFormer = {
  inputs: {
    project: "projectId",
    offering: "offeringId",
    type: "volumeType",
    image: "imageId",
    plan: "planId",
  },
  outputs: {
    project: "projectUrl",
    offering: "offeringId",
    type: "volumeTypeUrl",
    image: "imageUrl",
    plan: "planId",
    created: "createdAt",
    modified: "updatedAt",
    projectUuid: "projectId",
    sourceSnapshot: "snapshotUrl",
    instance: "instanceUrl",
    typeName: "volumeType",
  },
} as const;

/** Arguments of {@link VolumeAttachment}. */
export type VolumeAttachmentArgs = {

} & (
  | {
      /** The volume: uuid or URL. A change replaces the resource. */
      volumeId: Input<string>;
      /** @deprecated Use volumeId. */
      volume?: Input<string>;
    }
  | {
      /** The volume: uuid or URL. A change replaces the resource. */
      volumeId?: Input<string>;
      /** @deprecated Use volumeId. */
      volume: Input<string>;
    }
) & (
  | {
      /** The instance: uuid or URL. A change replaces the resource. */
      instanceId: Input<string>;
      /** @deprecated Use instanceId. */
      instance?: Input<string>;
    }
  | {
      /** The instance: uuid or URL. A change replaces the resource. */
      instanceId?: Input<string>;
      /** @deprecated Use instanceId. */
      instance: Input<string>;
    }
);

/** Outputs of {@link VolumeAttachment}. */
export interface VolumeAttachmentOutputs {
  /** UUID of the volume */
  readonly volumeId: Output<string>;
  /** UUID of the instance */
  readonly instanceId: Output<string>;
  /** Name of that instance */
  readonly instanceName: Output<string | undefined>;
  /** Name of the volume as a device of its instance, e.g. /dev/vdb */
  readonly device: Output<string | undefined>;
  /** State in the spelling of today's servers: OK, ERRED, CREATION_SCHEDULED, CREATING, ... */
  readonly state: Output<string | undefined>;
  /** State in OpenStack, e.g. available */
  readonly runtimeState: Output<string | undefined>;
  /** UUID of the project in Waldur */
  readonly projectId: Output<string | undefined>;
  /** @deprecated Use volumeId. */
  readonly volume: Output<string>;
  /** @deprecated Use instanceId. */
  readonly instance: Output<string>;
  /** @deprecated Use projectId. */
  readonly projectUuid: Output<string | undefined>;
}

/** The names of the outputs of {@link VolumeAttachment}. */
export const volumeAttachmentProperties = [
  "device",
  "instanceId",
  "instanceName",
  "projectId",
  "runtimeState",
  "state",
  "volumeId",
] as const;

/** What properties of {@link VolumeAttachment} were called earlier. */
export const volumeAttachmentFormer = {
  inputs: {
    volume: "volumeId",
    instance: "instanceId",
  },
  outputs: {
    volume: "volumeId",
    instance: "instanceId",
    projectUuid: "projectId",
  },
} as const;

/** Arguments of {@link Snapshot}. */
export type SnapshotArgs = {
  /** Name in Waldur, at most 150 characters. Default: the resource's name and 7 hex digits. */
  name?: Input<string>;
  /** Description, at most 2000 characters. */
  description?: Input<string>;
  /** Metadata: an object of any JSON. Servers overwrite it with OpenStack's own about once an hour; what they wiped is not reported as a difference. See repairMetadata. */
  metadata?: Input<{ [key: string]: Json }>;
  /** Retained until this time: RFC 3339 with a zone, or a date (00:00 UTC). Before it, the provider does not delete the snapshot; see forceDelete. If omitted, no retention is promised: the server never removes the snapshot, and a destroy deletes it. To keep one for good, set retentionMode: "governance" and no end. Cannot be combined with retainFor. */
  keptUntil?: Input<string>;
  /** Kept for so long after its creation: an ISO 8601 duration, e.g. "P35D" or "P6M". It is applied when the object is made, and again only when the duration is changed. Not together with keptUntil. */
  retainFor?: Input<string>;
  /** How strict the retention is. "none": it can be shortened, with a warning. "governance": only with allowShorten. "compliance": it is never shortened, no deletion is forced, and the mode cannot be taken back before the retention is over. Default: "none". */
  retentionMode?: Input<"none" | "governance" | "compliance">;
  /** Let a retention of the mode "governance" be shortened or its mode be taken back. Default: false. */
  allowShorten?: Input<boolean>;
  /** Let it be deleted before its retention is over. It has to be applied by an update before the deletion. Does nothing in the mode "compliance". Default: false. */
  forceDelete?: Input<boolean>;
  /** Write the metadata again whenever an update finds that the server wiped it. Default: false. */
  repairMetadata?: Input<boolean>;
  /** Let a refresh ask the server to synchronise with OpenStack first. Default: false, because on servers of 2024 the pull of a snapshot always ends in ERRED, and then only a deletion helps. */
  pullOnRefresh?: Input<boolean>;
  /** "delete" removes the snapshot; "unlink" only makes Waldur forget it, the one in OpenStack stays (staff only). Default: "delete". */
  deletion?: Input<"delete" | "unlink">;
} & (
  | {
      /** The volume to take the snapshot of: uuid or URL. A change makes a new snapshot. */
      volumeId: Input<string>;
      /** @deprecated Use volumeId. */
      sourceVolume?: Input<string>;
    }
  | {
      /** The volume to take the snapshot of: uuid or URL. A change makes a new snapshot. */
      volumeId?: Input<string>;
      /** @deprecated Use volumeId. */
      sourceVolume: Input<string>;
    }
);

/** Outputs of {@link Snapshot}. */
export interface SnapshotOutputs {
  /** UUID of the volume that the snapshot was taken of */
  readonly volumeId: Output<string>;
  /** Name */
  readonly name: Output<string>;
  /** Description */
  readonly description: Output<string | undefined>;
  /** Metadata */
  readonly metadata: Output<{ [key: string]: Json }>;
  /** The server keeps the snapshot until then and removes it afterwards, ISO 8601; absent: it never expires */
  readonly keptUntil: Output<string | undefined>;
  /** Kept for so long after its creation: an ISO 8601 duration, e.g. "P35D" or "P6M". It is applied when the object is made, and again only when the duration is changed. Not together with keptUntil. */
  readonly retainFor: Output<string | undefined>;
  /** How strict the retention is. "none": it can be shortened, with a warning. "governance": only with allowShorten. "compliance": it is never shortened, no deletion is forced, and the mode cannot be taken back before the retention is over. Default: "none". */
  readonly retentionMode: Output<"none" | "governance" | "compliance" | undefined>;
  /** Let a retention of the mode "governance" be shortened or its mode be taken back. Default: false. */
  readonly allowShorten: Output<boolean | undefined>;
  /** Let it be deleted before its retention is over. It has to be applied by an update before the deletion. Does nothing in the mode "compliance". Default: false. */
  readonly forceDelete: Output<boolean | undefined>;
  /** Write the metadata again whenever an update finds that the server wiped it. Default: false. */
  readonly repairMetadata: Output<boolean | undefined>;
  /** Let a refresh ask the server to synchronise with OpenStack first. Default: false, because on servers of 2024 the pull of a snapshot always ends in ERRED, and then only a deletion helps. */
  readonly pullOnRefresh: Output<boolean | undefined>;
  /** "delete" removes the snapshot; "unlink" only makes Waldur forget it, the one in OpenStack stays (staff only). Default: "delete". */
  readonly deletion: Output<"delete" | "unlink" | undefined>;
  /** URL of the object in the API */
  readonly url: Output<string>;
  /** The same as id: UUID, 32 hex digits */
  readonly uuid: Output<string>;
  /** Name of the cloud */
  readonly serviceName: Output<string | undefined>;
  /** URL of the cloud's settings */
  readonly serviceSettings: Output<string | undefined>;
  /** UUID of the cloud's settings */
  readonly serviceSettingsUuid: Output<string | undefined>;
  /** State of the cloud's settings */
  readonly serviceSettingsState: Output<string | undefined>;
  /** Error of the cloud's settings */
  readonly serviceSettingsErrorMessage: Output<string | undefined>;
  /** UUID of the project in Waldur */
  readonly projectId: Output<string | undefined>;
  /** URL of the project in Waldur */
  readonly projectUrl: Output<string | undefined>;
  /** Name of the project in Waldur */
  readonly projectName: Output<string | undefined>;
  /** URL of the customer */
  readonly customer: Output<string | undefined>;
  /** UUID of the customer */
  readonly customerUuid: Output<string | undefined>;
  /** Name of the customer */
  readonly customerName: Output<string | undefined>;
  /** Name of the customer in its own language */
  readonly customerNativeName: Output<string | undefined>;
  /** Short name of the customer */
  readonly customerAbbreviation: Output<string | undefined>;
  /** The last error; can be left over from an older one: trust the state */
  readonly errorMessage: Output<string | undefined>;
  /** Where in the server the error came up; for staff */
  readonly errorTraceback: Output<string | undefined>;
  /** Kind of the object in Waldur */
  readonly resourceType: Output<string | undefined>;
  /** State in the spelling of today's servers: OK, ERRED, CREATION_SCHEDULED, CREATING, ... */
  readonly state: Output<string>;
  /** Time of creation, ISO 8601 */
  readonly createdAt: Output<string>;
  /** Time of the last change, ISO 8601 */
  readonly updatedAt: Output<string | undefined>;
  /** ID in OpenStack */
  readonly backendId: Output<string | undefined>;
  /** URL of the object in the cloud's own portal */
  readonly accessUrl: Output<string | undefined>;
  /** Size in MiB: 10 GiB is 10240 */
  readonly size: Output<number>;
  /** State in OpenStack, e.g. available */
  readonly runtimeState: Output<string | undefined>;
  /** What the server is doing with it, e.g. Extend */
  readonly action: Output<string | undefined>;
  /** Details of what the server is doing */
  readonly actionDetails: Output<Json | undefined>;
  /** UUID of the marketplace offering */
  readonly marketplaceOfferingUuid: Output<string | undefined>;
  /** Name of the marketplace offering */
  readonly marketplaceOfferingName: Output<string | undefined>;
  /** Options of the marketplace offering */
  readonly marketplaceOfferingPluginOptions: Output<Json | undefined>;
  /** UUID of the marketplace category */
  readonly marketplaceCategoryUuid: Output<string | undefined>;
  /** Name of the marketplace category */
  readonly marketplaceCategoryName: Output<string | undefined>;
  /** UUID of the marketplace resource */
  readonly marketplaceResourceUuid: Output<string | undefined>;
  /** UUID of the marketplace plan */
  readonly marketplacePlanUuid: Output<string | undefined>;
  /** State of the marketplace resource */
  readonly marketplaceResourceState: Output<string | undefined>;
  /** Whether it is billed by usage */
  readonly isUsageBased: Output<boolean | undefined>;
  /** Whether it is billed by limits */
  readonly isLimitBased: Output<boolean | undefined>;
  /** URL of that volume */
  readonly volumeUrl: Output<string | undefined>;
  /** Name of that volume */
  readonly sourceVolumeName: Output<string | undefined>;
  /** UUID of that volume's marketplace resource */
  readonly sourceVolumeMarketplaceUuid: Output<string | undefined>;
  /** Volumes restored from the snapshot */
  readonly restorations: Output<{
    /** UUID of the restoration */
    id: string;
    /** The same as id */
    uuid: string;
    /** Time of the request, ISO 8601 */
    createdAt?: string;
    /** Description of the new volume */
    description?: string;
    /** UUID of the restored volume */
    volumeId?: string;
    /** URL of the restored volume */
    volumeUrl?: string;
    /** Name of the restored volume */
    volumeName?: string;
    /** State in the spelling of today's servers: OK, ERRED, CREATION_SCHEDULED, CREATING, ... */
    volumeState?: string;
    /** State of the restored volume in the cloud */
    volumeRuntimeState?: string;
    /** Size of the restored volume in MiB: 10 GiB is 10240 */
    volumeSize?: number;
    /** Name of the volume as a device of its instance, e.g. /dev/vdb */
    volumeDevice?: string;
  }[] | undefined>;
  /** Retained until then, ISO 8601, although the server no longer shows it or shows something unreadable: the guard goes by this date until keptUntil is written again. Absent: keptUntil is as the server has it. */
  readonly heldUntil: Output<string | undefined>;
  /** Whether the server has removed it, or is doing so, because its retention was over. It stays in the stack then. */
  readonly expired: Output<boolean>;
  /** UUID of the marketplace resource, where there is one */
  readonly marketplaceResource: Output<string | undefined>;
  /** @deprecated Use volumeUrl. */
  readonly sourceVolume: Output<string | undefined>;
  /** @deprecated Use createdAt. */
  readonly created: Output<string>;
  /** @deprecated Use updatedAt. */
  readonly modified: Output<string | undefined>;
  /** @deprecated Use projectUrl. */
  readonly project: Output<string | undefined>;
  /** @deprecated Use projectId. */
  readonly projectUuid: Output<string | undefined>;
}

/** The names of the outputs of {@link Snapshot}. */
export const snapshotProperties = [
  "accessUrl",
  "action",
  "actionDetails",
  "allowShorten",
  "backendId",
  "createdAt",
  "customer",
  "customerAbbreviation",
  "customerName",
  "customerNativeName",
  "customerUuid",
  "deletion",
  "description",
  "errorMessage",
  "errorTraceback",
  "expired",
  "forceDelete",
  "heldUntil",
  "isLimitBased",
  "isUsageBased",
  "keptUntil",
  "marketplaceCategoryName",
  "marketplaceCategoryUuid",
  "marketplaceOfferingName",
  "marketplaceOfferingPluginOptions",
  "marketplaceOfferingUuid",
  "marketplacePlanUuid",
  "marketplaceResource",
  "marketplaceResourceState",
  "marketplaceResourceUuid",
  "metadata",
  "name",
  "projectId",
  "projectName",
  "projectUrl",
  "pullOnRefresh",
  "repairMetadata",
  "resourceType",
  "restorations",
  "retainFor",
  "retentionMode",
  "runtimeState",
  "serviceName",
  "serviceSettings",
  "serviceSettingsErrorMessage",
  "serviceSettingsState",
  "serviceSettingsUuid",
  "size",
  "sourceVolumeMarketplaceUuid",
  "sourceVolumeName",
  "state",
  "updatedAt",
  "url",
  "uuid",
  "volumeId",
  "volumeUrl",
] as const;

/** What properties of {@link Snapshot} were called earlier. */
export const snapshotFormer = {
  inputs: {
    sourceVolume: "volumeId",
  },
  outputs: {
    sourceVolume: "volumeUrl",
    created: "createdAt",
    modified: "updatedAt",
    project: "projectUrl",
    projectUuid: "projectId",
  },
} as const;

/** Arguments of {@link SnapshotRestoration}. */
export type SnapshotRestorationArgs = {
  /** Name of the new volume, at most 150 characters. Default: the resource's name and 7 hex digits. */
  name?: Input<string>;
  /** Description of the new volume. Default: "Restored from snapshot ...", by the server. */
  description?: Input<string>;
  /** What becomes of the restored volume when this is destroyed. Default: "terminate". */
  onDestroy?: Input<"terminate" | "keep">;
} & (
  | {
      /** The snapshot to restore: uuid or URL. A change replaces the resource: it restores again, then the old volume goes. */
      snapshotId: Input<string>;
      /** @deprecated Use snapshotId. */
      snapshot?: Input<string>;
    }
  | {
      /** The snapshot to restore: uuid or URL. A change replaces the resource: it restores again, then the old volume goes. */
      snapshotId?: Input<string>;
      /** @deprecated Use snapshotId. */
      snapshot: Input<string>;
    }
);

/** Outputs of {@link SnapshotRestoration}. */
export interface SnapshotRestorationOutputs {
  /** UUID of the snapshot */
  readonly snapshotId: Output<string>;
  /** Name of the restored volume */
  readonly name: Output<string>;
  /** Description of the restored volume */
  readonly description: Output<string | undefined>;
  /** What becomes of the restored volume when this is destroyed. Default: "terminate". */
  readonly onDestroy: Output<"terminate" | "keep" | undefined>;
  /** UUID of the restored volume */
  readonly volumeId: Output<string>;
  /** URL of the restored volume */
  readonly volumeUrl: Output<string>;
  /** State in the spelling of today's servers: OK, ERRED, CREATION_SCHEDULED, CREATING, ... */
  readonly volumeState: Output<string>;
  /** State in OpenStack, e.g. available */
  readonly volumeRuntimeState: Output<string | undefined>;
  /** Size in MiB: 10 GiB is 10240 */
  readonly size: Output<number>;
  /** Time of the restoration, ISO 8601 */
  readonly createdAt: Output<string>;
  /** UUID of the project in Waldur */
  readonly projectId: Output<string | undefined>;
  /** UUID of the restored volume's marketplace resource */
  readonly marketplaceResource: Output<string | undefined>;
  /** @deprecated Use snapshotId. */
  readonly snapshot: Output<string>;
  /** @deprecated Use volumeId. */
  readonly volume: Output<string>;
  /** @deprecated Use createdAt. */
  readonly created: Output<string>;
  /** @deprecated Use projectId. */
  readonly projectUuid: Output<string | undefined>;
}

/** The names of the outputs of {@link SnapshotRestoration}. */
export const snapshotRestorationProperties = [
  "createdAt",
  "description",
  "marketplaceResource",
  "name",
  "onDestroy",
  "projectId",
  "size",
  "snapshotId",
  "volumeId",
  "volumeRuntimeState",
  "volumeState",
  "volumeUrl",
] as const;

/** What properties of {@link SnapshotRestoration} were called earlier. */
export const snapshotRestorationFormer = {
  inputs: {
    snapshot: "snapshotId",
  },
  outputs: {
    snapshot: "snapshotId",
    volume: "volumeId",
    created: "createdAt",
    projectUuid: "projectId",
  },
} as const;

/** Arguments of {@link getSnapshot}. */
export interface GetSnapshotArgs {
  /** ID in OpenStack, exact. */
  backendId?: string;
  /** Only what the token may manage. */
  canManage?: boolean;
  /** The customer: uuid or URL. */
  customer?: string;
  /** Part of the customer's short name, in any case. */
  customerAbbreviation?: string;
  /** Part of the customer's name, in any case. */
  customerName?: string;
  /** Part of the customer's name in its own language, in any case. */
  customerNativeName?: string;
  /** The customer's uuid. */
  customerUuid?: string;
  /** Part of the description, in any case. */
  description?: string;
  /** An external IP address of the tenant. */
  externalIp?: string;
  /** The object itself: uuid or URL. */
  id?: string;
  /** Part of the name, in any case. */
  name?: string;
  /** The whole name; case counts. */
  nameExact?: string;
  /** The project in Waldur: uuid or URL. */
  projectId?: string;
  /** Part of the project's name, in any case. */
  projectName?: string;
  /** State in OpenStack, exact, e.g. available. */
  runtimeState?: string;
  /** Part of the name of the cloud's settings, in any case. */
  serviceSettingsName?: string;
  /** UUID of the cloud's settings. */
  serviceSettingsUuid?: string;
  /** States, in either spelling: OK, ERRED, CREATING, Creation Scheduled, ... */
  state?: string[];
  /** The tenant: uuid or URL. */
  tenant?: string;
  /** The tenant's uuid. */
  tenantUuid?: string;
  /** Only this page. Default: all pages. */
  page?: number;
  /** Rows of a page, at most 300. Default: 300. */
  pageSize?: number;
  /** The backup that the snapshot belongs to: uuid or URL. */
  backup?: string;
  /** UUID of the backup. */
  backupUuid?: string;
  /** The volume that the snapshot was taken of: uuid or URL. */
  volumeId?: string;
  /** Only these fields. Default: all. */
  field?: ("id" | "url" | "uuid" | "name" | "description" | "serviceName" | "serviceSettings" | "serviceSettingsUuid" | "serviceSettingsState" | "serviceSettingsErrorMessage" | "projectId" | "projectUrl" | "projectName" | "customer" | "customerUuid" | "customerName" | "customerNativeName" | "customerAbbreviation" | "errorMessage" | "errorTraceback" | "resourceType" | "state" | "createdAt" | "updatedAt" | "backendId" | "accessUrl" | "size" | "metadata" | "runtimeState" | "action" | "actionDetails" | "marketplaceOfferingUuid" | "marketplaceOfferingName" | "marketplaceOfferingPluginOptions" | "marketplaceCategoryUuid" | "marketplaceCategoryName" | "marketplaceResourceUuid" | "marketplacePlanUuid" | "marketplaceResourceState" | "isUsageBased" | "isLimitBased" | "volumeId" | "volumeUrl" | "sourceVolumeName" | "sourceVolumeMarketplaceUuid" | "restorations" | "keptUntil" | "created" | "modified" | "project" | "projectUuid" | "sourceVolume")[];
  /** Order of the rows, e.g. ["createdAt:desc", "name:asc"], by name, createdAt, size, state, customerName, projectName, serviceName, sourceVolumeName. Default: name. */
  sort?: string[];
  /** Where several match, take the one that was created last. Default: false. */
  mostRecent?: boolean;
  /** @deprecated Use id. */
  uuid?: string;
  /** @deprecated Use projectId. */
  project?: string;
  /** @deprecated Use projectId. */
  projectUuid?: string;
  /** @deprecated Use volumeId. */
  sourceVolume?: string;
  /** @deprecated Use volumeId. */
  sourceVolumeUuid?: string;
  /** @deprecated Use sort. */
  orderBy?: string[];
}

/** Result of {@link getSnapshot}. */
export interface GetSnapshotResult {
  /** UUID, 32 hex digits */
  id: string;
  /** URL of the object in the API */
  url?: string;
  /** The same as id: UUID, 32 hex digits */
  uuid: string;
  /** Name */
  name?: string;
  /** Description */
  description?: string;
  /** Name of the cloud */
  serviceName?: string;
  /** URL of the cloud's settings */
  serviceSettings?: string;
  /** UUID of the cloud's settings */
  serviceSettingsUuid?: string;
  /** State of the cloud's settings */
  serviceSettingsState?: string;
  /** Error of the cloud's settings */
  serviceSettingsErrorMessage?: string;
  /** UUID of the project in Waldur */
  projectId?: string;
  /** URL of the project in Waldur */
  projectUrl?: string;
  /** Name of the project in Waldur */
  projectName?: string;
  /** URL of the customer */
  customer?: string;
  /** UUID of the customer */
  customerUuid?: string;
  /** Name of the customer */
  customerName?: string;
  /** Name of the customer in its own language */
  customerNativeName?: string;
  /** Short name of the customer */
  customerAbbreviation?: string;
  /** The last error; can be left over from an older one: trust the state */
  errorMessage?: string;
  /** Where in the server the error came up; for staff */
  errorTraceback?: string;
  /** Kind of the object in Waldur */
  resourceType?: string;
  /** State in the spelling of today's servers: OK, ERRED, CREATION_SCHEDULED, CREATING, ... */
  state?: string;
  /** Time of creation, ISO 8601 */
  createdAt?: string;
  /** Time of the last change, ISO 8601 */
  updatedAt?: string;
  /** ID in OpenStack */
  backendId?: string;
  /** URL of the object in the cloud's own portal */
  accessUrl?: string;
  /** Size in MiB: 10 GiB is 10240 */
  size?: number;
  /** Metadata */
  metadata?: { [key: string]: Json };
  /** State in OpenStack, e.g. available */
  runtimeState?: string;
  /** What the server is doing with it, e.g. Extend */
  action?: string;
  /** Details of what the server is doing */
  actionDetails?: Json;
  /** UUID of the marketplace offering */
  marketplaceOfferingUuid?: string;
  /** Name of the marketplace offering */
  marketplaceOfferingName?: string;
  /** Options of the marketplace offering */
  marketplaceOfferingPluginOptions?: Json;
  /** UUID of the marketplace category */
  marketplaceCategoryUuid?: string;
  /** Name of the marketplace category */
  marketplaceCategoryName?: string;
  /** UUID of the marketplace resource */
  marketplaceResourceUuid?: string;
  /** UUID of the marketplace plan */
  marketplacePlanUuid?: string;
  /** State of the marketplace resource */
  marketplaceResourceState?: string;
  /** Whether it is billed by usage */
  isUsageBased?: boolean;
  /** Whether it is billed by limits */
  isLimitBased?: boolean;
  /** UUID of the volume that the snapshot was taken of */
  volumeId?: string;
  /** URL of that volume */
  volumeUrl?: string;
  /** Name of that volume */
  sourceVolumeName?: string;
  /** UUID of that volume's marketplace resource */
  sourceVolumeMarketplaceUuid?: string;
  /** Volumes restored from the snapshot */
  restorations?: {
    /** UUID of the restoration */
    id: string;
    /** The same as id */
    uuid: string;
    /** Time of the request, ISO 8601 */
    createdAt?: string;
    /** Description of the new volume */
    description?: string;
    /** UUID of the restored volume */
    volumeId?: string;
    /** URL of the restored volume */
    volumeUrl?: string;
    /** Name of the restored volume */
    volumeName?: string;
    /** State in the spelling of today's servers: OK, ERRED, CREATION_SCHEDULED, CREATING, ... */
    volumeState?: string;
    /** State of the restored volume in the cloud */
    volumeRuntimeState?: string;
    /** Size of the restored volume in MiB: 10 GiB is 10240 */
    volumeSize?: number;
    /** Name of the volume as a device of its instance, e.g. /dev/vdb */
    volumeDevice?: string;
    /** @deprecated Use createdAt. */
    created?: string;
    /** @deprecated Use volumeUrl. */
    sourceVolume?: string;
  }[];
  /** The server keeps the snapshot until then and removes it afterwards, ISO 8601; absent: it never expires */
  keptUntil?: string;
  /** @deprecated Use createdAt. */
  created?: string;
  /** @deprecated Use updatedAt. */
  modified?: string;
  /** @deprecated Use projectUrl. */
  project?: string;
  /** @deprecated Use projectId. */
  projectUuid?: string;
  /** @deprecated Use volumeUrl. */
  sourceVolume?: string;
}

/** What fields of {@link getSnapshot} were called earlier. */
export const getSnapshotFormer = {
  results: {
    created: "createdAt",
    modified: "updatedAt",
    project: "projectUrl",
    projectUuid: "projectId",
    sourceVolume: "volumeUrl",
  },
} as const;

/** Arguments of {@link getSnapshots}. */
export interface GetSnapshotsArgs {
  /** ID in OpenStack, exact. */
  backendId?: string;
  /** Only what the token may manage. */
  canManage?: boolean;
  /** The customer: uuid or URL. */
  customer?: string;
  /** Part of the customer's short name, in any case. */
  customerAbbreviation?: string;
  /** Part of the customer's name, in any case. */
  customerName?: string;
  /** Part of the customer's name in its own language, in any case. */
  customerNativeName?: string;
  /** The customer's uuid. */
  customerUuid?: string;
  /** Part of the description, in any case. */
  description?: string;
  /** An external IP address of the tenant. */
  externalIp?: string;
  /** The object itself: uuid or URL. */
  id?: string;
  /** Part of the name, in any case. */
  name?: string;
  /** The whole name; case counts. */
  nameExact?: string;
  /** The project in Waldur: uuid or URL. */
  projectId?: string;
  /** Part of the project's name, in any case. */
  projectName?: string;
  /** State in OpenStack, exact, e.g. available. */
  runtimeState?: string;
  /** Part of the name of the cloud's settings, in any case. */
  serviceSettingsName?: string;
  /** UUID of the cloud's settings. */
  serviceSettingsUuid?: string;
  /** States, in either spelling: OK, ERRED, CREATING, Creation Scheduled, ... */
  state?: string[];
  /** The tenant: uuid or URL. */
  tenant?: string;
  /** The tenant's uuid. */
  tenantUuid?: string;
  /** Only this page. Default: all pages. */
  page?: number;
  /** Rows of a page, at most 300. Default: 300. */
  pageSize?: number;
  /** The backup that the snapshot belongs to: uuid or URL. */
  backup?: string;
  /** UUID of the backup. */
  backupUuid?: string;
  /** The volume that the snapshot was taken of: uuid or URL. */
  volumeId?: string;
  /** Only these fields. Default: all. */
  field?: ("id" | "url" | "uuid" | "name" | "description" | "serviceName" | "serviceSettings" | "serviceSettingsUuid" | "serviceSettingsState" | "serviceSettingsErrorMessage" | "projectId" | "projectUrl" | "projectName" | "customer" | "customerUuid" | "customerName" | "customerNativeName" | "customerAbbreviation" | "errorMessage" | "errorTraceback" | "resourceType" | "state" | "createdAt" | "updatedAt" | "backendId" | "accessUrl" | "size" | "metadata" | "runtimeState" | "action" | "actionDetails" | "marketplaceOfferingUuid" | "marketplaceOfferingName" | "marketplaceOfferingPluginOptions" | "marketplaceCategoryUuid" | "marketplaceCategoryName" | "marketplaceResourceUuid" | "marketplacePlanUuid" | "marketplaceResourceState" | "isUsageBased" | "isLimitBased" | "volumeId" | "volumeUrl" | "sourceVolumeName" | "sourceVolumeMarketplaceUuid" | "restorations" | "keptUntil" | "created" | "modified" | "project" | "projectUuid" | "sourceVolume")[];
  /** Order of the rows, e.g. ["createdAt:desc", "name:asc"], by name, createdAt, size, state, customerName, projectName, serviceName, sourceVolumeName. Default: name. */
  sort?: string[];
  /** @deprecated Use id. */
  uuid?: string;
  /** @deprecated Use projectId. */
  project?: string;
  /** @deprecated Use projectId. */
  projectUuid?: string;
  /** @deprecated Use volumeId. */
  sourceVolume?: string;
  /** @deprecated Use volumeId. */
  sourceVolumeUuid?: string;
  /** @deprecated Use sort. */
  orderBy?: string[];
}

/** Result of {@link getSnapshots}. */
export interface GetSnapshotsResult {
  /** The snapshots */
  snapshots: {
    /** UUID, 32 hex digits */
    id: string;
    /** URL of the object in the API */
    url?: string;
    /** The same as id: UUID, 32 hex digits */
    uuid: string;
    /** Name */
    name?: string;
    /** Description */
    description?: string;
    /** Name of the cloud */
    serviceName?: string;
    /** URL of the cloud's settings */
    serviceSettings?: string;
    /** UUID of the cloud's settings */
    serviceSettingsUuid?: string;
    /** State of the cloud's settings */
    serviceSettingsState?: string;
    /** Error of the cloud's settings */
    serviceSettingsErrorMessage?: string;
    /** UUID of the project in Waldur */
    projectId?: string;
    /** URL of the project in Waldur */
    projectUrl?: string;
    /** Name of the project in Waldur */
    projectName?: string;
    /** URL of the customer */
    customer?: string;
    /** UUID of the customer */
    customerUuid?: string;
    /** Name of the customer */
    customerName?: string;
    /** Name of the customer in its own language */
    customerNativeName?: string;
    /** Short name of the customer */
    customerAbbreviation?: string;
    /** The last error; can be left over from an older one: trust the state */
    errorMessage?: string;
    /** Where in the server the error came up; for staff */
    errorTraceback?: string;
    /** Kind of the object in Waldur */
    resourceType?: string;
    /** State in the spelling of today's servers: OK, ERRED, CREATION_SCHEDULED, CREATING, ... */
    state?: string;
    /** Time of creation, ISO 8601 */
    createdAt?: string;
    /** Time of the last change, ISO 8601 */
    updatedAt?: string;
    /** ID in OpenStack */
    backendId?: string;
    /** URL of the object in the cloud's own portal */
    accessUrl?: string;
    /** Size in MiB: 10 GiB is 10240 */
    size?: number;
    /** Metadata */
    metadata?: { [key: string]: Json };
    /** State in OpenStack, e.g. available */
    runtimeState?: string;
    /** What the server is doing with it, e.g. Extend */
    action?: string;
    /** Details of what the server is doing */
    actionDetails?: Json;
    /** UUID of the marketplace offering */
    marketplaceOfferingUuid?: string;
    /** Name of the marketplace offering */
    marketplaceOfferingName?: string;
    /** Options of the marketplace offering */
    marketplaceOfferingPluginOptions?: Json;
    /** UUID of the marketplace category */
    marketplaceCategoryUuid?: string;
    /** Name of the marketplace category */
    marketplaceCategoryName?: string;
    /** UUID of the marketplace resource */
    marketplaceResourceUuid?: string;
    /** UUID of the marketplace plan */
    marketplacePlanUuid?: string;
    /** State of the marketplace resource */
    marketplaceResourceState?: string;
    /** Whether it is billed by usage */
    isUsageBased?: boolean;
    /** Whether it is billed by limits */
    isLimitBased?: boolean;
    /** UUID of the volume that the snapshot was taken of */
    volumeId?: string;
    /** URL of that volume */
    volumeUrl?: string;
    /** Name of that volume */
    sourceVolumeName?: string;
    /** UUID of that volume's marketplace resource */
    sourceVolumeMarketplaceUuid?: string;
    /** Volumes restored from the snapshot */
    restorations?: {
      /** UUID of the restoration */
      id: string;
      /** The same as id */
      uuid: string;
      /** Time of the request, ISO 8601 */
      createdAt?: string;
      /** Description of the new volume */
      description?: string;
      /** UUID of the restored volume */
      volumeId?: string;
      /** URL of the restored volume */
      volumeUrl?: string;
      /** Name of the restored volume */
      volumeName?: string;
      /** State in the spelling of today's servers: OK, ERRED, CREATION_SCHEDULED, CREATING, ... */
      volumeState?: string;
      /** State of the restored volume in the cloud */
      volumeRuntimeState?: string;
      /** Size of the restored volume in MiB: 10 GiB is 10240 */
      volumeSize?: number;
      /** Name of the volume as a device of its instance, e.g. /dev/vdb */
      volumeDevice?: string;
      /** @deprecated Use createdAt. */
      created?: string;
      /** @deprecated Use volumeUrl. */
      sourceVolume?: string;
    }[];
    /** The server keeps the snapshot until then and removes it afterwards, ISO 8601; absent: it never expires */
    keptUntil?: string;
    /** @deprecated Use createdAt. */
    created?: string;
    /** @deprecated Use updatedAt. */
    modified?: string;
    /** @deprecated Use projectUrl. */
    project?: string;
    /** @deprecated Use projectId. */
    projectUuid?: string;
    /** @deprecated Use volumeUrl. */
    sourceVolume?: string;
  }[];
  /** Stands for the look-up: the same for the same arguments */
  id: string;
}

/** What fields of {@link getSnapshots} were called earlier. */
export const getSnapshotsFormer = {
  results: {
    created: "createdAt",
    modified: "updatedAt",
    project: "projectUrl",
    projectUuid: "projectId",
    sourceVolume: "volumeUrl",
  },
} as const;

/** Arguments of {@link getVolume}. */
export interface GetVolumeArgs {
  /** ID in OpenStack, exact. */
  backendId?: string;
  /** Only what the token may manage. */
  canManage?: boolean;
  /** The customer: uuid or URL. */
  customer?: string;
  /** Part of the customer's short name, in any case. */
  customerAbbreviation?: string;
  /** Part of the customer's name, in any case. */
  customerName?: string;
  /** Part of the customer's name in its own language, in any case. */
  customerNativeName?: string;
  /** The customer's uuid. */
  customerUuid?: string;
  /** Part of the description, in any case. */
  description?: string;
  /** An external IP address of the tenant. */
  externalIp?: string;
  /** The object itself: uuid or URL. */
  id?: string;
  /** Part of the name, in any case. */
  name?: string;
  /** The whole name; case counts. */
  nameExact?: string;
  /** The project in Waldur: uuid or URL. */
  projectId?: string;
  /** Part of the project's name, in any case. */
  projectName?: string;
  /** State in OpenStack, exact, e.g. available. */
  runtimeState?: string;
  /** Part of the name of the cloud's settings, in any case. */
  serviceSettingsName?: string;
  /** UUID of the cloud's settings. */
  serviceSettingsUuid?: string;
  /** States, in either spelling: OK, ERRED, CREATING, Creation Scheduled, ... */
  state?: string[];
  /** The tenant: uuid or URL. */
  tenant?: string;
  /** The tenant's uuid. */
  tenantUuid?: string;
  /** Only this page. Default: all pages. */
  page?: number;
  /** Rows of a page, at most 300. Default: 300. */
  pageSize?: number;
  /** Volumes that can be attached to this instance. */
  attachInstanceUuid?: string;
  /** Name of the availability zone. */
  availabilityZoneName?: string;
  /** The instance that the volume is attached to: uuid or URL. */
  instanceId?: string;
  /** The snapshot that the volume was made from: uuid or URL. */
  snapshotId?: string;
  /** Only these fields. Default: all. */
  field?: ("id" | "url" | "uuid" | "name" | "description" | "serviceName" | "serviceSettings" | "serviceSettingsUuid" | "serviceSettingsState" | "serviceSettingsErrorMessage" | "projectId" | "projectUrl" | "projectName" | "customer" | "customerUuid" | "customerName" | "customerNativeName" | "customerAbbreviation" | "errorMessage" | "errorTraceback" | "resourceType" | "state" | "createdAt" | "updatedAt" | "backendId" | "accessUrl" | "size" | "metadata" | "runtimeState" | "action" | "actionDetails" | "marketplaceOfferingUuid" | "marketplaceOfferingName" | "marketplaceOfferingPluginOptions" | "marketplaceCategoryUuid" | "marketplaceCategoryName" | "marketplaceResourceUuid" | "marketplacePlanUuid" | "marketplaceResourceState" | "isUsageBased" | "isLimitBased" | "snapshotId" | "snapshotUrl" | "bootable" | "imageId" | "imageUrl" | "imageMetadata" | "imageName" | "volumeType" | "volumeTypeId" | "volumeTypeUrl" | "availabilityZone" | "availabilityZoneName" | "device" | "instanceId" | "instanceUrl" | "instanceName" | "instanceMarketplaceUuid" | "tenant" | "tenantUuid" | "extendEnabled" | "created" | "modified" | "project" | "projectUuid" | "sourceSnapshot" | "image" | "instance" | "type" | "typeName")[];
  /** Order of the rows, e.g. ["createdAt:desc", "name:asc"], by name, createdAt, size, state, customerName, projectName, serviceName, instanceName. Default: name. */
  sort?: string[];
  /** Where several match, take the one that was created last. Default: false. */
  mostRecent?: boolean;
  /** @deprecated Use id. */
  uuid?: string;
  /** @deprecated Use projectId. */
  project?: string;
  /** @deprecated Use projectId. */
  projectUuid?: string;
  /** @deprecated Use instanceId. */
  instance?: string;
  /** @deprecated Use instanceId. */
  instanceUuid?: string;
  /** @deprecated Use snapshotId. */
  snapshot?: string;
  /** @deprecated Use snapshotId. */
  snapshotUuid?: string;
  /** @deprecated Use sort. */
  orderBy?: string[];
}

/** Result of {@link getVolume}. */
export interface GetVolumeResult {
  /** UUID, 32 hex digits */
  id: string;
  /** URL of the object in the API */
  url?: string;
  /** The same as id: UUID, 32 hex digits */
  uuid: string;
  /** Name */
  name?: string;
  /** Description */
  description?: string;
  /** Name of the cloud */
  serviceName?: string;
  /** URL of the cloud's settings */
  serviceSettings?: string;
  /** UUID of the cloud's settings */
  serviceSettingsUuid?: string;
  /** State of the cloud's settings */
  serviceSettingsState?: string;
  /** Error of the cloud's settings */
  serviceSettingsErrorMessage?: string;
  /** UUID of the project in Waldur */
  projectId?: string;
  /** URL of the project in Waldur */
  projectUrl?: string;
  /** Name of the project in Waldur */
  projectName?: string;
  /** URL of the customer */
  customer?: string;
  /** UUID of the customer */
  customerUuid?: string;
  /** Name of the customer */
  customerName?: string;
  /** Name of the customer in its own language */
  customerNativeName?: string;
  /** Short name of the customer */
  customerAbbreviation?: string;
  /** The last error; can be left over from an older one: trust the state */
  errorMessage?: string;
  /** Where in the server the error came up; for staff */
  errorTraceback?: string;
  /** Kind of the object in Waldur */
  resourceType?: string;
  /** State in the spelling of today's servers: OK, ERRED, CREATION_SCHEDULED, CREATING, ... */
  state?: string;
  /** Time of creation, ISO 8601 */
  createdAt?: string;
  /** Time of the last change, ISO 8601 */
  updatedAt?: string;
  /** ID in OpenStack */
  backendId?: string;
  /** URL of the object in the cloud's own portal */
  accessUrl?: string;
  /** Size in MiB: 10 GiB is 10240 */
  size?: number;
  /** Metadata */
  metadata?: { [key: string]: Json };
  /** State in OpenStack, e.g. available */
  runtimeState?: string;
  /** What the server is doing with it, e.g. Extend */
  action?: string;
  /** Details of what the server is doing */
  actionDetails?: Json;
  /** UUID of the marketplace offering */
  marketplaceOfferingUuid?: string;
  /** Name of the marketplace offering */
  marketplaceOfferingName?: string;
  /** Options of the marketplace offering */
  marketplaceOfferingPluginOptions?: Json;
  /** UUID of the marketplace category */
  marketplaceCategoryUuid?: string;
  /** Name of the marketplace category */
  marketplaceCategoryName?: string;
  /** UUID of the marketplace resource */
  marketplaceResourceUuid?: string;
  /** UUID of the marketplace plan */
  marketplacePlanUuid?: string;
  /** State of the marketplace resource */
  marketplaceResourceState?: string;
  /** Whether it is billed by usage */
  isUsageBased?: boolean;
  /** Whether it is billed by limits */
  isLimitBased?: boolean;
  /** UUID of the snapshot that the volume was made from */
  snapshotId?: string;
  /** URL of that snapshot */
  snapshotUrl?: string;
  /** Whether an instance can boot from it */
  bootable?: boolean;
  /** UUID of the image that the volume was made from */
  imageId?: string;
  /** URL of that image */
  imageUrl?: string;
  /** Metadata of that image */
  imageMetadata?: Json;
  /** Name of that image */
  imageName?: string;
  /** Name of the volume type */
  volumeType?: string;
  /** UUID of the volume type */
  volumeTypeId?: string;
  /** URL of the volume type */
  volumeTypeUrl?: string;
  /** URL of the availability zone */
  availabilityZone?: string;
  /** Name of the availability zone */
  availabilityZoneName?: string;
  /** Name of the volume as a device of its instance, e.g. /dev/vdb */
  device?: string;
  /** UUID of the instance that the volume is attached to */
  instanceId?: string;
  /** URL of that instance */
  instanceUrl?: string;
  /** Name of that instance */
  instanceName?: string;
  /** UUID of that instance's marketplace resource */
  instanceMarketplaceUuid?: string;
  /** URL of the tenant */
  tenant?: string;
  /** UUID of the tenant */
  tenantUuid?: string;
  /** Whether the volume can be extended */
  extendEnabled?: boolean;
  /** @deprecated Use createdAt. */
  created?: string;
  /** @deprecated Use updatedAt. */
  modified?: string;
  /** @deprecated Use projectUrl. */
  project?: string;
  /** @deprecated Use projectId. */
  projectUuid?: string;
  /** @deprecated Use snapshotUrl. */
  sourceSnapshot?: string;
  /** @deprecated Use imageUrl. */
  image?: string;
  /** @deprecated Use instanceUrl. */
  instance?: string;
  /** @deprecated Use volumeTypeUrl. */
  type?: string;
  /** @deprecated Use volumeType. */
  typeName?: string;
}

/** What fields of {@link getVolume} were called earlier. */
export const getVolumeFormer = {
  results: {
    created: "createdAt",
    modified: "updatedAt",
    project: "projectUrl",
    projectUuid: "projectId",
    sourceSnapshot: "snapshotUrl",
    image: "imageUrl",
    instance: "instanceUrl",
    type: "volumeTypeUrl",
    typeName: "volumeType",
  },
} as const;

/** Arguments of {@link getVolumes}. */
export interface GetVolumesArgs {
  /** ID in OpenStack, exact. */
  backendId?: string;
  /** Only what the token may manage. */
  canManage?: boolean;
  /** The customer: uuid or URL. */
  customer?: string;
  /** Part of the customer's short name, in any case. */
  customerAbbreviation?: string;
  /** Part of the customer's name, in any case. */
  customerName?: string;
  /** Part of the customer's name in its own language, in any case. */
  customerNativeName?: string;
  /** The customer's uuid. */
  customerUuid?: string;
  /** Part of the description, in any case. */
  description?: string;
  /** An external IP address of the tenant. */
  externalIp?: string;
  /** The object itself: uuid or URL. */
  id?: string;
  /** Part of the name, in any case. */
  name?: string;
  /** The whole name; case counts. */
  nameExact?: string;
  /** The project in Waldur: uuid or URL. */
  projectId?: string;
  /** Part of the project's name, in any case. */
  projectName?: string;
  /** State in OpenStack, exact, e.g. available. */
  runtimeState?: string;
  /** Part of the name of the cloud's settings, in any case. */
  serviceSettingsName?: string;
  /** UUID of the cloud's settings. */
  serviceSettingsUuid?: string;
  /** States, in either spelling: OK, ERRED, CREATING, Creation Scheduled, ... */
  state?: string[];
  /** The tenant: uuid or URL. */
  tenant?: string;
  /** The tenant's uuid. */
  tenantUuid?: string;
  /** Only this page. Default: all pages. */
  page?: number;
  /** Rows of a page, at most 300. Default: 300. */
  pageSize?: number;
  /** Volumes that can be attached to this instance. */
  attachInstanceUuid?: string;
  /** Name of the availability zone. */
  availabilityZoneName?: string;
  /** The instance that the volume is attached to: uuid or URL. */
  instanceId?: string;
  /** The snapshot that the volume was made from: uuid or URL. */
  snapshotId?: string;
  /** Only these fields. Default: all. */
  field?: ("id" | "url" | "uuid" | "name" | "description" | "serviceName" | "serviceSettings" | "serviceSettingsUuid" | "serviceSettingsState" | "serviceSettingsErrorMessage" | "projectId" | "projectUrl" | "projectName" | "customer" | "customerUuid" | "customerName" | "customerNativeName" | "customerAbbreviation" | "errorMessage" | "errorTraceback" | "resourceType" | "state" | "createdAt" | "updatedAt" | "backendId" | "accessUrl" | "size" | "metadata" | "runtimeState" | "action" | "actionDetails" | "marketplaceOfferingUuid" | "marketplaceOfferingName" | "marketplaceOfferingPluginOptions" | "marketplaceCategoryUuid" | "marketplaceCategoryName" | "marketplaceResourceUuid" | "marketplacePlanUuid" | "marketplaceResourceState" | "isUsageBased" | "isLimitBased" | "snapshotId" | "snapshotUrl" | "bootable" | "imageId" | "imageUrl" | "imageMetadata" | "imageName" | "volumeType" | "volumeTypeId" | "volumeTypeUrl" | "availabilityZone" | "availabilityZoneName" | "device" | "instanceId" | "instanceUrl" | "instanceName" | "instanceMarketplaceUuid" | "tenant" | "tenantUuid" | "extendEnabled" | "created" | "modified" | "project" | "projectUuid" | "sourceSnapshot" | "image" | "instance" | "type" | "typeName")[];
  /** Order of the rows, e.g. ["createdAt:desc", "name:asc"], by name, createdAt, size, state, customerName, projectName, serviceName, instanceName. Default: name. */
  sort?: string[];
  /** @deprecated Use id. */
  uuid?: string;
  /** @deprecated Use projectId. */
  project?: string;
  /** @deprecated Use projectId. */
  projectUuid?: string;
  /** @deprecated Use instanceId. */
  instance?: string;
  /** @deprecated Use instanceId. */
  instanceUuid?: string;
  /** @deprecated Use snapshotId. */
  snapshot?: string;
  /** @deprecated Use snapshotId. */
  snapshotUuid?: string;
  /** @deprecated Use sort. */
  orderBy?: string[];
}

/** Result of {@link getVolumes}. */
export interface GetVolumesResult {
  /** The volumes */
  volumes: {
    /** UUID, 32 hex digits */
    id: string;
    /** URL of the object in the API */
    url?: string;
    /** The same as id: UUID, 32 hex digits */
    uuid: string;
    /** Name */
    name?: string;
    /** Description */
    description?: string;
    /** Name of the cloud */
    serviceName?: string;
    /** URL of the cloud's settings */
    serviceSettings?: string;
    /** UUID of the cloud's settings */
    serviceSettingsUuid?: string;
    /** State of the cloud's settings */
    serviceSettingsState?: string;
    /** Error of the cloud's settings */
    serviceSettingsErrorMessage?: string;
    /** UUID of the project in Waldur */
    projectId?: string;
    /** URL of the project in Waldur */
    projectUrl?: string;
    /** Name of the project in Waldur */
    projectName?: string;
    /** URL of the customer */
    customer?: string;
    /** UUID of the customer */
    customerUuid?: string;
    /** Name of the customer */
    customerName?: string;
    /** Name of the customer in its own language */
    customerNativeName?: string;
    /** Short name of the customer */
    customerAbbreviation?: string;
    /** The last error; can be left over from an older one: trust the state */
    errorMessage?: string;
    /** Where in the server the error came up; for staff */
    errorTraceback?: string;
    /** Kind of the object in Waldur */
    resourceType?: string;
    /** State in the spelling of today's servers: OK, ERRED, CREATION_SCHEDULED, CREATING, ... */
    state?: string;
    /** Time of creation, ISO 8601 */
    createdAt?: string;
    /** Time of the last change, ISO 8601 */
    updatedAt?: string;
    /** ID in OpenStack */
    backendId?: string;
    /** URL of the object in the cloud's own portal */
    accessUrl?: string;
    /** Size in MiB: 10 GiB is 10240 */
    size?: number;
    /** Metadata */
    metadata?: { [key: string]: Json };
    /** State in OpenStack, e.g. available */
    runtimeState?: string;
    /** What the server is doing with it, e.g. Extend */
    action?: string;
    /** Details of what the server is doing */
    actionDetails?: Json;
    /** UUID of the marketplace offering */
    marketplaceOfferingUuid?: string;
    /** Name of the marketplace offering */
    marketplaceOfferingName?: string;
    /** Options of the marketplace offering */
    marketplaceOfferingPluginOptions?: Json;
    /** UUID of the marketplace category */
    marketplaceCategoryUuid?: string;
    /** Name of the marketplace category */
    marketplaceCategoryName?: string;
    /** UUID of the marketplace resource */
    marketplaceResourceUuid?: string;
    /** UUID of the marketplace plan */
    marketplacePlanUuid?: string;
    /** State of the marketplace resource */
    marketplaceResourceState?: string;
    /** Whether it is billed by usage */
    isUsageBased?: boolean;
    /** Whether it is billed by limits */
    isLimitBased?: boolean;
    /** UUID of the snapshot that the volume was made from */
    snapshotId?: string;
    /** URL of that snapshot */
    snapshotUrl?: string;
    /** Whether an instance can boot from it */
    bootable?: boolean;
    /** UUID of the image that the volume was made from */
    imageId?: string;
    /** URL of that image */
    imageUrl?: string;
    /** Metadata of that image */
    imageMetadata?: Json;
    /** Name of that image */
    imageName?: string;
    /** Name of the volume type */
    volumeType?: string;
    /** UUID of the volume type */
    volumeTypeId?: string;
    /** URL of the volume type */
    volumeTypeUrl?: string;
    /** URL of the availability zone */
    availabilityZone?: string;
    /** Name of the availability zone */
    availabilityZoneName?: string;
    /** Name of the volume as a device of its instance, e.g. /dev/vdb */
    device?: string;
    /** UUID of the instance that the volume is attached to */
    instanceId?: string;
    /** URL of that instance */
    instanceUrl?: string;
    /** Name of that instance */
    instanceName?: string;
    /** UUID of that instance's marketplace resource */
    instanceMarketplaceUuid?: string;
    /** URL of the tenant */
    tenant?: string;
    /** UUID of the tenant */
    tenantUuid?: string;
    /** Whether the volume can be extended */
    extendEnabled?: boolean;
    /** @deprecated Use createdAt. */
    created?: string;
    /** @deprecated Use updatedAt. */
    modified?: string;
    /** @deprecated Use projectUrl. */
    project?: string;
    /** @deprecated Use projectId. */
    projectUuid?: string;
    /** @deprecated Use snapshotUrl. */
    sourceSnapshot?: string;
    /** @deprecated Use imageUrl. */
    image?: string;
    /** @deprecated Use instanceUrl. */
    instance?: string;
    /** @deprecated Use volumeTypeUrl. */
    type?: string;
    /** @deprecated Use volumeType. */
    typeName?: string;
  }[];
  /** Stands for the look-up: the same for the same arguments */
  id: string;
}

/** What fields of {@link getVolumes} were called earlier. */
export const getVolumesFormer = {
  results: {
    created: "createdAt",
    modified: "updatedAt",
    project: "projectUrl",
    projectUuid: "projectId",
    sourceSnapshot: "snapshotUrl",
    image: "imageUrl",
    instance: "instanceUrl",
    type: "volumeTypeUrl",
    typeName: "volumeType",
  },
} as const;

/** Arguments of {@link getRestorations}. */
export type GetRestorationsArgs = {

} & (
  | {
      /** The snapshot: uuid or URL. */
      snapshotId: string;
      /** @deprecated Use snapshotId. */
      snapshot?: string;
    }
  | {
      /** The snapshot: uuid or URL. */
      snapshotId?: string;
      /** @deprecated Use snapshotId. */
      snapshot: string;
    }
);

/** Result of {@link getRestorations}. */
export interface GetRestorationsResult {
  /** The restorations */
  restorations: {
    /** UUID of the restoration */
    id: string;
    /** The same as id */
    uuid: string;
    /** Time of the request, ISO 8601 */
    createdAt?: string;
    /** Description of the new volume */
    description?: string;
    /** UUID of the restored volume */
    volumeId?: string;
    /** URL of the restored volume */
    volumeUrl?: string;
    /** Name of the restored volume */
    volumeName?: string;
    /** State in the spelling of today's servers: OK, ERRED, CREATION_SCHEDULED, CREATING, ... */
    volumeState?: string;
    /** State of the restored volume in the cloud */
    volumeRuntimeState?: string;
    /** Size of the restored volume in MiB: 10 GiB is 10240 */
    volumeSize?: number;
    /** Name of the volume as a device of its instance, e.g. /dev/vdb */
    volumeDevice?: string;
    /** @deprecated Use createdAt. */
    created?: string;
    /** @deprecated Use volumeUrl. */
    volume?: string;
  }[];
  /** Stands for the look-up: the same for the same arguments */
  id: string;
}

/** What fields of {@link getRestorations} were called earlier. */
export const getRestorationsFormer = {
  results: {
    created: "createdAt",
    volume: "volumeUrl",
  },
} as const;
