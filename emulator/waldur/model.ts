import type { Json, JsonObject } from "../http/json";
import type { SnapshotFields } from "./snapshot/fields";
import type { CoreState } from "./states";

/** Something with a Waldur id. `pk` is the row number, the order in which equal rows are listed (recording 04). */
export interface Row {
  pk: number;
  /** 32 hex digits. */
  uuid: string;
  name: string;
  /** ISO 8601 with microseconds. */
  created: string;
  /** ISO 8601 with microseconds. */
  modified: string;
}

/** An organisation. */
export interface Customer extends Row {
  abbreviation: string;
  nativeName: string;
  slug: string;
}

/** A project of an organisation. */
export interface Project extends Row {
  description: string;
  slug: string;
  customerUuid: string;
}

/** The connection to a cloud (`service_settings` of every resource). */
export interface Settings extends Row {}

/** How much of a quota is used, and its limit (-1: none). Sizes in MiB, `gigabytes_*` in GiB (recording 15, 17). */
export interface Quota {
  usage: number;
  limit: number;
}

/** An OpenStack tenant: the scope of volumes, snapshots, instances and types. */
export interface Tenant extends Row {
  projectUuid: string;
  settingsUuid: string;
  /** Marketplace resource of the tenant itself (`parent_uuid` of a volume's resource). */
  resourceUuid: string;
  /** By quota name, in the order in which the offering lists them (recording 15). */
  quotas: Record<string, Quota>;
}

/** A kind of volume. Types that are not visible in a tenant are refused there (recording 13). */
export interface VolumeType extends Row {
  description: string;
  settingsUuid: string;
  /** Tenants in which the type may be used. */
  tenantUuids: string[];
}

/** An image that a volume can be made from. */
export interface Image extends Row {
  settingsUuid: string;
  /** Smallest disk, MiB (recording 15: 10240). */
  minDisk: number;
}

/** A virtual machine. */
export interface Instance extends Row {
  state: CoreState;
  runtimeState: "SHUTOFF" | "ACTIVE" | "PAUSED";
  tenantUuid: string;
  /** Marketplace resource (`instance_marketplace_uuid` of its volumes). */
  resourceUuid: string;
  backendId: string;
}

/** What volumes and snapshots have in common. */
export interface CloudRow extends Row {
  description: string;
  state: CoreState;
  /** Cinder's own status: `available`, `in-use`, `creating`, `error` ... or empty. */
  runtimeState: string;
  /** MiB. */
  size: number;
  /** `""` as long as nothing was ever set (contract "odd types"). */
  metadata: Json;
  backendId: string | null;
  /** `Pull`, `Extend`, `Retype`, `Attach`, `Detach` or empty. */
  action: string;
  actionDetails: JsonObject;
  errorMessage: string;
  errorTraceback: string;
  tenantUuid: string;
}

/** A volume. */
export interface Volume extends CloudRow {
  bootable: boolean;
  imageUuid: string | null;
  imageName: string;
  typeUuid: string | null;
  /** `/dev/vdb` or empty. */
  device: string;
  instanceUuid: string | null;
  sourceSnapshotUuid: string | null;
}

/** A snapshot of a volume. */
export interface Snapshot extends CloudRow, SnapshotFields {
  sourceVolumeUuid: string | null;
  scheduleUuid: string | null;
  backupUuid: string | null;
}

/** The record that a volume was restored from a snapshot. */
export interface Restoration extends Row {
  snapshotUuid: string;
  volumeUuid: string;
  /** Never returned by the 2024 server (contract). */
  description: string;
}

/** A person who may use the API. */
export interface User extends Row {
  username: string;
  fullName: string;
  civilNumber: string;
  token: string;
  password: string;
  isStaff: boolean;
  isSupport: boolean;
  /** Roles by the uuid of the customer or project in which they hold. */
  roles: Record<string, Role>;
}

/** Roles seen in the recordings (01, 15, 20). */
export type Role = "owner" | "customersupport" | "manager" | "admin" | "member";

/** What can be ordered: a volume in a tenant. */
export interface Offering extends Row {
  slug: string;
  type: string;
  customerUuid: string;
  projectUuid: string;
  tenantUuid: string;
  categoryUuid: string;
  planUuid: string;
  parentUuid: string;
  parentPlanUuid: string;
}

/** States of an order on the wire (recordings 15, 16, 20). */
export type OrderState = "pending-consumer" | "executing" | "done" | "erred" | "rejected";

/** A marketplace order to create or terminate a volume. */
export interface Order extends Row {
  type: "Create" | "Terminate";
  state: OrderState;
  offeringUuid: string;
  projectUuid: string;
  resourceUuid: string;
  planUuid: string | null;
  attributes: JsonObject;
  limits: JsonObject;
  errorMessage: string;
  createdByUuid: string;
  reviewedByUuid: string | null;
  /** ISO 8601 with microseconds, or null. */
  reviewedAt: string | null;
}

/** States of a marketplace resource on the wire. */
export type ResourceState = "Creating" | "OK" | "Erred" | "Updating" | "Terminating" | "Terminated";

/** The marketplace's side of a volume. */
export interface Resource extends Row {
  state: ResourceState;
  offeringUuid: string;
  projectUuid: string;
  planUuid: string | null;
  volumeUuid: string | null;
  backendId: string;
  attributes: JsonObject;
  limits: JsonObject;
  /** Null until a volume was made from an order (recording 15, 09). */
  options: JsonObject | null;
  slug: string;
  /** What the marketplace copied from the volume. */
  backendMetadata: JsonObject;
  /** The creation order as it was first shown with this resource. */
  seenCreationOrder?: JsonObject;
}
