import { type ApiError, UserError } from "../core/errors";
import type { Query } from "../core/http/query";
import type { Context } from "../core/resource/lifecycle";
import {
  type Failure,
  isRefusal,
  type ObjectRef,
  type Reader,
  RemoteObjects,
  type Subject,
} from "../core/resource/object";
import { type Brief, type CinderClient, collections, isNotFound, type Kind } from "./client";
import { untilDeleted } from "./goals";
import { messageAbout } from "./messages";
import type { SnapshotRow } from "./snapshot/schema";
import { adviceFor, seenOf } from "./statuses";
import type { VolumeRow } from "./volume/schema";
import { under } from "./wire";

/** What operations of this backend work with. */
export type CinderContext = Context<CinderClient>;

/** The types of the objects by kind. */
export type CinderRows = { snapshot: SnapshotRow; volume: VolumeRow };

/** Snapshots and volumes of Cinder. */
export const cinderObjects = new RemoteObjects<CinderClient, CinderRows, Brief>({
  async read<K extends Kind>({ client, signal }: Reader<CinderClient>, { kind, id }: ObjectRef<K>) {
    const body = await client.get(kind, id, signal);
    return body === undefined ? undefined : (under(kind, collections[kind].fields, body) as CinderRows[K]);
  },
  watch: (client, { kind, id }) => (kind === "snapshot" ? client.snapshots : client.volumes).watch(id),
  seen: seenOf,
  isNotFound,
  isBusyRefusal: isRefused,
  experience: ({ experience }) => experience,
  untilGone: untilDeleted,
  reasonFor,
});

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

/**
 * Makes sure that "not found" means "gone": a project does not see what is another's (recording 086).
 *
 * @param projectId the project that the object was in
 * @throws UserError where the credentials are for another project
 */
export async function confirmGone(
  { client, signal }: Reader<CinderClient>,
  what: string,
  projectId: string | undefined,
): Promise<void> {
  const present = projectId && (await client.service.projectId(signal));
  if (!present || present === projectId) return;
  throw new UserError(
    `${what} is not found, but it was in project ${projectId} and the credentials are for project ${present}, which ` +
      "may not see it: so this is not taken as deleted. Use credentials for its project; if it is really gone, take " +
      'the resource out of the state with "pulumi state delete".',
  );
}
