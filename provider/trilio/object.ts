import { ApiError } from "../core/errors";
import { type Goal, untilGone, untilReady } from "../core/resource/goals";
import type { Context } from "../core/resource/lifecycle";
import { isRefusal, type ObjectRef, type Place, type Reader, RemoteObjects } from "../core/resource/object";
import type { TrilioClient } from "./client";
import { meaningOf, reasonOf, seenOf, type TrilioBrief } from "./states";
import type { Answered, WireRestore, WireSnapshot } from "./wire";

/** What operations of this backend work with. */
export type TrilioContext = Context<TrilioClient>;

/** The types of the objects by kind. */
export type TrilioRows = { restore: Answered<WireRestore>; snapshot: Answered<WireSnapshot> };

/** A kind of object. */
export type TrilioKind = keyof TrilioRows;

/** Restores and snapshots of Trilio. */
export const trilioObjects = new RemoteObjects<TrilioClient, TrilioRows, TrilioBrief>({
  async read<K extends TrilioKind>({ client, signal }: Reader<TrilioClient>, of: ObjectRef<K>) {
    const object = await show(client, of, signal);
    return object && meaningOf(object.status) !== "gone" ? (object as TrilioRows[K]) : undefined;
  },
  // Restores are few and take minutes, so each is asked for by itself: the list holds the options of all that
  // ever were.
  watch: (client, of) => ({ poll: (signal) => show(client, of, signal) }),
  seen: (_kind, object) => seenOf(object),
  isNotFound: (error) => error instanceof ApiError && error.status === 404,
  // What the server says of a busy object is not public; these mean that nothing was begun.
  isBusyRefusal: (error) => isRefusal(error, [400, 409]),
  experience: ({ service }) => service.experience,
  // A deletion that takes its time shows any status.
  untilGone: () => untilGone(() => undefined),
  reasonFor: async (_ctx, { verdict, seen }) => verdict.reason ?? reasonOf(seen),
  serverNow: ({ service }) => service.serverClock?.now() ?? service.clock.now(),
  isListed: ({ client, signal }, { kind, id }) => client.lists(kind as TrilioKind, id, signal),
  whyUnseen,
});

/** The project's id is in the path, so credentials of another project find nothing of this one's. */
async function whyUnseen({ client, signal }: Reader<TrilioClient>, { project }: Place) {
  const present = await client.service.projectId(signal);
  if (project === undefined)
    return `it is not known in which project it was, and the credentials are for project ${present} alone`;
  if (project.replaceAll("-", "") === present.replaceAll("-", "")) return undefined;
  return `it is one of project ${project} and the credentials are for project ${present}, where it cannot be seen`;
}

function show(client: TrilioClient, { kind, id }: ObjectRef, signal: AbortSignal | undefined) {
  return kind === "snapshot" ? client.snapshot(id, signal) : client.restore(id, signal);
}

/**
 * Until a restore has succeeded.
 *
 * @param startedBy request id of the request that began it, where it is known
 */
export function untilRestored(startedBy: string | undefined): Goal<TrilioBrief> {
  const ready = untilReady();
  return (seen, observation) => {
    const verdict = ready(seen);
    if (verdict.is !== "failed" || verdict.reason || observation === undefined) return verdict;
    return { ...verdict, reason: reasonOf(observation, startedBy) };
  };
}

/** Until a busy snapshot can be restored. One that is mounted stays so until somebody dismounts it. */
export function untilRestorable(): Goal<TrilioBrief> {
  const ready = untilReady();
  return (seen) =>
    seen?.state === "mounted"
      ? { is: "failed", state: seen.state, reason: "dismount it first" }
      : ready(seen);
}
