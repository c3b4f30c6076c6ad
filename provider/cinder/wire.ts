import { z } from "zod";
import { isRecord } from "../core/values";

/**
 * What Cinder answers, read leniently: unknown fields are kept out, and a field that is absent or null is
 * `undefined`. Each field was seen in a recording of a real service, at some microversion.
 */
function field<T extends z.ZodType>(type: T, description: string) {
  return z
    .preprocess((value) => value ?? undefined, type.optional())
    .optional()
    .describe(description);
}

const text = (description: string) => field(z.string(), description);
const flag = (description: string) => field(z.boolean(), description);
const whole = (description: string) => field(z.number(), description);

/** A flag that some answers spell as a text, e.g. `bootable: "false"`. */
const looseFlag = (description: string) =>
  z
    .preprocess(
      (value) => (typeof value === "string" ? /^true$/i.test(value) : (value ?? undefined)),
      flag(""),
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

/** Metadata: texts by key. */
const texts = (description: string) =>
  z
    .preprocess((value) => (isRecord(value) ? value : {}), z.record(z.string(), z.string()))
    .optional()
    .describe(description);

/** A snapshot. API page: Show a snapshot's details; contract, "Microversions". */
export const snapshotFields = z.object({
  id: z.string().describe("UUID"),
  name: text("Name; absent where it has none"),
  description: text("Description"),
  volumeId: text("UUID of the volume that the snapshot was taken of"),
  status: text("Status, e.g. creating, available, error"),
  size: whole("Size in GiB"),
  metadata: texts("Metadata, what other tools and the service keep there included"),
  createdAt: time("Time of creation, ISO 8601"),
  updatedAt: time("Time of the last change, ISO 8601"),
  progress: text("How far it is, e.g. 100%; some back ends never go beyond 0%"),
  projectId: text("UUID of the project"),
  userId: text("UUID of the user who made it, from microversion 3.41 on"),
  groupSnapshotId: text("UUID of the group snapshot that it belongs to, from microversion 3.14 on"),
  consumesQuota: flag("Whether it counts against the quota, from microversion 3.65 on"),
});

/** Where a volume is attached. */
export const attachmentFields = z.object({
  attachmentId: text("UUID of the attachment"),
  serverId: text("UUID of the instance"),
  hostName: text("Host of the instance; for administrators"),
  device: text("Name of the device in the instance, e.g. /dev/vdb"),
  attachedAt: time("Since when, ISO 8601"),
});

/** A volume. Block Storage API v3, Show a volume's details. */
export const volumeFields = z.object({
  id: z.string().describe("UUID"),
  name: text("Name; absent where it has none"),
  description: text("Description"),
  status: text("Status, e.g. creating, available, in-use, error"),
  size: whole("Size in GiB"),
  metadata: texts("Metadata, what other tools and the service keep there included"),
  volumeType: text("Name of the volume type"),
  volumeTypeId: text("UUID of the volume type, from microversion 3.63 on"),
  availabilityZone: text("Availability zone"),
  snapshotId: text("UUID of the snapshot that the volume was made from, also after that is gone"),
  sourceVolumeId: text("UUID of the volume that it is a copy of"),
  imageId: text("UUID of the image that the volume was made from"),
  bootable: looseFlag("Whether an instance can boot from it"),
  multiattach: flag("Whether it can be attached to several instances at once"),
  encrypted: flag("Whether it is encrypted"),
  attachments: field(z.array(attachmentFields), "Where it is attached"),
  createdAt: time("Time of creation, ISO 8601"),
  updatedAt: time("Time of the last change, ISO 8601"),
  projectId: text("UUID of the project"),
  userId: text("UUID of the user who made it"),
  host: text("Back end that holds it; for administrators"),
  groupId: text("UUID of the group that it belongs to, from microversion 3.13 on"),
  consistencyGroupId: text("UUID of the consistency group that it belongs to"),
  replicationStatus: text("Status of its replication"),
  migrationStatus: text("Status of its migration; for administrators"),
  consumesQuota: flag("Whether it counts against the quota, from microversion 3.65 on"),
});

/** A volume type. Block Storage API v3, Show volume type detail. */
export const volumeTypeFields = z.object({
  id: z.string().describe("UUID"),
  name: text("Name"),
  description: text("Description"),
  isPublic: flag("Whether every project may use it"),
  extraSpecs: texts("Properties of the type that the user may see"),
  qosSpecsId: text("UUID of its quality of service; for administrators"),
});

/** Limits of a project and what it has used of them. Block Storage API v3, Show limits. Sizes are GiB. */
export const limitsFields = z.object({
  maxTotalVolumes: whole("Volumes allowed; -1: without limit"),
  maxTotalSnapshots: whole("Snapshots allowed; -1: without limit"),
  maxTotalVolumeGigabytes: whole("GiB of volumes and snapshots allowed; -1: without limit"),
  maxTotalBackups: whole("Backups allowed; -1: without limit"),
  maxTotalBackupGigabytes: whole("GiB of backups allowed; -1: without limit"),
  totalVolumesUsed: whole("Volumes that there are"),
  totalSnapshotsUsed: whole("Snapshots that there are"),
  totalGigabytesUsed: whole("GiB of volumes and snapshots that there are"),
  totalBackupsUsed: whole("Backups that there are"),
  totalBackupGigabytesUsed: whole("GiB of backups that there are"),
});

/** What the service says about something that went wrong. Block Storage API v3, Messages; from 3.3 on. */
export const messageFields = z.object({
  id: z.string(),
  eventId: text("Kind of event"),
  userMessage: text("The words for the user"),
  messageLevel: text("ERROR, ..."),
  createdAt: time("Time of the message, ISO 8601"),
  requestId: text("ID of the request that went wrong"),
  resourceUuid: text("UUID of the object that it is about"),
});

/** A snapshot as Cinder answers it. */
export type WireSnapshot = z.output<typeof snapshotFields>;
/** A volume as Cinder answers it. */
export type WireVolume = z.output<typeof volumeFields>;
/** A message as Cinder answers it. */
export type WireMessage = z.output<typeof messageFields>;

/** Reads an object: names from the wire's to ours, then the schema. @throws z.ZodError */
export function fromWire<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  return schema.parse(ourNames(body));
}

/** Reads the object under a key, e.g. `{"snapshot": {...}}`. @throws z.ZodError */
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

/** Reads a page under a key, e.g. `{"snapshots": [...], "snapshots_links": [...]}`. @throws z.ZodError */
export function pageOf<T extends z.ZodType>(key: string, schema: T, body: unknown): ListPage<z.output<T>> {
  const page = z
    .object({ [key]: z.array(z.unknown()), [`${key}_links`]: z.unknown().optional(), count: z.unknown() })
    .parse({ count: undefined, ...(isRecord(body) ? body : {}) });
  const links = page[`${key}_links`];
  const rows = page[key] as unknown[];
  return {
    items: rows.map((row) => fromWire(schema, row)),
    more: Array.isArray(links) && links.some((link) => isRecord(link) && link.rel === "next"),
    count: typeof page.count === "number" ? page.count : undefined,
  };
}

/** Names that are not the wire's in camel case. */
const renamed: Record<string, string> = {
  "os-extended-snapshot-attributes:progress": "progress",
  "os-extended-snapshot-attributes:project_id": "projectId",
  "os-vol-tenant-attr:tenant_id": "projectId",
  "os-vol-host-attr:host": "host",
  source_volid: "sourceVolumeId",
  consistencygroup_id: "consistencyGroupId",
};

/** Values that are somebody's own texts and not fields of Cinder's. */
const opaque = new Set(["metadata", "extra_specs", "volume_image_metadata"]);

function ourNames(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(ourNames);
  if (!isRecord(body)) return body;
  const named = Object.entries(body).map(([key, value]) => [
    renamed[key] ?? camel(key),
    opaque.has(key) ? value : ourNames(value),
  ]);
  const image = body.volume_image_metadata;
  return { ...Object.fromEntries(named), ...(isRecord(image) ? { imageId: image.image_id } : {}) };
}

function camel(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** The name of a field on the wire, e.g. `volume_id` for `volumeId`. */
export function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
