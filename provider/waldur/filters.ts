import { z } from "zod";
import { ApiError } from "../core/errors";
import type { Query } from "../core/http/query";
import { snake } from "../core/http/wire";
import type { Kind, WaldurClient } from "./client";
import { fieldsNamed, formerFields, wireNameOf } from "./names";
import { reference } from "./references";
import { normalState, titleState } from "./states";

/** How a filter's value is written on the wire. */
interface FilterMeta {
  /** The server wants the object's URL; a bare uuid would silently find nothing (contract, "filters"). */
  url?: Kind | "openstack-tenants" | "openstack-backups";
  /** The server wants the uuid; a URL would be refused. */
  uuid?: true;
  /** Its name on the wire, where that is another. */
  wire?: string;
}

const text = (description: string) => z.string().describe(description).optional();
const byUuid = (description: string, wire?: string) =>
  reference(description)
    .meta({ description, uuid: true, ...(wire ? { wire } : {}) })
    .optional();
const byUrl = (url: FilterMeta["url"], description: string) =>
  reference(description).meta({ description, url }).optional();

/** What arguments of lists of snapshots were called in earlier versions. */
export const formerSnapshotArgs = {
  uuid: "id",
  project: "projectId",
  projectUuid: "projectId",
  sourceVolume: "volumeId",
  sourceVolumeUuid: "volumeId",
  orderBy: "sort",
} as const;

/** The same of lists of volumes. */
export const formerVolumeArgs = {
  uuid: "id",
  project: "projectId",
  projectUuid: "projectId",
  instance: "instanceId",
  instanceUuid: "instanceId",
  snapshot: "snapshotId",
  snapshotUuid: "snapshotId",
  orderBy: "sort",
} as const;

/** Filters that lists of snapshots and of volumes share. API pages: List. */
const common = {
  backendId: text("ID in OpenStack, exact."),
  canManage: z.boolean().describe("Only what the token may manage.").optional(),
  customer: byUuid("The customer: uuid or URL."),
  customerAbbreviation: text("Part of the customer's short name, in any case."),
  customerName: text("Part of the customer's name, in any case."),
  customerNativeName: text("Part of the customer's name in its own language, in any case."),
  customerUuid: byUuid("The customer's uuid."),
  description: text("Part of the description, in any case."),
  externalIp: text("An external IP address of the tenant."),
  id: byUuid("The object itself: uuid or URL.", "uuid"),
  name: text("Part of the name, in any case."),
  nameExact: text("The whole name; case counts."),
  projectId: byUuid("The project in Waldur: uuid or URL.", "project_uuid"),
  projectName: text("Part of the project's name, in any case."),
  runtimeState: text("State in OpenStack, exact, e.g. available."),
  serviceSettingsName: text("Part of the name of the cloud's settings, in any case."),
  serviceSettingsUuid: byUuid("UUID of the cloud's settings."),
  state: z
    .array(z.string())
    .describe("States, in either spelling: OK, ERRED, CREATING, Creation Scheduled, ...")
    .optional(),
  tenant: byUrl("openstack-tenants", "The tenant: uuid or URL."),
  tenantUuid: byUuid("The tenant's uuid."),
  page: z.int().positive().describe("Only this page. Default: all pages.").optional(),
  pageSize: z.int().min(1).max(300).describe("Rows of a page, at most 300. Default: 300.").optional(),
};

const orderings = ["name", "createdAt", "size", "state", "customerName", "projectName", "serviceName"];

/** What an entry of an order means; `undefined` for none. Earlier versions wrote `-created` for `createdAt:desc`. */
function orderIn(text: string): { name: string; falls: boolean } | undefined {
  const [, minus = "", name = "", direction] = /^(-?)(\w+)(?::(asc|desc))?$/.exec(text) ?? [];
  if (name === "" || (minus && direction)) return undefined;
  return { name: name === "created" ? "createdAt" : name, falls: minus === "-" || direction === "desc" };
}

function ordering(names: readonly string[]) {
  const entry = z.string().refine((text) => names.includes(orderIn(text)?.name ?? ""), {
    message: `expected a field and a direction, e.g. "createdAt:desc"; the fields are ${names.join(", ")}`,
  });
  return z
    .array(entry)
    .describe(
      `Order of the rows, e.g. ["createdAt:desc", "name:asc"], by ${names.join(", ")}. Default: name.`,
    )
    .optional();
}

function selection(names: readonly string[]) {
  return z
    .array(z.enum([...names, ...formerFields(names)] as [string, ...string[]]))
    .describe("Only these fields. Default: all.")
    .optional();
}

/** Filters, fields and ordering of a list of snapshots. */
export function snapshotFilters(fields: readonly string[]) {
  return z.object({
    ...common,
    backup: byUrl("openstack-backups", "The backup that the snapshot belongs to: uuid or URL."),
    backupUuid: byUuid("UUID of the backup."),
    volumeId: byUuid("The volume that the snapshot was taken of: uuid or URL.", "source_volume_uuid"),
    field: selection(fields),
    sort: ordering([...orderings, "sourceVolumeName"]),
  });
}

/** Filters, fields and ordering of a list of volumes. */
export function volumeFilters(fields: readonly string[]) {
  return z.object({
    ...common,
    attachInstanceUuid: byUuid("Volumes that can be attached to this instance."),
    availabilityZoneName: text("Name of the availability zone."),
    instanceId: byUuid("The instance that the volume is attached to: uuid or URL.", "instance_uuid"),
    snapshotId: byUuid("The snapshot that the volume was made from: uuid or URL.", "snapshot_uuid"),
    field: selection(fields),
    sort: ordering([...orderings, "instanceName"]),
  });
}

/** Writes arguments as a query; `states` is filled in by {@link inServersSpelling}. */
export function queryOf(client: WaldurClient, schema: z.ZodObject, args: Record<string, unknown>): Query {
  const query: Record<string, string | number | boolean | string[]> = {};
  for (const [name, value] of Object.entries(args)) {
    if (value === undefined || value === null) continue;
    const meta = metaOf(schema.shape[name]);
    const wire = meta.wire ?? snake(name);
    if (name === "sort") query.o = (value as string[]).map(orderOf).join(",");
    else if (name === "field") query.field = fieldsNamed(["id", ...(value as string[])]);
    else if (meta.url) query[wire] = client.url(meta.url as Kind, client.uuid(name, String(value)));
    else if (meta.uuid) query[wire] = client.uuid(name, String(value));
    else query[wire] = value as string | number | boolean | string[];
  }
  return query;
}

function orderOf(text: string): string {
  const { name = text, falls = false } = orderIn(text) ?? {};
  return `${falls ? "-" : ""}${wireNameOf(name)}`;
}

function metaOf(field: unknown): FilterMeta {
  const inner = field instanceof z.ZodOptional ? field.unwrap() : field;
  return ((inner as z.ZodType | undefined)?.meta() ?? {}) as FilterMeta;
}

/**
 * Asks with the states in today's spelling, and where the server refuses that, in the one of 2024.
 */
export async function inServersSpelling<T>(query: Query, ask: (query: Query) => Promise<T>): Promise<T> {
  const { state } = query;
  if (!Array.isArray(state)) return ask(query);
  try {
    return await ask({ ...query, state: state.map(normalState) });
  } catch (error) {
    const misspelt = error instanceof ApiError && error.status === 400 && /state/.test(error.reason);
    if (!misspelt) throw error;
    return ask({ ...query, state: state.map(titleState) });
  }
}
