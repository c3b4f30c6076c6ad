import { z } from "zod";
import { UserError } from "../core/errors";
import type { Lookup } from "../core/resource/lifecycle";
import { waldur } from "./backend";
import type { Kind, WaldurClient } from "./client";
import {
  formerSnapshotArgs,
  formerVolumeArgs,
  inServersSpelling,
  queryOf,
  snapshotFilters,
  volumeFilters,
} from "./filters";
import { formerOf } from "./names";
import { reference } from "./references";
import { snapshotRow } from "./snapshot/schema";
import { fromWire, restorationFields, volumeFields } from "./wire";

const snapshotArgs = snapshotFilters(Object.keys(snapshotRow.shape));
const volumeArgs = volumeFilters(Object.keys(volumeFields.shape));
const mostRecent = {
  mostRecent: z
    .boolean()
    .describe("Where several match, take the one that was created last. Default: false.")
    .optional(),
};

// With `field`, a row holds just what was asked for.
const snapshotResult = snapshotRow.partial().required({ id: true, uuid: true });
const volumeResult = volumeFields.partial().required({ id: true, uuid: true });

const { outputs: formerSnapshotFields } = formerOf(Object.keys(snapshotRow.shape));
const { outputs: formerVolumeFields } = formerOf(Object.keys(volumeFields.shape));

type Args = Record<string, unknown>;
type Ctx = { client: WaldurClient; signal?: AbortSignal | undefined };

/** Arguments of {@link getRestorations}. */
const restorationArgs = z.object({ snapshotId: reference("The snapshot: uuid or URL.") });

/** Every snapshot that matches, however many pages there are. API page: List Openstack Snapshots. */
export const getSnapshots: Lookup<WaldurClient> = {
  type: "waldur:getSnapshots",
  description: "Lists snapshots. Without arguments: all that the token can see.",
  backend: waldur,
  inputs: snapshotArgs,
  former: formerSnapshotArgs,
  formerResults: formerSnapshotFields,
  outputs: z.object({ snapshots: z.array(snapshotResult).describe("The snapshots") }),
  invoke: async (args, ctx) => ({
    snapshots: await rows("openstack-snapshots", snapshotArgs, snapshotResult, args, ctx),
  }),
};

/** One snapshot. @throws UserError where none, or more than one, matches */
export const getSnapshot: Lookup<WaldurClient> = {
  type: "waldur:getSnapshot",
  description: "Finds one snapshot by its id, or by filters that match no other.",
  backend: waldur,
  inputs: snapshotArgs.extend(mostRecent),
  former: formerSnapshotArgs,
  formerResults: formerSnapshotFields,
  outputs: snapshotResult,
  invoke: (args, ctx) => only("snapshot", "openstack-snapshots", snapshotArgs, snapshotResult, args, ctx),
};

/** Every volume that matches, however many pages there are. API page: List Openstack Volumes. */
export const getVolumes: Lookup<WaldurClient> = {
  type: "waldur:getVolumes",
  description: "Lists volumes. Without arguments: all that the token can see.",
  backend: waldur,
  inputs: volumeArgs,
  former: formerVolumeArgs,
  formerResults: formerVolumeFields,
  outputs: z.object({ volumes: z.array(volumeResult).describe("The volumes") }),
  invoke: async (args, ctx) => ({
    volumes: await rows("openstack-volumes", volumeArgs, volumeResult, args, ctx),
  }),
};

/** One volume. @throws UserError where none, or more than one, matches */
export const getVolume: Lookup<WaldurClient> = {
  type: "waldur:getVolume",
  description: "Finds one volume by its id, or by filters that match no other.",
  backend: waldur,
  inputs: volumeArgs.extend(mostRecent),
  former: formerVolumeArgs,
  formerResults: formerVolumeFields,
  outputs: volumeResult,
  invoke: (args, ctx) => only("volume", "openstack-volumes", volumeArgs, volumeResult, args, ctx),
};

/** The restorations of a snapshot, in no defined order. API page: Get a list of snapshot restorations. */
export const getRestorations: Lookup<WaldurClient> = {
  type: "waldur:getRestorations",
  description: "Lists what was restored from a snapshot.",
  backend: waldur,
  inputs: restorationArgs,
  former: { snapshot: "snapshotId" },
  formerResults: { created: "createdAt", volume: "volumeUrl" },
  outputs: z.object({ restorations: z.array(restorationFields).describe("The restorations") }),
  async invoke(args, { client, signal }) {
    const path = client.path(
      "openstack-snapshots",
      client.uuid("snapshotId", String(args.snapshotId)),
      "restorations",
    );
    // The list is whole on the servers that were measured; the API page lets it have pages.
    return { restorations: await client.follow(path, restorationFields, signal) };
  },
};

async function rows<T extends z.ZodType>(kind: Kind, args: z.ZodObject, row: T, given: Args, ctx: Ctx) {
  const { page, ...filters } = given;
  return inServersSpelling(queryOf(ctx.client, args, filters), async (query) => {
    if (page === undefined) return ctx.client.ordered(kind, row, query, ctx.signal);
    return (await ctx.client.page(kind, row, { ...query, page: String(page) }, ctx.signal)).items;
  });
}

async function only<T extends z.ZodType<{ uuid: string; name?: string | undefined }>>(
  word: string,
  kind: Kind,
  schema: z.ZodObject,
  row: T,
  { mostRecent: latest, ...args }: Args,
  ctx: Ctx,
): Promise<z.output<T>> {
  const { id: uuid, field, ...others } = args;
  // By its id alone, one request for the object itself does.
  if (typeof uuid === "string" && Object.keys(others).length === 0) {
    const body = await ctx.client.get(
      kind,
      ctx.client.uuid("id", uuid),
      queryFields(ctx, schema, field),
      ctx.signal,
    );
    if (body === undefined) throw new UserError(`there is no ${word} ${uuid}`);
    return fromWire(row, body);
  }
  const order = latest ? { sort: ["createdAt:desc"] } : {};
  const found = await rows(kind, schema, row, { ...args, ...order }, ctx);
  const [first] = found;
  if (first === undefined) throw new UserError(`no ${word} matches ${JSON.stringify(args)}`);
  if (found.length > 1 && !latest) {
    const some = found.slice(0, 5).map(({ name, uuid: id }) => `"${name ?? ""}" (${id})`);
    const more = found.length > 5 ? " and more" : "";
    throw new UserError(
      `${found.length} ${word}s match ${JSON.stringify(args)}: ${some.join(", ")}${more}; narrow it down, or set mostRecent`,
    );
  }
  return first;
}

function queryFields(ctx: Ctx, schema: z.ZodObject, field: unknown): string[] | undefined {
  return field === undefined ? undefined : (queryOf(ctx.client, schema, { field }).field as string[]);
}
