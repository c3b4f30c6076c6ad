import { z } from "zod";
import {
  camelKeys,
  understood,
  type WireNames,
  wireField,
  wireFlag,
  wireNumber,
  wireRecord,
  wireString,
} from "../core/http/wire";
import { stable } from "../core/resource/field";
import { isRecord } from "../core/values";

/** A flag that some answers spell as a text, e.g. `bootable: "false"`. */
const looseFlag = (description: string) =>
  z
    .preprocess(
      (value) => (typeof value === "string" ? /^true$/i.test(value) : (value ?? undefined)),
      wireFlag(""),
    )
    .optional()
    .describe(description);

/** Time as Cinder writes it, microseconds and no zone, which means UTC; with the `Z` that says so. */
const time = (description: string) =>
  z
    .preprocess(
      (value) =>
        typeof value === "string" && !/(Z|[+-]\d{2}:?\d{2})$/.test(value)
          ? `${value}Z`
          : (value ?? undefined),
      z.string().optional(),
    )
    .optional()
    .describe(description);

/** Metadata: strings by key. */
const strings = (description: string) => wireRecord(z.string(), description);

/** A snapshot. API page: Show a snapshot's details; contract, "Microversions". */
export const snapshotFields = z.object({
  id: z.string().describe("UUID"),
  name: wireString("Name; absent where it has none"),
  description: wireString("Description"),
  volumeId: wireString("UUID of the volume that the snapshot was taken of"),
  status: wireString("Status, e.g. creating, available, error"),
  size: stable(wireNumber("Size in GiB: 10 GiB is 10")),
  metadata: strings("Metadata, what other tools and the service keep there included"),
  createdAt: stable(time("Time of creation, ISO 8601")),
  updatedAt: time("Time of the last change, ISO 8601"),
  progress: wireString("How far it is, e.g. 100%; some back ends never go beyond 0%"),
  projectId: stable(wireString("UUID of the project")),
  userId: stable(wireString("UUID of the user who made it, from microversion 3.41 on")),
  groupSnapshotId: wireString("UUID of the group snapshot that it belongs to, from microversion 3.14 on"),
  consumesQuota: wireFlag("Whether it counts against the quota, from microversion 3.65 on"),
});

/** Where a volume is attached. */
const attachmentFields = z.object({
  attachmentId: wireString("UUID of the attachment"),
  serverId: wireString("UUID of the instance"),
  hostName: wireString("Host of the instance; for administrators"),
  device: wireString("Name of the device in the instance, e.g. /dev/vdb"),
  attachedAt: time("Since when, ISO 8601"),
});

/** A volume. Block Storage API v3, Show a volume's details. */
export const volumeFields = z.object({
  id: z.string().describe("UUID"),
  name: wireString("Name; absent where it has none"),
  description: wireString("Description"),
  status: wireString("Status, e.g. creating, available, in-use, error"),
  size: wireNumber("Size in GiB: 10 GiB is 10"),
  metadata: strings("Metadata, what other tools and the service keep there included"),
  volumeType: wireString("Name of the volume type"),
  volumeTypeId: wireString("UUID of the volume type, from microversion 3.63 on"),
  availabilityZone: wireString("Availability zone"),
  snapshotId: wireString("UUID of the snapshot that the volume was made from, also after that is gone"),
  sourceVolumeId: wireString("UUID of the volume that it is a copy of"),
  imageId: wireString("UUID of the image that the volume was made from"),
  bootable: looseFlag("Whether an instance can boot from it"),
  multiattach: wireFlag("Whether it can be attached to several instances at once"),
  encrypted: stable(wireFlag("Whether it is encrypted")),
  attachments: wireField(z.array(attachmentFields), "Where it is attached"),
  createdAt: stable(time("Time of creation, ISO 8601")),
  updatedAt: time("Time of the last change, ISO 8601"),
  projectId: stable(wireString("UUID of the project")),
  userId: stable(wireString("UUID of the user who made it")),
  host: wireString("Back end that holds it; for administrators"),
  groupId: wireString("UUID of the group that it belongs to, from microversion 3.13 on"),
  consistencyGroupId: wireString("UUID of the consistency group that it belongs to"),
  replicationStatus: wireString("Status of its replication"),
  migrationStatus: wireString("Status of its migration; for administrators"),
  consumesQuota: wireFlag("Whether it counts against the quota, from microversion 3.65 on"),
});

/** A volume type. Block Storage API v3, Show volume type detail. */
export const volumeTypeFields = z.object({
  id: z.string().describe("UUID"),
  name: wireString("Name"),
  description: wireString("Description"),
  isPublic: wireFlag("Whether every project may use it"),
  extraSpecs: strings("Properties of the type that the user may see"),
  qosSpecsId: wireString("UUID of its quality of service; for administrators"),
});

/** Limits of a project and what it has used of them. Block Storage API v3, Show limits. Sizes are GiB. */
export const limitsFields = z.object({
  maxTotalVolumes: wireNumber("Volumes allowed; -1: without limit"),
  maxTotalSnapshots: wireNumber("Snapshots allowed; -1: without limit"),
  maxTotalVolumeGigabytes: wireNumber("GiB of volumes and snapshots allowed; -1: without limit"),
  maxTotalBackups: wireNumber("Backups allowed; -1: without limit"),
  maxTotalBackupGigabytes: wireNumber("GiB of backups allowed; -1: without limit"),
  totalVolumesUsed: wireNumber("Volumes that there are"),
  totalSnapshotsUsed: wireNumber("Snapshots that there are"),
  totalGigabytesUsed: wireNumber("GiB of volumes and snapshots that there are"),
  totalBackupsUsed: wireNumber("Backups that there are"),
  totalBackupGigabytesUsed: wireNumber("GiB of backups that there are"),
});

/** What the service says about something that went wrong. Block Storage API v3, Messages; from 3.3 on. */
export const messageFields = z.object({
  id: z.string(),
  eventId: wireString("Kind of event"),
  userMessage: wireString("The words for the user"),
  messageLevel: wireString("ERROR, ..."),
  createdAt: time("Time of the message, ISO 8601"),
  requestId: wireString("ID of the request that went wrong"),
  resourceUuid: wireString("UUID of the object that it is about"),
});

/** A message as Cinder answers it. */
export type WireMessage = z.output<typeof messageFields>;

/** Reads an object: names from the wire's to ours, then the schema. @throws ConnectionError for another thing */
export function fromWire<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  return understood(schema, ourNames(body));
}

/** Reads the object under a key, e.g. `{"snapshot": {...}}`. @throws ConnectionError for another thing */
export function under<T extends z.ZodType>(key: string, schema: T, body: unknown): z.output<T> {
  return fromWire(schema, isRecord(body) ? body[key] : undefined);
}

/** A page of a list. */
export interface ListPage<T> {
  items: T[];
  /** Whether a link says that there is more; an empty page may follow all the same. */
  more: boolean;
  /** How many there are on all pages, where it was asked for. */
  count: number | undefined;
}

/** Reads a page under a key, e.g. `{"snapshots": [...], "snapshots_links": [...]}`. @throws ConnectionError for another thing */
export function pageOf<T extends z.ZodType>(key: string, schema: T, body: unknown): ListPage<z.output<T>> {
  const page = understood(
    z.object({ [key]: z.array(z.unknown()), [`${key}_links`]: z.unknown().optional(), count: z.unknown() }),
    { count: undefined, ...(isRecord(body) ? body : {}) },
  );
  const links = page[`${key}_links`];
  const rows = page[key] as unknown[];
  return {
    items: rows.map((row) => fromWire(schema, row)),
    more: Array.isArray(links) && links.some((link) => isRecord(link) && link.rel === "next"),
    count: typeof page.count === "number" ? page.count : undefined,
  };
}

const names: WireNames = {
  renamed: {
    "os-extended-snapshot-attributes:progress": "progress",
    "os-extended-snapshot-attributes:project_id": "projectId",
    "os-vol-tenant-attr:tenant_id": "projectId",
    "os-vol-host-attr:host": "host",
    source_volid: "sourceVolumeId",
    consistencygroup_id: "consistencyGroupId",
  },
  opaque: new Set(["metadata", "extra_specs", "volume_image_metadata"]),
};

/** Names as ours, and the image of a volume where its metadata tell it. */
function ourNames(body: unknown): unknown {
  const named = camelKeys(body, names);
  const image = isRecord(body) ? body.volume_image_metadata : undefined;
  return isRecord(named) && isRecord(image) ? { ...named, imageId: image.image_id } : named;
}
