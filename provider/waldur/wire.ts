import { z } from "zod";
import { isRecord } from "../core/values";
import { normalState } from "./states";

/**
 * What Waldur answers, read leniently: unknown fields are kept out, and a field that is absent or null is
 * `undefined` (contract, "odd types").
 */
function field<T extends z.ZodType>(type: T, description: string) {
  return z
    .preprocess((value) => value ?? undefined, type.optional())
    .optional()
    .describe(description);
}

const text = (description: string) => field(z.string(), description);
const flag = (description: string) => field(z.boolean(), description);
const mebibytes = (description: string) => field(z.number(), description);
const json = (description: string) => field(z.json(), description);

/** A JSON object; Waldur writes `""` for one that was never set. */
const record = (description: string) =>
  z
    .preprocess((value) => (isRecord(value) ? value : {}), z.record(z.string(), z.json()))
    .optional()
    .describe(description);

const state = z
  .preprocess((value) => (typeof value === "string" ? normalState(value) : undefined), z.string().optional())
  .optional()
  .describe("State in the spelling of today's servers: OK, ERRED, CREATION_SCHEDULED, CREATING, ...");

/** A restored volume as the snapshot lists it. API page: `restorations`. */
export const restorationFields = z.object({
  uuid: z.string().describe("UUID of the restoration"),
  created: text("Time of the request, ISO 8601"),
  description: text("Description of the new volume"),
  volume: text("URL of the restored volume"),
  volumeName: text("Name of the restored volume"),
  volumeState: state,
  volumeRuntimeState: text("State of the restored volume in the cloud"),
  volumeSize: mebibytes("Size of the restored volume in MiB"),
  volumeDevice: text("Name of the volume as a device of its instance, e.g. /dev/vdb"),
});

/** What snapshots and volumes have in common. */
const common = {
  url: text("URL of the object in the API"),
  uuid: z.string().describe("UUID, 32 hex digits"),
  name: text("Name"),
  description: text("Description"),
  serviceName: text("Name of the cloud"),
  serviceSettings: text("URL of the cloud's settings"),
  serviceSettingsUuid: text("UUID of the cloud's settings"),
  serviceSettingsState: text("State of the cloud's settings"),
  serviceSettingsErrorMessage: text("Error of the cloud's settings"),
  project: text("URL of the project"),
  projectName: text("Name of the project"),
  projectUuid: text("UUID of the project"),
  customer: text("URL of the customer"),
  customerUuid: text("UUID of the customer"),
  customerName: text("Name of the customer"),
  customerNativeName: text("Name of the customer in its own language"),
  customerAbbreviation: text("Short name of the customer"),
  errorMessage: text("The last error; can be left over from an older one: trust the state"),
  errorTraceback: text("Where in the server the error came up; for staff"),
  resourceType: text("Kind of the object in Waldur"),
  state,
  created: text("Time of creation, ISO 8601"),
  modified: text("Time of the last change, ISO 8601"),
  backendId: text("ID in OpenStack"),
  accessUrl: text("URL of the object in the cloud's own portal"),
  size: mebibytes("Size in MiB"),
  metadata: record("Metadata"),
  runtimeState: text("State in OpenStack, e.g. available"),
  action: text("What the server is doing with it, e.g. Extend"),
  actionDetails: json("Details of what the server is doing"),
  marketplaceOfferingUuid: text("UUID of the marketplace offering"),
  marketplaceOfferingName: text("Name of the marketplace offering"),
  marketplaceOfferingPluginOptions: json("Options of the marketplace offering"),
  marketplaceCategoryUuid: text("UUID of the marketplace category"),
  marketplaceCategoryName: text("Name of the marketplace category"),
  marketplaceResourceUuid: text("UUID of the marketplace resource"),
  marketplacePlanUuid: text("UUID of the marketplace plan"),
  marketplaceResourceState: text("State of the marketplace resource"),
  isUsageBased: flag("Whether it is billed by usage"),
  isLimitBased: flag("Whether it is billed by limits"),
};

/** A snapshot. API page: Openstack Snapshots, Retrieve. */
export const snapshotFields = z.object({
  ...common,
  sourceVolume: text("URL of the volume that the snapshot was taken of"),
  sourceVolumeName: text("Name of that volume"),
  sourceVolumeMarketplaceUuid: text("UUID of that volume's marketplace resource"),
  restorations: field(z.array(restorationFields), "Volumes restored from the snapshot"),
  keptUntil: text("The snapshot is kept until then, ISO 8601; absent: for ever"),
});

/** A volume. API page: Openstack Volumes, Retrieve. */
export const volumeFields = z.object({
  ...common,
  sourceSnapshot: text("URL of the snapshot that the volume was made from"),
  bootable: flag("Whether an instance can boot from it"),
  image: text("URL of the image that the volume was made from"),
  imageMetadata: json("Metadata of that image"),
  imageName: text("Name of that image"),
  type: text("URL of the volume type"),
  typeName: text("Name of the volume type"),
  availabilityZone: text("URL of the availability zone"),
  availabilityZoneName: text("Name of the availability zone"),
  device: text("Name of the volume as a device of its instance, e.g. /dev/vdb"),
  instance: text("URL of the instance that the volume is attached to"),
  instanceName: text("Name of that instance"),
  instanceMarketplaceUuid: text("UUID of that instance's marketplace resource"),
  tenant: text("URL of the tenant"),
  tenantUuid: text("UUID of the tenant"),
  extendEnabled: flag("Whether the volume can be extended"),
});

/** A marketplace order. Contract, "order create". */
export const orderFields = z.object({
  uuid: z.string(),
  state: text("pending-consumer, pending-provider, executing, done, erred, canceled, rejected"),
  type: text("Create, Update or Terminate"),
  errorMessage: text("Why it erred; can come a moment after the state"),
  attributes: record("What was ordered, unknown keys included"),
  resourceUuid: text("UUID of the volume, from 0.3 to 0.8 s after the order runs"),
  marketplaceResourceUuid: text("UUID of the marketplace resource"),
  created: text("Time of the order, ISO 8601"),
  modified: text("Time of the last change, ISO 8601"),
  consumerReviewedAt: text("Time of the approval or rejection, ISO 8601"),
  projectUuid: text("UUID of the project"),
  offeringUuid: text("UUID of the offering"),
});

/** A marketplace resource. Recordings 15 and 16. */
export const resourceFields = z.object({
  uuid: z.string(),
  state: text("Creating, OK, Erred, Updating, Terminating, Terminated"),
  resourceUuid: text("UUID of the volume"),
  offeringUuid: text("UUID of the offering"),
  projectUuid: text("UUID of the project"),
  planUuid: text("UUID of the plan"),
  attributes: record("What was ordered"),
  limits: record("Limits of the plan"),
});

/** A snapshot as Waldur answers it. */
export type WireSnapshot = z.output<typeof snapshotFields>;
/** A volume as Waldur answers it. */
export type WireVolume = z.output<typeof volumeFields>;
/** A restoration as a snapshot lists it. */
export type WireRestoration = z.output<typeof restorationFields>;
/** A marketplace order. */
export type WireOrder = z.output<typeof orderFields>;
/** A marketplace resource. */
export type WireResource = z.output<typeof resourceFields>;

/** Reads an answer: names from `snake_case` to `camelCase`, then the schema. @throws z.ZodError */
export function fromWire<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  return schema.parse(camelKeys(body));
}

/** Values that are somebody's own JSON and not fields of Waldur's. */
const opaque = new Set([
  "metadata",
  "attributes",
  "limits",
  "action_details",
  "image_metadata",
  "marketplace_offering_plugin_options",
]);

function camelKeys(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(camelKeys);
  if (!isRecord(body)) return body;
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [camel(key), opaque.has(key) ? value : camelKeys(value)]),
  );
}

function camel(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** The name of a field on the wire, e.g. `kept_until` for `keptUntil`. */
export function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
