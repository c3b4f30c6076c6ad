import { ApiError } from "../core/errors";
import { earliest } from "../core/http/witnesses";
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
import type { WaldurClient } from "./client";
import { isAboutInstance, waitForInstance } from "./instance";
import { isNotFound } from "./notFound";
import { type SnapshotRow, wholeSnapshotRow } from "./snapshot/schema";
import { seenOf } from "./states";
import { fromWire, volumeFields, type WireVolume } from "./wire";

/** What operations of this backend work with. */
export type WaldurContext = Context<WaldurClient>;

/** The kinds of objects that are worked on, with where the API has them. */
const kinds = {
  snapshot: { path: "openstack-snapshots", fields: wholeSnapshotRow },
  volume: { path: "openstack-volumes", fields: volumeFields },
} as const;

/** The types of the objects by kind. */
export type WaldurRows = { snapshot: SnapshotRow; volume: WireVolume };

/** A kind of object. */
export type WaldurKind = keyof WaldurRows;

/** What a wait sees of an object. */
export type WaldurBrief = Pick<
  WireVolume,
  "state" | "errorMessage" | "runtimeState" | "backendId" | "instanceId"
>;

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
  remedyFor: ({ seen }) => (isWellInCloud(seen) ? remedyOf(seen) : undefined),
  heal,
  serverNow: ({ time }) => earliest(time.known().all),
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

/** Whether only Waldur's record of an object has failed: OpenStack has the object, and it is all right there. */
function isWellInCloud({
  backendId,
  runtimeState,
}: Pick<WaldurBrief, "backendId" | "runtimeState">): boolean {
  return Boolean(backendId) && ["available", "in-use"].includes(runtimeState ?? "");
}

function remedyOf({ backendId, runtimeState }: WaldurBrief): string {
  return (
    `OpenStack has it (${backendId}) as "${runtimeState}", so its data is there and only Waldur's record is not well. ` +
    'The next "pulumi up" that changes it has Waldur synchronise it with OpenStack first, as does ' +
    '"openstack-snapshots pull"; where that does not help, Waldur\'s staff can set it OK.'
  );
}

/**
 * Has Waldur synchronise an object whose last change has failed, which brings it back to OK where OpenStack has it in
 * order (contract, "failed update"). On servers of 2024 that never helps a snapshot (contract, "pull").
 */
async function heal(ctx: WaldurContext, on: Subject<WaldurKind>, now: WaldurRows[WaldurKind]): Promise<void> {
  if (!isWellInCloud(now)) return;
  const reason = now.errorMessage || "no reason given";
  try {
    await pull(ctx, on);
  } catch (error) {
    if (!(error instanceof ApiError) || ![400, 403, 409].includes(error.status)) throw error;
    ctx.warn(`${on.what} was not synchronised with OpenStack: ${error.message}`);
    return;
  }
  const after = await waldurObjects.read(ctx, on);
  if (after !== undefined && seenOf(after).meaning === "ready") {
    ctx.warn(
      `the last change of ${on.what} had failed (${reason}). OpenStack has it in order, so Waldur was asked to ` +
        "synchronise it (pull), and it is OK again",
    );
  }
}

/**
 * Asks the server to synchronise an object with OpenStack, and waits for the end of that. Answers of 200, 202
 * and 204 are all success (API pages, `pull`). On servers of 2024 the pull of a snapshot always ends ERRED
 * (contract, "pull").
 *
 * @throws ApiError 409 unless the object is OK or ERRED, 400 where it has no id in OpenStack
 */
export async function pull(ctx: WaldurContext, on: Subject<WaldurKind>): Promise<void> {
  await waldurObjects.settled(ctx, on);
  await actOn(ctx, on, { method: "POST", action: "pull" }, (now) => {
    return now === undefined || !waldurObjects.isSettled(on.kind, now);
  });
  await waldurObjects.settled(ctx, on);
}

/** Path of an object, or of an action on it. */
function pathOf({ client }: Pick<WaldurContext, "client">, { kind, id }: ObjectRef, action?: string) {
  return client.path(kinds[kind as WaldurKind].path, id, action);
}

/** A write on an object. */
export interface WaldurWrite {
  method: "POST" | "PATCH" | "DELETE";
  action?: string;
  body?: unknown;
  /** The instance for which the action may be refused, where there is one. */
  instance?: string | undefined;
}

/** Sends a write on an object; see `RemoteObjects.act`. */
export function actOn<K extends WaldurKind>(
  ctx: WaldurContext,
  on: Subject<K>,
  { method, action, body, instance }: WaldurWrite,
  happened: (now: WaldurRows[K] | undefined) => boolean,
): Promise<void> {
  const send = () => ctx.client.send(method, pathOf(ctx, on, action), body, ctx.signal);
  const beside =
    instance === undefined
      ? undefined
      : { isRefusal: isAboutInstance, settled: () => waitForInstance(ctx, instance) };
  return waldurObjects.act(ctx, { on, send, happened, beside });
}
