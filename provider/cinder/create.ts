import { randomBytes } from "node:crypto";
import type { ApiError } from "../core/errors";
import type { Query } from "../core/http/query";
import type { Properties } from "../core/resource/lifecycle";
import { type ObjectRef, subject } from "../core/resource/object";
import { createOnce } from "../core/resource/once";
import { collections, type Kind } from "./client";
import { nonceKey } from "./metadata";
import { allOf, type CinderContext, type CinderRows, cinderObjects, isRefused } from "./object";
import { meaningOf } from "./statuses";
import { under } from "./wire";

/** What is asked for. */
export interface Creation {
  /** The body of the request, without the metadata. */
  body: Properties;
  metadata: Record<string, string>;
  /** A filter that finds it among others, by its mark then. */
  among: Query;
  /** What it is made from; while that is busy it is waited for. */
  source: ObjectRef<Kind> | undefined;
  /** What helps against a refusal, by the source as it is then. */
  advice?(error: ApiError, source: CinderRows[Kind] | undefined): Error;
}

/**
 * Asks for an object, exactly once; its metadata holds the mark by which a lost answer is looked up.
 *
 * @returns it, which is being made still; with the project of the credentials
 */
export async function createMarked<K extends Kind>(
  ctx: CinderContext,
  kind: K,
  { body, metadata, among, source, advice }: Creation,
): Promise<CinderRows[K]> {
  const { client, signal } = ctx;
  const { path, fields } = collections[kind];
  const nonce = randomBytes(8).toString("hex");
  const request = { [kind]: { ...body, metadata: { ...metadata, [nonceKey]: nonce } } };
  const made = await createOnce<CinderRows[K]>({
    what: `${kind} "${body.name}"`,
    clock: ctx.clock,
    signal,
    timeoutMs: ctx.timeoutMs,
    async attempt() {
      const answer = await sendPatiently(ctx, `/${path}`, request, source, advice);
      return under(kind, fields, answer) as CinderRows[K];
    },
    find: async () =>
      (await allOf(ctx, kind, among)).filter(({ metadata: found }) => found?.[nonceKey] === nonce),
    idOf: ({ id }) => id,
    claimed: client.claimed,
    describe: (row) => `"${row.name}" (${row.id}, created ${row.createdAt})`,
  });
  const projectId = made.projectId ?? (await client.service.projectId(signal).catch(() => undefined));
  return { ...made, projectId };
}

/** Sends the request; a source that is busy is waited for, once. */
async function sendPatiently(
  ctx: CinderContext,
  path: string,
  body: unknown,
  source: Creation["source"],
  advice: Creation["advice"],
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
