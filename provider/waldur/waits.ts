import { UserError } from "../core/errors";
import type { Context } from "../core/resource/lifecycle";
import { type Verdict, waitFor } from "../core/wait/wait";
import type { WaldurClient } from "./client";
import { isSettled, type Observed, untilGone, untilOk, untilSettled } from "./states";
import { fromWire, snapshotFields, volumeFields, type WireSnapshot, type WireVolume } from "./wire";

/** What operations of this backend work with. */
export type WaldurContext = Context<WaldurClient>;

/** One object that is waited for. */
export interface Subject {
  kind: "snapshot" | "volume";
  uuid: string;
  /** In the user's words, e.g. `snapshot "nightly" (9f3c...)`. */
  what: string;
}

/** Names a subject for messages. */
export function subject(kind: Subject["kind"], uuid: string, name?: string): Subject {
  return { kind, uuid, what: name ? `${kind} "${name}" (${uuid})` : `${kind} ${uuid}` };
}

/** Right after a create a server may not find the new object yet. */
const graceMs = 15_000;

type Seen = Observed & { runtimeState?: string | undefined; instance?: string | undefined };

interface Until {
  classify: (seen: Seen | undefined) => Verdict;
  /** The name under which the duration is learned. */
  operation?: string;
  fresh?: boolean;
}

/** Waits on one object with polls that all waits share. @throws WaitError */
export async function waitOn(ctx: WaldurContext, subject: Subject, until: Until): Promise<void> {
  const watcher = subject.kind === "snapshot" ? ctx.client.snapshots : ctx.client.volumes;
  const watch = watcher.watch(subject.uuid);
  try {
    await waitFor<Seen>({
      what: subject.what,
      observer: watch,
      classify: until.classify,
      clock: ctx.clock,
      signal: ctx.signal,
      timeoutMs: ctx.timeoutMs,
      experience: ctx.client.experience,
      operation: until.operation ?? "",
      notFoundGraceMs: until.fresh ? graceMs : 0,
      progress: (message) => ctx.progress(message),
    });
  } finally {
    watch.close();
  }
}

/** Waits until OK. An error message can come a moment after ERRED, so it is asked for once more. */
export async function waitOk(
  ctx: WaldurContext,
  subject: Subject,
  operation: string,
  fresh = false,
): Promise<void> {
  let retold = false;
  await waitOn(ctx, subject, {
    operation: `${operation} ${subject.kind}`,
    fresh,
    classify: (seen) => {
      const verdict = untilOk(seen);
      if (verdict.is !== "failed" || verdict.reason || retold) return verdict;
      retold = true;
      return { is: "pending", state: verdict.state };
    },
  });
}

/** Waits until nothing is going on any more, be the end good or bad. */
export function waitSettled(ctx: WaldurContext, subject: Subject): Promise<void> {
  return waitOn(ctx, subject, { classify: untilSettled });
}

/** Waits until a GET says 404. */
export function waitGone(ctx: WaldurContext, subject: Subject, operation: string): Promise<void> {
  return waitOn(ctx, subject, { classify: untilGone, operation: `${operation} ${subject.kind}` });
}

const kinds = {
  snapshot: { path: "openstack-snapshots", fields: snapshotFields },
  volume: { path: "openstack-volumes", fields: volumeFields },
} as const;

/** The types of the objects by kind. */
export interface Wire {
  snapshot: WireSnapshot;
  volume: WireVolume;
}

type Reader = Pick<WaldurContext, "client" | "signal">;

/** An object in full; `undefined` for 404. */
export async function fetch<K extends Subject["kind"]>(
  ctx: Reader,
  { kind, uuid }: { kind: K; uuid: string },
): Promise<Wire[K] | undefined> {
  const { path, fields } = kinds[kind];
  const body = await ctx.client.get(path, uuid, undefined, ctx.signal);
  return body === undefined ? undefined : (fromWire(fields, body) as Wire[K]);
}

/** An object in full that has to be there. @throws UserError where it is not */
export async function existing<K extends Subject["kind"]>(
  ctx: Reader,
  of: { kind: K; uuid: string },
): Promise<Wire[K]> {
  const now = await fetch(ctx, of);
  if (now === undefined) throw new UserError(`there is no ${of.kind} ${of.uuid}`);
  return now;
}

/** An object in full once nothing is going on with it; a busy one is waited for, not failed. */
export async function settled<K extends Subject["kind"]>(
  ctx: WaldurContext,
  of: { kind: K; uuid: string },
): Promise<Wire[K] | undefined> {
  const now = await fetch(ctx, of);
  if (now === undefined || isSettled(now.state)) return now;
  await waitSettled(ctx, subject(of.kind, of.uuid, now.name));
  return fetch(ctx, of);
}
