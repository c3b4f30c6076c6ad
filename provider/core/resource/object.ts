import { ApiError, isAmbiguous, isTransient, UserError } from "../errors";
import { type Verdict, waitFor } from "../wait/wait";
import { lookAgain, pauseAfter } from "./absence";
import {
  type ObjectAdapter,
  type ObjectRef,
  type Reader,
  type Subject,
  subject,
  type Waiting,
} from "./adapter";
import { type Goal, isSettled, untilReady, untilSettled } from "./goals";
import type { Context } from "./lifecycle";

export {
  type Failure,
  type ObjectAdapter,
  type ObjectRef,
  type Place,
  placeIn,
  type Reader,
  type Subject,
  subject,
  type Waiting,
} from "./adapter";

/** One write on an object that exists. */
export interface Action<Kind extends string, Row> {
  on: Subject<Kind>;
  send: () => Promise<unknown>;
  /** Whether the object shows that the write was carried out; asked after a lost answer. */
  happened: (now: Row | undefined) => boolean;
  /** Something else that may be busy. */
  beside?: Beside | undefined;
}

/** What a write may be refused for beside the state of its own object. */
interface Beside {
  /** Whether an answer says so. */
  isRefusal: (error: unknown) => boolean;
  /** Waits for it. @returns whether the write may be sent again */
  settled: () => Promise<boolean>;
}

/** Right after a create a server may not find the new object yet. */
const graceMs = 15_000;
/** So often a failure without a reason is polled again: the message comes a moment after the state. */
const pollsForReason = 2;
const attempts = 4;
/** What helps where a creation has failed. */
const again = 'Create it again with "pulumi up --replace <urn>".';
/** What helps where a change or a deletion has failed: the object may be all right, and hold data. */
const lookFirst =
  'Look at it on the server: what it holds may be untouched. The next "pulumi up" tries again; replace it with ' +
  '"pulumi up --replace <urn>" only where it is lost.';
const pauseMs = 1000;

/** Works on the objects of a backend: reads, writes, waits. */
export class RemoteObjects<
  Client,
  Rows extends Record<string, { name?: string | undefined }>,
  Brief,
  Kind extends keyof Rows & string = keyof Rows & string,
> {
  constructor(readonly adapter: ObjectAdapter<Client, Rows, Brief>) {}

  /**
   * An object in full; `undefined` where it is certain that there is none, see {@link lookAgain}.
   *
   * @throws UserError where that cannot be told
   */
  async read<K extends Kind>(ctx: Reader<Client>, of: ObjectRef<K>): Promise<Rows[K] | undefined> {
    return (await this.adapter.read(ctx, of)) ?? this.#again(ctx, of);
  }

  /** Reads an object again that was not found. */
  #again<K extends Kind>(
    ctx: Reader<Client>,
    of: ObjectRef<K>,
    pauseMs?: number,
  ): Promise<Rows[K] | undefined> {
    return lookAgain(this.adapter, ctx, of, () => this.adapter.read(ctx, of), pauseMs);
  }

  /** An object in full that has to be there. @throws UserError where it is not */
  async existing<K extends Kind>(ctx: Reader<Client>, of: ObjectRef<K>): Promise<Rows[K]> {
    const now = await this.read(ctx, of);
    if (now === undefined) throw new UserError(`there is no ${of.kind} ${of.id}; run "pulumi refresh"`);
    return now;
  }

  /** Whether nothing is going on with an object. */
  isSettled(kind: Kind, object: Brief | Rows[Kind]): boolean {
    return isSettled(this.adapter.seen(kind, object));
  }

  /** An object in full once nothing is going on with it; a busy one is waited for, not failed. */
  async settled<K extends Kind>(ctx: Context<Client>, of: ObjectRef<K>): Promise<Rows[K] | undefined> {
    const now = await this.read(ctx, of);
    if (now === undefined || this.isSettled(of.kind, now)) return now;
    await this.waitSettled(ctx, subject(of.kind, of.id, now.name, of.place));
    return this.read(ctx, of);
  }

  /** The same; one whose last change has failed is healed first, where the backend can do that. */
  async mended<K extends Kind>(ctx: Context<Client>, of: ObjectRef<K>): Promise<Rows[K] | undefined> {
    const now = await this.settled(ctx, of);
    if (now === undefined || !this.#hasFailed(of.kind, now) || !this.adapter.heal) return now;
    await this.adapter.heal(ctx, subject(of.kind, of.id, now.name, of.place), now);
    return this.read(ctx, of);
  }

  /** An object in full once it can be used. @throws WaitError where it has failed, with the server's reason */
  async ready<K extends Kind>(ctx: Context<Client>, of: ObjectRef<K>): Promise<Rows[K] | undefined> {
    const now = await this.mended(ctx, of);
    if (now === undefined || !this.#hasFailed(of.kind, now)) return now;
    await this.waitReady(ctx, subject(of.kind, of.id, now.name, of.place), { operation: "update" });
    return this.read(ctx, of);
  }

  #hasFailed(kind: Kind, object: Rows[Kind]): boolean {
    return this.adapter.seen(kind, object).meaning === "failed";
  }

  /**
   * Sends a write that the server may refuse because the object is busy, or whose answer may be lost: the busy
   * object is waited for, and after a lost answer the object tells whether anything is left to do.
   */
  async act<K extends Kind>(
    ctx: Context<Client>,
    { on, send, happened, beside }: Action<K, Rows[K]>,
  ): Promise<void> {
    for (let count = 1; ; count++) {
      try {
        await send();
        return;
      } catch (error) {
        if (this.adapter.isNotFound(error, on.id)) {
          const now = await patiently(ctx, () => this.read(ctx, on));
          if (happened(now)) return;
          if (now === undefined || count >= attempts) throw error;
          await ctx.clock.sleep(pauseMs, ctx.signal);
        } else if (count >= attempts) {
          throw error;
        } else if (isAmbiguous(error)) {
          await ctx.clock.sleep(pauseMs, ctx.signal);
          if (happened(await patiently(ctx, () => this.read(ctx, on)))) return;
        } else if (this.adapter.isBusyRefusal(error) || beside?.isRefusal(error)) {
          const now = await this.read(ctx, on);
          if (now === undefined && happened(now)) return;
          if (now === undefined) throw error;
          // A refusal of an object that rests is meant, unless it is about another one; of a busy one it passes.
          if (!this.isSettled(on.kind, now)) await this.waitSettled(ctx, on);
          else if (!beside?.isRefusal(error) || !(await beside.settled())) throw error;
        } else {
          throw error;
        }
      }
    }
  }

  /** Waits until it can be used. @throws WaitError with the server's reason */
  waitReady(ctx: Context<Client>, on: Subject<Kind>, waiting: Waiting = {}): Promise<void> {
    return this.waitUntil(ctx, on, untilReady(), waiting);
  }

  /** Waits until nothing is going on any more, be the end good or bad. */
  waitSettled(ctx: Context<Client>, on: Subject<Kind>): Promise<void> {
    return this.waitUntil(ctx, on, untilSettled());
  }

  /** Waits until it is gone. @throws WaitError where the deletion fails */
  waitGone(ctx: Context<Client>, on: Subject<Kind>, waiting: Waiting = {}): Promise<void> {
    return this.waitUntil(ctx, on, this.adapter.untilGone(on.kind), { operation: "delete", ...waiting });
  }

  /** Waits on one object with the polls that everybody shares. @throws WaitError with the server's reason */
  async waitUntil(
    ctx: Context<Client>,
    on: Subject<Kind>,
    goal: Goal<Brief>,
    { operation, fresh, since }: Waiting = {},
  ): Promise<void> {
    const watch = this.adapter.watch(ctx.client, on);
    const { news } = watch;
    const judge = this.#judge(ctx, on, goal, { since, fresh });
    const begun = ctx.clock.now();
    const notFoundGraceMs = fresh ? graceMs : 0;
    try {
      await waitFor<{ verdict: Verdict }>({
        what: on.what,
        observer: {
          poll: async (signal) => {
            const seen = await watch.poll(signal);
            if (seen !== undefined) return { verdict: await judge(seen) };
            const elapsed = ctx.clock.now() - begun;
            if (elapsed < notFoundGraceMs || !(await this.#again(ctx, on, pauseAfter(elapsed))))
              return undefined;
            return { verdict: { is: "pending", state: "not found for a moment" } };
          },
          ...(news ? { news: () => news.call(watch) } : {}),
        },
        classify: (seen) => seen?.verdict ?? goal(undefined),
        clock: ctx.clock,
        signal: ctx.signal,
        timeoutMs: ctx.timeoutMs,
        operation: operation ? this.adapter.experience(ctx.client).of(`${operation} ${on.kind}`) : undefined,
        notFoundGraceMs,
        progress: (message) => ctx.progress(message),
      });
    } finally {
      watch.close?.();
    }
  }

  /** The goal, with the server's reason in what it judges a failure. */
  #judge(ctx: Context<Client>, on: Subject<Kind>, goal: Goal<Brief>, { since, fresh }: Waiting) {
    let polls = 0;
    return async (seen: Brief): Promise<Verdict> => {
      const verdict = goal(this.adapter.seen(on.kind, seen), seen);
      if (verdict.is !== "failed") return verdict;
      const final = ++polls >= pollsForReason;
      const reason = await this.adapter.reasonFor(ctx, { on, seen, verdict, since, final });
      if (reason === undefined && !final) return { is: "pending", state: verdict.state };
      const remedy = this.adapter.remedyFor?.({ on, seen }) ?? (fresh ? again : lookFirst);
      return { ...verdict, reason, remedy };
    };
  }
}

/** Reads again and again while the server stays away, up to the operation's time limit. */
export async function patiently<T>(
  ctx: Pick<Context<unknown>, "clock" | "timeoutMs" | "signal">,
  read: () => Promise<T>,
): Promise<T> {
  const deadline = ctx.clock.now() + ctx.timeoutMs;
  for (;;) {
    try {
      return await read();
    } catch (error) {
      if (!isTransient(error) || ctx.clock.now() >= deadline) throw error;
      await ctx.clock.sleep(pauseMs * 5, ctx.signal);
    }
  }
}

/** Whether an answer is one of these refusals. */
export function isRefusal(error: unknown, statuses: readonly number[]): error is ApiError {
  return error instanceof ApiError && statuses.includes(error.status);
}
