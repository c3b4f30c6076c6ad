import { abortable } from "../core/abortable";
import { ApiError } from "../core/errors";
import type { Query } from "../core/http/query";
import { loneCreation } from "../core/resource/creation";
import type { Properties } from "../core/resource/lifecycle";
import { type ObjectRef, type Reader, subject } from "../core/resource/object";
import { type Created, createOnce } from "../core/resource/once/create";
import { timestampOf } from "../core/values";
import { type CinderClient, collections, type Kind } from "./client";
import { markMetadata, markOf, stackKey } from "./metadata";
import { allOf, type CinderContext, type CinderRows, cinderObjects, isRefused } from "./object";
import { meaningOf, normalStatus } from "./statuses";
import { under } from "./wire";

/** What is asked for. */
export interface Request<K extends Kind> {
  /** Module and name of the resource, e.g. `cinder:Volume`. */
  type: string;
  /** The body of the request, without the metadata. */
  body: Properties;
  metadata: Record<string, string>;
  /** Whether a second one could not be removed again. */
  irrevocable?: boolean;
  /** A filter that finds it among others, by its mark then. */
  among: Query;
  /** The arguments that no change gives it, in which an object is not what is asked for. */
  differs(row: CinderRows[K]): string[];
  /** What it is made from; while that is busy it is waited for. */
  source: ObjectRef<Kind> | undefined;
  /** What helps against a refusal, by the source as it is then. */
  advice?(error: ApiError, source: CinderRows[Kind] | undefined): Error;
}

/**
 * Asks for an object, exactly once; its metadata holds the mark by which it is found again.
 *
 * @returns it, which may be being made still; with the project of the credentials
 */
export async function createMarked<K extends Kind>(
  ctx: CinderContext,
  kind: K,
  { type, body, metadata, irrevocable = false, among, differs, source, advice }: Request<K>,
): Promise<Created<CinderRows[K]>> {
  const { client, clock, signal } = ctx;
  const { path, fields } = collections[kind];
  const creation = ctx.creation ?? loneCreation(ctx.identity, type);
  const { mark } = creation;
  const request = { [kind]: { ...body, metadata: { ...metadata, ...markMetadata(mark) } } };
  const created = await createOnce<CinderRows[K]>(ctx, {
    what: `${kind} "${body.name}"`,
    creation,
    backend: "cinder",
    irrevocable,
    send: () => sendPatiently(ctx, `/${path}`, request, source, advice),
    read: (answer) => under(kind, fields, answer) as CinderRows[K],
    find: async () => {
      const rows = await allOf(ctx, kind, among);
      return { ours: rows.filter((row) => markOf(row)?.nonce === mark.nonce), maybe: [] };
    },
    async left(again) {
      const rows = await abortable(
        client.leftovers.get(kind, again, () => markedOf({ client, clock }, kind, [mark.stack])),
        signal,
      );
      return rows
        .filter((row) => markOf(row)?.resource === mark.resource && !isGone(kind, row))
        .map((row) => ({
          object: row as CinderRows[K],
          id: row.id,
          stack: markOf(row)?.stack,
          nonce: markOf(row)?.nonce,
          what: subject(kind, row.id, row.name).what,
          ageMs: client.service.now() - (timestampOf(row.createdAt ?? "") ?? 0),
          differsIn: differs(row as CinderRows[K]),
        }));
    },
    idOf: ({ id }) => id,
    claimed: client.claimed,
    now: () => client.service.now(),
    describe: (row) => `"${row.name}" (${row.id}, created ${row.createdAt})`,
  });
  const { object } = created;
  const projectId = object.projectId ?? (await client.service.projectId(signal).catch(() => undefined));
  return { ...created, object: { ...object, projectId } };
}

/** Objects of some stacks, by the service's own filter where it has that; else all that there are. */
export async function markedOf<K extends Kind>(
  ctx: Reader<CinderClient>,
  kind: K,
  stacks: readonly string[],
): Promise<readonly CinderRows[K][]> {
  const found: CinderRows[K][] = [];
  try {
    for (const stack of stacks) {
      const rows = await allOf(ctx, kind, { metadata: JSON.stringify({ [stackKey]: stack }) });
      // Who does not know the filter may ignore it.
      if (rows.some(({ metadata }) => metadata?.[stackKey] !== stack)) return rows;
      found.push(...rows);
    }
    return found;
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 400) throw error;
    return allOf(ctx, kind, {});
  }
}

function isGone(kind: Kind, { status }: CinderRows[Kind]): boolean {
  return meaningOf(kind, status) === "gone" || normalStatus(status).endsWith("deleting");
}

/** Sends the request; a source that is busy is waited for, once. */
async function sendPatiently(
  ctx: CinderContext,
  path: string,
  body: unknown,
  source: ObjectRef<Kind> | undefined,
  advice: Request<Kind>["advice"],
): Promise<unknown> {
  const { client, signal } = ctx;
  for (let waited = false; ; waited = true) {
    try {
      return (await client.send("POST", path, body, { signal })).body;
    } catch (error) {
      if (!isRefused(error) || source === undefined || (waited && advice === undefined)) throw error;
      const now = await cinderObjects.read(ctx, source);
      if (waited || now === undefined || meaningOf(source.kind, now.status) !== "working")
        throw advice?.(error, now) ?? error;
      await cinderObjects.waitSettled(ctx, subject(source.kind, source.id, now.name));
    }
  }
}
