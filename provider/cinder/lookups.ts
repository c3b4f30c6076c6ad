import { z } from "zod";
import { UserError } from "../core/errors";
import { understood } from "../core/http/wire";
import type { Lookup } from "../core/resource/lifecycle";
import { cinder } from "./backend";
import { type CinderClient, collections, type Kind } from "./client";
import { pagingArgs, snapshotFilters, volumeFilters } from "./filters";
import { type ListArgs, type LookupContext, list, shortFields } from "./list";
import { withoutMark } from "./metadata";
import { reference, uuidOf } from "./references";
import { shownRetention } from "./snapshot/kept";
import { snapshotRow } from "./snapshot/schema";
import { volumeRow } from "./volume/schema";
import { limitsFields, under, volumeTypeFields } from "./wire";

const mostRecent = z
  .boolean()
  .describe("Where several match, take the one that was created last. Default: false.")
  .optional();

const detail = z
  .boolean()
  .describe("Whether every field is wanted, or only id, name and what a short list shows. Default: true.")
  .optional();

const count = z.number().optional().describe("How many match, where withCount was set");

const snapshotResult = snapshotRow.extend({
  keptUntil: z.string().optional().describe("Kept until then, ISO 8601: what the metadata kept_until says"),
  retentionMode: z.string().optional().describe("How hard that is: what the metadata retention_mode says"),
});

type Args = Record<string, unknown>;

const snapshotListArgs = z.object({ ...snapshotFilters, ...pagingArgs, detail });
const volumeListArgs = z.object({ ...volumeFilters, ...pagingArgs, detail });
const { allTenants } = pagingArgs;

/** Every snapshot that matches, however many pages there are. API page: List snapshots and details. */
export const getSnapshots: Lookup<CinderClient> = {
  type: "cinder:getSnapshots",
  description: "Lists snapshots. Without arguments: all of the project, the newest first.",
  backend: cinder,
  inputs: snapshotListArgs,
  outputs: z.object({ snapshots: z.array(snapshotResult).describe("The snapshots"), count }),
  async invoke(args, ctx) {
    const { rows, count: total } = await listed("snapshot", args, ctx);
    return { snapshots: rows, ...(total === undefined ? {} : { count: total }) };
  },
};

/** One snapshot. @throws UserError where none, or more than one, matches */
export const getSnapshot: Lookup<CinderClient> = {
  type: "cinder:getSnapshot",
  description: "Finds one snapshot by its id, or by filters that match no other.",
  backend: cinder,
  inputs: z.object({
    id: reference("The snapshot: uuid.").optional(),
    ...snapshotFilters,
    allTenants,
    mostRecent,
  }),
  outputs: snapshotResult,
  invoke: (args, ctx) => only("snapshot", args, ctx),
};

/** Every volume that matches, however many pages there are. Block Storage API v3, List volumes with details. */
export const getVolumes: Lookup<CinderClient> = {
  type: "cinder:getVolumes",
  description: "Lists volumes. Without arguments: all of the project, the newest first.",
  backend: cinder,
  inputs: volumeListArgs,
  outputs: z.object({ volumes: z.array(volumeRow).describe("The volumes"), count }),
  async invoke(args, ctx) {
    const { rows, count: total } = await listed("volume", args, ctx);
    return { volumes: rows, ...(total === undefined ? {} : { count: total }) };
  },
};

/** One volume. @throws UserError where none, or more than one, matches */
export const getVolume: Lookup<CinderClient> = {
  type: "cinder:getVolume",
  description: "Finds one volume by its id, or by filters that match no other.",
  backend: cinder,
  inputs: z.object({
    id: reference("The volume: uuid.").optional(),
    ...volumeFilters,
    allTenants,
    mostRecent,
  }),
  outputs: volumeRow,
  invoke: (args, ctx) => only("volume", args, ctx),
};

/** The volume types of the cloud. Block Storage API v3, List all volume types. */
export const getVolumeTypes: Lookup<CinderClient> = {
  type: "cinder:getVolumeTypes",
  description: "Lists the volume types that the project may use.",
  backend: cinder,
  inputs: z.object({
    name: z.string().describe("The whole name; case counts.").optional(),
    isPublic: z.boolean().describe("Whether every project may use it.").optional(),
  }),
  outputs: z.object({ volumeTypes: z.array(volumeTypeFields).describe("The volume types") }),
  async invoke({ name, isPublic }, { client, signal }) {
    const types = await client.all("/types", "volume_types", volumeTypeFields, {}, signal);
    const volumeTypes = types.filter(
      (type) =>
        (name === undefined || type.name === name) && (isPublic === undefined || type.isPublic === isPublic),
    );
    return { volumeTypes };
  },
};

/** Limits of the project and what it has used of them. Block Storage API v3, Show absolute limits. */
export const getLimits: Lookup<CinderClient> = {
  type: "cinder:getLimits",
  description: "What the project may have at most, and what it has.",
  backend: cinder,
  inputs: z.object({}),
  outputs: limitsFields,
  async invoke(_args, { client, signal }) {
    const { body } = await client.service.request({ method: "GET", path: "/limits", signal });
    const { limits } = understood(z.object({ limits: z.object({ absolute: z.unknown() }) }), body);
    return understood(limitsFields, limits.absolute);
  },
};

type Row = z.output<typeof snapshotResult> & z.output<typeof volumeRow>;

async function listed(kind: Kind, args: Args, ctx: LookupContext) {
  const { detail: whole = true, ...others } = args;
  const { rows, count: total } = await list(kind, collections[kind].fields, others as ListArgs, ctx, !whole);
  return {
    rows: (rows as Row[]).map((row) => shown(row, whole ? undefined : shortFields[kind])),
    count: total,
  };
}

async function only(kind: Kind, { mostRecent: latest, ...args }: Args, ctx: LookupContext): Promise<Row> {
  const { id, ...filters } = args;
  if (id !== undefined && Object.keys(filters).length === 0) {
    const body = await ctx.client.get(kind, uuidOf("id", String(id)), ctx.signal);
    if (body === undefined) throw new UserError(`there is no ${kind} ${id}`);
    return shown(under(kind, collections[kind].fields, body) as Row);
  }
  const order = { sort: ["createdAt:desc", "id:desc"] };
  const { rows } = await listed(kind, { ...filters, ...order }, ctx);
  const found = id === undefined ? rows : rows.filter((row) => row.id === uuidOf("id", String(id)));
  const [first] = found;
  if (first === undefined) throw new UserError(`no ${kind} matches ${JSON.stringify(args)}`);
  if (found.length > 1 && !latest) {
    const some = found.slice(0, 5).map(({ name, id: each }) => `"${name ?? ""}" (${each})`);
    const more = found.length > 5 ? " and more" : "";
    throw new UserError(
      `${found.length} ${kind}s match ${JSON.stringify(args)}: ${some.join(", ")}${more}; narrow it down, or set mostRecent`,
    );
  }
  return first;
}

function shown(row: Row, fields?: readonly string[]): Row {
  const whole = { ...row, metadata: withoutMark(row.metadata), ...shownRetention(row) };
  if (fields === undefined) return whole;
  return Object.fromEntries(Object.entries(whole).filter(([name]) => fields.includes(name))) as Row;
}
