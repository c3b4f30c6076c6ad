import { ApiError, isAmbiguous, isTransient, UserError } from "../errors";
import type { Experience } from "../wait/experience";
import { type Observer, type Verdict, waitFor } from "../wait/wait";
import { type Goal, isSettled, type Seen, untilReady, untilSettled } from "./goals";
import type { Context } from "./lifecycle";

/** One object on the server. */
export interface ObjectRef<Kind extends string = string> {
  kind: Kind;
  id: string;
}

/** One object that is worked on, as messages name it. */
export interface Subject<Kind extends string = string> extends ObjectRef<Kind> {
  /** In the user's words, e.g. `snapshot "nightly" (9f3c...)`. */
  what: string;
}

/** Names an object for messages. */
export function subject<Kind extends string>(kind: Kind, id: string, name?: string): Subject<Kind> {
  return { kind, id, what: name ? `${kind} "${name}" (${id})` : `${kind} ${id}` };
}

/** What a backend says of its objects. `Rows`: the type of an object in full by its kind. */
export interface ObjectAdapter<Client, Rows extends Record<string, { name?: string | undefined }>, Brief> {
  /** An object in full; `undefined` where the server says for certain that there is none. */
  read<K extends keyof Rows & string>(ctx: Reader<Client>, of: ObjectRef<K>): Promise<Rows[K] | undefined>;
  /** Observes an object until `close` is called. */
  watch(client: Client, of: ObjectRef): Observer<Brief> & { close?(): void };
  /** What an object is doing, in full or as it is observed. */
  seen(kind: keyof Rows & string, object: Brief | Rows[keyof Rows]): Seen;
  /** Whether an answer to a write on an object says that it does not exist. */
  isNotFound(error: unknown, id: string): boolean;
  /** Whether an answer to a write says that the object is in no state for it. */
  isBusyRefusal(error: unknown): boolean;
  /** How long operations take on this server. */
  experience(client: Client): Experience;
  /** When a deletion that is waited for has succeeded or failed; one goal serves one wait. */
  untilGone(kind: keyof Rows & string): Goal<Brief>;
  /**
   * The server's reason for a failure; `undefined` where it has not said one yet.
   *
   * @param final no further poll follows
   */
  reasonFor(ctx: Reader<Client>, failure: Failure<Brief>): Promise<string | undefined>;
}

/** What is needed to read. */
export type Reader<Client> = Pick<Context<Client>, "client" | "signal">;

/** A failure that a wait has come to. */
export interface Failure<Brief> {
  on: ObjectRef;
  seen: Brief;
  verdict: Verdict;
  /** When what is waited for began, in ms of our clock: older words of the server are about something else. */
  since: number | undefined;
  /** This is the last time that is asked. */
  final: boolean;
}

/** How a wait is told apart from others. */
export interface Waiting {
  /** The name under which the duration is learned, e.g. `create`; the kind is added. */
  operation?: string;
  /** It was created just now: a server may not find it yet. */
  fresh?: boolean;
  /** When what is waited for began, in ms of our clock. */
  since?: number;
}

/** One write on an object that exists. */
export interface Action<Kind extends string, Row> {
  on: Subject<Kind>;
  send: () => Promise<unknown>;
  /** Whether the object shows that the write was carried out; asked after a lost answer. */
  happened: (now: Row | undefined) => boolean;
}

/** Right after a create a server may not find the new object yet. */
const graceMs = 15_000;
/** So often a failure without a reason is polled again: the message comes a moment after the state. */
const pollsForReason = 2;
const attempts = 4;
const pauseMs = 1000;

/** Works on the objects of a backend: reads, writes, waits. */
export class RemoteObjects<
  Client,
  Rows extends Record<string, { name?: string | undefined }>,
  Brief,
  Kind extends keyof Rows & string = keyof Rows & string,
> {
  constructor(readonly adapter: ObjectAdapter<Client, Rows, Brief>) {}

  /** An object in full; `undefined` where there is none. */
  read<K extends Kind>(ctx: Reader<Client>, of: ObjectRef<K>): Promise<Rows[K] | undefined> {
    return this.adapter.read(ctx, of);
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
    await this.waitSettled(ctx, subject(of.kind, of.id, now.name));
    return this.read(ctx, of);
  }

  /** An object in full once it can be used. @throws WaitError where it has failed, with the server's reason */
  async ready<K extends Kind>(ctx: Context<Client>, of: ObjectRef<K>): Promise<Rows[K] | undefined> {
    const now = await this.settled(ctx, of);
    if (now === undefined || this.adapter.seen(of.kind, now).meaning !== "failed") return now;
    await this.waitReady(ctx, subject(of.kind, of.id, now.name), { operation: "update" });
    return this.read(ctx, of);
  }

  /**
   * Sends a write that the server may refuse because the object is busy, or whose answer may be lost: the busy
   * object is waited for, and after a lost answer the object tells whether anything is left to do.
   */
  async act<K extends Kind>(ctx: Context<Client>, { on, send, happened }: Action<K, Rows[K]>): Promise<void> {
    for (let count = 1; ; count++) {
      try {
        await send();
        return;
      } catch (error) {
        if (this.adapter.isNotFound(error, on.id) && happened(undefined)) return;
        if (count >= attempts) throw error;
        if (isAmbiguous(error)) {
          await ctx.clock.sleep(pauseMs, ctx.signal);
          if (happened(await patiently(ctx, () => this.read(ctx, on)))) return;
        } else if (this.adapter.isBusyRefusal(error)) {
          const now = await this.read(ctx, on);
          if (now === undefined && happened(now)) return;
          // A refusal of an object that rests is meant; of a busy one it passes.
          if (now === undefined || this.isSettled(on.kind, now)) throw error;
          await this.waitSettled(ctx, on);
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
    const judge = this.#judge(ctx, on, goal, since);
    try {
      await waitFor<{ verdict: Verdict }>({
        what: on.what,
        observer: {
          poll: async (signal) => {
            const seen = await watch.poll(signal);
            return seen && { verdict: await judge(seen) };
          },
          ...(news ? { news: () => news.call(watch) } : {}),
        },
        classify: (seen) => seen?.verdict ?? goal(undefined),
        clock: ctx.clock,
        signal: ctx.signal,
        timeoutMs: ctx.timeoutMs,
        operation: operation ? this.adapter.experience(ctx.client).of(`${operation} ${on.kind}`) : undefined,
        notFoundGraceMs: fresh ? graceMs : 0,
        progress: (message) => ctx.progress(message),
      });
    } finally {
      watch.close?.();
    }
  }

  /** The goal, with the server's reason in what it judges a failure. */
  #judge(ctx: Context<Client>, on: Subject<Kind>, goal: Goal<Brief>, since: number | undefined) {
    let polls = 0;
    return async (seen: Brief): Promise<Verdict> => {
      const verdict = goal(this.adapter.seen(on.kind, seen), seen);
      if (verdict.is !== "failed") return verdict;
      const final = ++polls >= pollsForReason;
      const reason = await this.adapter.reasonFor(ctx, { on, seen, verdict, since, final });
      return reason === undefined && !final
        ? { is: "pending", state: verdict.state }
        : { ...verdict, reason };
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
