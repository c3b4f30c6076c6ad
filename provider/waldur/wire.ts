import { z } from "zod";
import {
  camelKeys,
  understood,
  wireField,
  wireFlag,
  wireJson,
  wireNumber,
  wireRecord,
  wireString,
} from "../core/http/wire";
import { stable } from "../core/resource/field";
import { names, orderNames } from "./names";
import { normalState } from "./states";

/** What Waldur answers (contract, "odd types"). */
const record = (description: string) => wireRecord(z.json(), description);

const state = z
  .preprocess((value) => (typeof value === "string" ? normalState(value) : undefined), z.string().optional())
  .optional()
  .describe("State in the spelling of today's servers: OK, ERRED, CREATION_SCHEDULED, CREATING, ...");

/** A restored volume as the snapshot lists it. API page: `restorations`. */
export const restorationFields = z.object({
  id: z.string().describe("UUID of the restoration"),
  uuid: z.string().describe("The same as id"),
  createdAt: wireString("Time of the request, ISO 8601"),
  description: wireString("Description of the new volume"),
  volumeId: wireString("UUID of the restored volume"),
  volumeUrl: wireString("URL of the restored volume"),
  volumeName: wireString("Name of the restored volume"),
  volumeState: state,
  volumeRuntimeState: wireString("State of the restored volume in the cloud"),
  volumeSize: wireNumber("Size of the restored volume in MiB: 10 GiB is 10240"),
  volumeDevice: wireString("Name of the volume as a device of its instance, e.g. /dev/vdb"),
});

/** What snapshots and volumes have in common. */
const common = {
  id: z.string().describe("UUID, 32 hex digits"),
  url: stable(wireString("URL of the object in the API")),
  uuid: stable(z.string().describe("The same as id: UUID, 32 hex digits")),
  name: wireString("Name"),
  description: wireString("Description"),
  serviceName: wireString("Name of the cloud"),
  serviceSettings: wireString("URL of the cloud's settings"),
  serviceSettingsUuid: wireString("UUID of the cloud's settings"),
  serviceSettingsState: wireString("State of the cloud's settings"),
  serviceSettingsErrorMessage: wireString("Error of the cloud's settings"),
  projectId: stable(wireString("UUID of the project in Waldur")),
  projectUrl: stable(wireString("URL of the project in Waldur")),
  projectName: wireString("Name of the project in Waldur"),
  customer: stable(wireString("URL of the customer")),
  customerUuid: wireString("UUID of the customer"),
  customerName: wireString("Name of the customer"),
  customerNativeName: wireString("Name of the customer in its own language"),
  customerAbbreviation: wireString("Short name of the customer"),
  errorMessage: wireString("The last error; can be left over from an older one: trust the state"),
  errorTraceback: wireString("Where in the server the error came up; for staff"),
  resourceType: wireString("Kind of the object in Waldur"),
  state,
  createdAt: stable(wireString("Time of creation, ISO 8601")),
  updatedAt: wireString("Time of the last change, ISO 8601"),
  backendId: wireString("ID in OpenStack"),
  accessUrl: wireString("URL of the object in the cloud's own portal"),
  size: wireNumber("Size in MiB: 10 GiB is 10240"),
  metadata: record("Metadata"),
  runtimeState: wireString("State in OpenStack, e.g. available"),
  action: wireString("What the server is doing with it, e.g. Extend"),
  actionDetails: wireJson("Details of what the server is doing"),
  marketplaceOfferingUuid: wireString("UUID of the marketplace offering"),
  marketplaceOfferingName: wireString("Name of the marketplace offering"),
  marketplaceOfferingPluginOptions: wireJson("Options of the marketplace offering"),
  marketplaceCategoryUuid: wireString("UUID of the marketplace category"),
  marketplaceCategoryName: wireString("Name of the marketplace category"),
  marketplaceResourceUuid: wireString("UUID of the marketplace resource"),
  marketplacePlanUuid: wireString("UUID of the marketplace plan"),
  marketplaceResourceState: wireString("State of the marketplace resource"),
  isUsageBased: wireFlag("Whether it is billed by usage"),
  isLimitBased: wireFlag("Whether it is billed by limits"),
};

/** A snapshot. API page: Openstack Snapshots, Retrieve. */
export const snapshotFields = z.object({
  ...common,
  size: stable(wireNumber("Size in MiB: 10 GiB is 10240")),
  volumeId: wireString("UUID of the volume that the snapshot was taken of"),
  volumeUrl: wireString("URL of that volume"),
  sourceVolumeName: stable(wireString("Name of that volume")),
  sourceVolumeMarketplaceUuid: wireString("UUID of that volume's marketplace resource"),
  restorations: wireField(z.array(restorationFields), "Volumes restored from the snapshot"),
  // Whatever else comes here is for the guard to judge, and no reason to read nothing of the snapshot.
  keptUntil: wireField(
    z.preprocess((value) => (typeof value === "string" ? value : JSON.stringify(value)), z.string()),
    "The server keeps the snapshot until then and removes it afterwards, ISO 8601; absent: it never expires",
  ),
});

/** A volume. API page: Openstack Volumes, Retrieve. */
export const volumeFields = z.object({
  ...common,
  snapshotId: wireString("UUID of the snapshot that the volume was made from"),
  snapshotUrl: wireString("URL of that snapshot"),
  bootable: wireFlag("Whether an instance can boot from it"),
  imageId: wireString("UUID of the image that the volume was made from"),
  imageUrl: wireString("URL of that image"),
  imageMetadata: wireJson("Metadata of that image"),
  imageName: wireString("Name of that image"),
  volumeType: wireString("Name of the volume type"),
  volumeTypeId: wireString("UUID of the volume type"),
  volumeTypeUrl: wireString("URL of the volume type"),
  availabilityZone: wireString("URL of the availability zone"),
  availabilityZoneName: wireString("Name of the availability zone"),
  device: wireString("Name of the volume as a device of its instance, e.g. /dev/vdb"),
  instanceId: wireString("UUID of the instance that the volume is attached to"),
  instanceUrl: wireString("URL of that instance"),
  instanceName: wireString("Name of that instance"),
  instanceMarketplaceUuid: wireString("UUID of that instance's marketplace resource"),
  tenant: stable(wireString("URL of the tenant")),
  tenantUuid: wireString("UUID of the tenant"),
  extendEnabled: wireFlag("Whether the volume can be extended"),
});

/** A marketplace order. Contract, "order create". */
export const orderFields = z.object({
  uuid: z.string(),
  state: wireString("pending-consumer, pending-provider, executing, done, erred, canceled, rejected"),
  type: wireString("Create, Update or Terminate"),
  errorMessage: wireString("Why it erred; can come a moment after the state"),
  attributes: record("What was ordered, unknown keys included"),
  resourceUuid: wireString("UUID of the volume, from 0.3 to 0.8 s after the order runs"),
  marketplaceResourceUuid: wireString("UUID of the marketplace resource"),
  createdAt: wireString("Time of the order, ISO 8601"),
  updatedAt: wireString("Time of the last change, ISO 8601"),
  consumerReviewedAt: wireString("Time of the approval or rejection, ISO 8601"),
  projectId: wireString("UUID of the project"),
  offeringUuid: wireString("UUID of the offering"),
});

/** A snapshot as Waldur answers it. */
export type WireSnapshot = z.output<typeof snapshotFields>;
/** A volume as Waldur answers it. */
export type WireVolume = z.output<typeof volumeFields>;
/** A restoration as a snapshot lists it. */
export type WireRestoration = z.output<typeof restorationFields>;
/** A marketplace order. */
export type WireOrder = z.output<typeof orderFields>;

/** Reads an answer: names from the wire's to ours, then the schema. @throws ConnectionError for another thing */
export function fromWire<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  // What an order has as its type is no volume type.
  const isOrder = schema instanceof z.ZodObject && "type" in schema.shape;
  return understood(schema, camelKeys(body, isOrder ? orderNames : names));
}
