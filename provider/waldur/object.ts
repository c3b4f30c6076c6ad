import { ApiError, UserError } from "../core/errors";
import { untilGone } from "../core/resource/goals";
import type { Context } from "../core/resource/lifecycle";
import { isRefusal, type ObjectRef, RemoteObjects, type Subject } from "../core/resource/object";
import type { WaldurClient } from "./client";
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
export type WaldurBrief = Pick<WireVolume, "state" | "errorMessage" | "runtimeState" | "instance">;

/** Snapshots and volumes of Waldur. */
export const waldurObjects = new RemoteObjects<WaldurClient, WaldurRows, WaldurBrief>({
  async read<K extends WaldurKind>(
    { client, signal }: Pick<WaldurContext, "client" | "signal">,
    { kind, id }: ObjectRef<K>,
  ) {
    const { path, fields } = kinds[kind];
    const body = await client.get(path, id, undefined, signal);
    return body === undefined ? undefined : (fromWire(fields, body) as WaldurRows[K]);
  },
  watch: (client, { kind, id }) => (kind === "snapshot" ? client.snapshots : client.volumes).watch(id),
  seen: (_kind, object) => seenOf(object),
  // An HTML 404 comes from a web server that knows no such route: that says nothing of the object.
  isNotFound: (error) => error instanceof ApiError && error.status === 404 && error.json,
  isBusyRefusal: (error) => isRefusal(error, [409]),
  experience: ({ experience }) => experience,
  untilGone: () => untilGone(({ meaning }) => (meaning === "failed" ? true : undefined)),
  // Its own reason is in the observation; it can come a moment after ERRED.
  reasonFor: async (_ctx, { verdict }) => verdict.reason || undefined,
});

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

/**
 * Makes sure that "not found" means "gone": Waldur answers 404 also for what the token may not see.
 *
 * @throws UserError where the project of the object cannot be seen either
 */
export async function confirmGone(
  ctx: WaldurContext,
  what: string,
  projectUuid: string | undefined,
): Promise<void> {
  if (projectUuid === undefined || (await ctx.client.sees(projectUuid))) return;
  throw new UserError(
    `${what} is not found, but neither is its project ${projectUuid}: the access token may have lost its role ` +
      "there, so this is not taken as deleted. Give the token access again; if the project is really gone, " +
      'take the resource out of the state with "pulumi state delete".',
  );
}
