import { untilGone } from "../core/resource/goals";
import type { Context } from "../core/resource/lifecycle";
import {
  isRefusal,
  type ObjectRef,
  type Place,
  type Reader,
  RemoteObjects,
  type Subject,
} from "../core/resource/object";
import { isNotFound, type WaldurClient } from "./client";
import { type SnapshotRow, snapshotRow } from "./snapshot/schema";
import { seenOf } from "./states";
import { fromWire, volumeFields, type WireVolume } from "./wire";

/** What operations of this backend work with. */
export type WaldurContext = Context<WaldurClient>;

/** The kinds of objects that are worked on, with where the API has them. */
const kinds = {
  snapshot: { path: "openstack-snapshots", fields: snapshotRow },
  volume: { path: "openstack-volumes", fields: volumeFields },
} as const;

/** The types of the objects by kind. */
export type WaldurRows = { snapshot: SnapshotRow; volume: WireVolume };

/** A kind of object. */
export type WaldurKind = keyof WaldurRows;

/** What a wait sees of an object. */
export type WaldurBrief = Pick<WireVolume, "state" | "errorMessage" | "runtimeState" | "instance">;

/** Snapshots and volumes of Waldur. */
export const waldurObjects = new RemoteObjects<WaldurClient, WaldurRows, WaldurBrief>({
  read: readOnce,
  watch: (client, { kind, id }) => (kind === "snapshot" ? client.snapshots : client.volumes).watch(id),
  seen: (_kind, object) => seenOf(object),
  isNotFound,
  isBusyRefusal: (error) => isRefusal(error, [409]),
  experience: ({ experience }) => experience,
  untilGone: () => untilGone(({ meaning }) => (meaning === "failed" ? true : undefined)),
  // Its own reason is in the observation; it can come a moment after ERRED.
  reasonFor: async (_ctx, { verdict }) => verdict.reason || undefined,
  isListed: ({ client, signal }, { kind, id }) => client.lists(kinds[kind as WaldurKind].path, id, signal),
  whyUnseen,
});

/** An object as one request shows it; `undefined` where Waldur answers that there is none. */
async function readOnce<K extends WaldurKind>(
  { client, signal }: Reader<WaldurClient>,
  { kind, id }: ObjectRef<K>,
): Promise<WaldurRows[K] | undefined> {
  const { path, fields } = kinds[kind];
  const body = await client.get(path, id, undefined, signal);
  return body === undefined ? undefined : (fromWire(fields, body) as WaldurRows[K]);
}

/** Waldur answers 404 also for what the token may not see. */
async function whyUnseen(ctx: Reader<WaldurClient>, { project, beside }: Place): Promise<string | undefined> {
  if (project !== undefined) {
    if (await ctx.client.sees(project, ctx.signal)) return undefined;
    return `neither is its project ${project}, so the access token may have lost its role there`;
  }
  // Who sees the one sees the other.
  if (beside && (await readOnce(ctx, beside as ObjectRef<WaldurKind>))) return undefined;
  return "it is not known in which project it was, so the access token may have lost its role there";
}

/** Path of an object, or of an action on it. */
function pathOf({ client }: Pick<WaldurContext, "client">, { kind, id }: ObjectRef, action?: string) {
  return client.path(kinds[kind as WaldurKind].path, id, action);
}

/** Sends a write on an object; see `RemoteObjects.act`. */
export function actOn<K extends WaldurKind>(
  ctx: WaldurContext,
  on: Subject<K>,
  request: { method: "POST" | "PATCH" | "DELETE"; action?: string; body?: unknown },
  happened: (now: WaldurRows[K] | undefined) => boolean,
): Promise<void> {
  const { method, action, body } = request;
  const send = () => ctx.client.send(method, pathOf(ctx, on, action), body, ctx.signal);
  return waldurObjects.act(ctx, { on, send, happened });
}
