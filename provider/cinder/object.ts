import type { ApiError } from "../core/errors";
import type { Query } from "../core/http/query";
import { earliest } from "../core/http/witnesses";
import type { Context } from "../core/resource/lifecycle";
import {
  type Failure,
  isRefusal,
  type ObjectRef,
  type Place,
  type Reader,
  RemoteObjects,
  type Subject,
} from "../core/resource/object";
import { type Brief, type CinderClient, collections, isNotFound, type Kind } from "./client";
import { untilDeleted } from "./goals";
import { messageAbout } from "./messages";
import type { SnapshotRow } from "./snapshot/schema";
import { adviceFor, remedyFor, seenOf } from "./statuses";
import type { VolumeRow } from "./volume/schema";
import { under } from "./wire";

/** What operations of this backend work with. */
export type CinderContext = Context<CinderClient>;

/** The types of the objects by kind. */
export type CinderRows = { snapshot: SnapshotRow; volume: VolumeRow };

/** Snapshots and volumes of Cinder. */
export const cinderObjects = new RemoteObjects<CinderClient, CinderRows, Brief>({
  read: readOnce,
  watch: (client, { kind, id }) => (kind === "snapshot" ? client.snapshots : client.volumes).watch(id),
  seen: seenOf,
  isNotFound,
  isBusyRefusal: isRefused,
  experience: ({ experience }) => experience,
  untilGone: untilDeleted,
  reasonFor,
  remedyFor: ({ seen }) => remedyFor(seen.status),
  serverNow: ({ time }) => earliest(time.known().all),
  isListed: ({ client, signal }, { kind, id, place }) =>
    client.lists(kind as Kind, id, place?.beside?.id, signal),
  whyUnseen,
});

/** An object as one request shows it, with its project where the service does not tell it; `undefined`: none. */
async function readOnce<K extends Kind>(
  { client, signal }: Reader<CinderClient>,
  { kind, id }: ObjectRef<K>,
): Promise<CinderRows[K] | undefined> {
  const body = await client.get(kind, id, signal);
  if (body === undefined) return undefined;
  const row = under(kind, collections[kind].fields, body) as CinderRows[K];
  // Only administrators see objects of other projects, and they are told of which.
  return { ...row, projectId: row.projectId ?? (await client.service.projectId(signal)) };
}

/** A project does not see what is another's (recording 086). */
async function whyUnseen(ctx: Reader<CinderClient>, { project, beside }: Place): Promise<string | undefined> {
  const present = await ctx.client.service.projectId(ctx.signal);
  if (project === present) return undefined;
  if (project !== undefined)
    return `it was in project ${project} and the credentials are for project ${present}, which may not see it`;
  // Who sees the one sees the other.
  if (beside && (await readOnce(ctx, beside as ObjectRef<Kind>))) return undefined;
  return `it is not known in which project it was, and the credentials are for project ${present} alone`;
}

/** Cinder refuses what does not fit the status with 400, and with 409 where two requests met. */
export function isRefused(error: unknown): error is ApiError {
  return isRefusal(error, [400, 409]);
}

/** The reason of a failure, which another request has to ask for, with what helps against it. */
async function reasonFor(
  { client, signal }: Reader<CinderClient>,
  { on, seen, verdict, since, final }: Failure<Brief>,
): Promise<string | undefined> {
  const said = await messageAbout(client, on.id, since, signal);
  if (said === undefined && !final) return undefined;
  const words =
    said ?? (await messageAbout(client, on.id, undefined, signal)) ?? "the service gives no reason";
  return [words, verdict.reason, adviceFor(on.kind as Kind, seen.status)].filter(Boolean).join("; ");
}

/** A write on an object, or on a part of it. */
interface Write {
  method: "POST" | "PUT" | "DELETE";
  /** The part, e.g. `["metadata", "key"]` or `["action"]`. */
  part?: readonly string[];
  body?: unknown;
  query?: Query;
}

/** Sends a write on an object, once. */
export function sendTo({ client, signal }: CinderContext, { kind, id }: ObjectRef<Kind>, write: Write) {
  const { method, part = [], body, query = {} } = write;
  return client.send(method, client.path(kind, id, ...part), body, { query, signal });
}

/** Sends a write on an object; see `RemoteObjects.act`. */
export function actOn<K extends Kind>(
  ctx: CinderContext,
  on: Subject<K>,
  write: Write,
  happened: (now: CinderRows[K] | undefined) => boolean,
): Promise<void> {
  return cinderObjects.act(ctx, { on, send: () => sendTo(ctx, on, write), happened });
}

/** Deletes an object that rests, and waits until it is gone. @throws WaitError where it goes back or fails */
export async function deleteObject<K extends Kind>(
  ctx: CinderContext,
  on: Subject<K>,
  now: CinderRows[K],
  request: () => Promise<void>,
): Promise<void> {
  const since = ctx.clock.now();
  // The service refuses it in this status with words that do not help; the wait's do.
  if (seenOf(on.kind, now).state !== "error_deleting") await request();
  return cinderObjects.waitGone(ctx, on, { since });
}

/** Whether an object shows that its deletion was carried out, or has begun. */
export function isGoing<K extends Kind>(kind: K): (now: CinderRows[K] | undefined) => boolean {
  return (now) => now === undefined || !cinderObjects.isSettled(kind, now);
}

/** Every object of a kind, as a list with details shows it. */
export function allOf<K extends Kind>(
  { client, signal }: Reader<CinderClient>,
  kind: K,
  query: Query,
): Promise<CinderRows[K][]> {
  const { path, fields } = collections[kind];
  return client.all(`/${path}/detail`, path, fields, query, signal) as Promise<CinderRows[K][]>;
}
