import { UserError } from "../core/errors";
import type { Context } from "../core/resource/lifecycle";
import { type Verdict, waitFor } from "../core/wait/wait";
import { type Brief, type CinderClient, collections, type Kind } from "./client";
import { type Goal, untilGone, untilReady, untilSettled } from "./goals";
import { reasonFor } from "./messages";
import { adviceFor, isSettled } from "./statuses";
import { under, type WireSnapshot, type WireVolume } from "./wire";

/** What operations of this backend work with. */
export type CinderContext = Context<CinderClient>;

/** One object that is worked on. */
export interface Subject<K extends Kind = Kind> {
  kind: K;
  id: string;
  /** In the user's words, e.g. `snapshot "nightly" (9f3c...)`. */
  what: string;
}

/** Names a subject for messages. */
export function subject<K extends Kind>(kind: K, id: string, name?: string): Subject<K> {
  return { kind, id, what: name ? `${kind} "${name}" (${id})` : `${kind} ${id}` };
}

/** Right after a create a service may not find the new object yet. */
const graceMs = 15_000;

/** So often a failure without a reason is polled again: the message comes a moment after the status. */
const pollsForReason = 2;

/** How a wait is told apart from others. */
interface Waiting {
  /** The name under which the duration is learned, e.g. `create`; the kind is added. */
  operation?: string;
  /** It was created just now. */
  fresh?: boolean;
  /** When what is waited for began, in ms of our clock: older words of the service are about something else. */
  since?: number;
}

/** Waits on one object with polls that all waits share. @throws WaitError with the service's reason */
export async function waitUntil(
  ctx: CinderContext,
  subject: Subject,
  goal: Goal,
  { operation, fresh, since }: Waiting = {},
): Promise<void> {
  const watcher = subject.kind === "snapshot" ? ctx.client.snapshots : ctx.client.volumes;
  const watch = watcher.watch(subject.id);
  const judge = withReason(ctx, subject, goal, since);
  try {
    await waitFor<{ verdict: Verdict }>({
      what: subject.what,
      observer: {
        poll: async (signal) => {
          const seen = await watch.poll(signal);
          return seen && { verdict: await judge(seen, signal) };
        },
        news: () => watch.news?.() ?? new Promise(() => undefined),
      },
      classify: (seen) => seen?.verdict ?? goal(undefined),
      clock: ctx.clock,
      signal: ctx.signal,
      timeoutMs: ctx.timeoutMs,
      experience: ctx.client.experience,
      operation: operation ? `${operation} ${subject.kind}` : "",
      notFoundGraceMs: fresh ? graceMs : 0,
      progress: (message) => ctx.progress(message),
    });
  } finally {
    watch.close();
  }
}

/** A goal whose failures hold the reason, which another request has to ask for. */
function withReason(ctx: CinderContext, { kind, id }: Subject, goal: Goal, since: number | undefined) {
  let polls = 0;
  return async (seen: Brief, signal: AbortSignal | undefined): Promise<Verdict> => {
    const verdict = goal(seen);
    if (verdict.is !== "failed") return verdict;
    polls += 1;
    const said = await reasonFor(ctx.client, id, since, signal);
    if (said === undefined && polls < pollsForReason) return { is: "pending", state: verdict.state };
    const words =
      said ?? (await reasonFor(ctx.client, id, undefined, signal)) ?? "the service gives no reason";
    const reason = verdict.reason ? `${words}; ${verdict.reason}` : words;
    const advice = adviceFor(kind, seen.status);
    return { ...verdict, reason: advice ? `${reason}; ${advice}` : reason };
  };
}

/** Waits until it can be used. */
export function waitReady(ctx: CinderContext, on: Subject, waiting: Waiting = {}): Promise<void> {
  return waitUntil(ctx, on, untilReady(on.kind), waiting);
}

/** Waits until nothing is going on any more, be the end good or bad. */
export function waitSettled(ctx: CinderContext, on: Subject): Promise<void> {
  return waitUntil(ctx, on, untilSettled(on.kind));
}

/** Waits until a GET says 404. */
export function waitGone(ctx: CinderContext, on: Subject, since: number): Promise<void> {
  return waitUntil(ctx, on, untilGone(on.kind), { operation: "delete", since });
}

/** The types of the objects by kind. */
export interface Wire {
  snapshot: WireSnapshot;
  volume: WireVolume;
}

type Reader = Pick<CinderContext, "client" | "signal">;

/** An object in full; `undefined` where the service says that it does not exist. */
export async function fetch<K extends Kind>(
  ctx: Reader,
  { kind, id }: { kind: K; id: string },
): Promise<Wire[K] | undefined> {
  const body = await ctx.client.get(kind, id, ctx.signal);
  return body === undefined ? undefined : (under(kind, collections[kind].fields, body) as Wire[K]);
}

/** An object in full that has to be there. @throws UserError where it is not */
export async function existing<K extends Kind>(ctx: Reader, of: { kind: K; id: string }): Promise<Wire[K]> {
  const now = await fetch(ctx, of);
  if (now === undefined) throw new UserError(`there is no ${of.kind} ${of.id}; run "pulumi refresh"`);
  return now;
}

/** An object in full once nothing is going on with it; a busy one is waited for, not failed. */
export async function settled<K extends Kind>(
  ctx: CinderContext,
  of: { kind: K; id: string },
): Promise<Wire[K] | undefined> {
  const now = await fetch(ctx, of);
  if (now === undefined || isSettled(of.kind, now.status)) return now;
  await waitSettled(ctx, subject(of.kind, of.id, now.name));
  return fetch(ctx, of);
}

/**
 * Makes sure that "not found" means "gone": a project does not see what is another's (recording 086).
 *
 * @param projectId the project that the object was in
 * @throws UserError where the credentials are for another project
 */
export async function confirmGone(ctx: Reader, what: string, projectId: string | undefined): Promise<void> {
  const present = projectId && (await ctx.client.service.projectId(ctx.signal));
  if (!present || present === projectId) return;
  throw new UserError(
    `${what} is not found, but it was in project ${projectId} and the credentials are for project ${present}, which ` +
      "may not see it: so this is not taken as deleted. Use credentials for its project; if it is really gone, take " +
      'the resource out of the state with "pulumi state delete".',
  );
}
