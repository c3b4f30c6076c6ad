import type { Clock } from "../clock";
import { ApiError, isAmbiguous, messageOf, UnusableAnswer, UserError } from "../errors";
import { uuidIn } from "../values";
import type { Creation } from "./creation";
import { findAbandoned, type Leftover } from "./leftover";
import type { Context } from "./lifecycle";
import type { Note } from "./notes";
import { patiently } from "./object";

/** What can be the fruit of a request whose answer was lost. */
export interface Sighting<T> {
  /** It bears the creation's nonce, or something else that nobody else gives. */
  ours: T[];
  /** It may be, and may be somebody else's: for a person to decide. */
  maybe: T[];
}

/** How to make a thing exactly once over a wire that loses answers, by runs that are killed. */
export interface OnceOptions<T> {
  /** The thing in the user's words. */
  what: string;
  creation: Creation;
  /** Sends the POST. @returns the body of the answer */
  send: () => Promise<unknown>;
  /** Reads the answer. @throws anything for one that cannot be used */
  read: (body: unknown) => T;
  /** The uuid of what was made. */
  idOf: (made: T) => string;
  /** Asks the server what this creation has made. */
  find: () => Promise<Sighting<T>>;
  /**
   * What earlier runs have left of this resource.
   *
   * @param again whether it was asked before, so that the answer must not be a remembered one
   * @param noted ids that such runs have noted, by which something is known whose mark the server has lost
   */
  left?: (again: boolean, noted: ReadonlySet<string>) => Promise<readonly Leftover<T>[]>;
  /** How a candidate is named in errors and warnings. */
  describe: (candidate: T) => string;
  /** Ids of what this process has created; kept here, so that nobody takes over what is somebody else's. */
  claimed: Set<string>;
}

/** What was created. */
export interface Created<T> {
  object: T;
  /** An earlier run had begun it, so it need not be as declared now. */
  takenUp: boolean;
  /**
   * To be called when the object is ready: where the request had to be repeated, looks once more for what the first
   * one made late, and removes it.
   *
   * @param remove removes one, unless its retention forbids that
   */
  tidy(remove: (extra: T) => Promise<void>): Promise<void>;
}

/** The POST is sent at most so often. */
const attempts = 3;
/** Pauses before each look-up after a lost answer; after a gateway's time-out the server works on for longer. */
const settle = [1000, 2000, 4000];
const settleAfterTimeout = [2000, 8000, 20_000];
const settleAfterConflict = [1000];
/** A look-up that is not answered is repeated after at most so long. */
const longestPauseMs = 30_000;
/** So long after its answer was lost a server may still carry a request out. */
export const lateMs = 65_000;
/** How often it is looked for what a killed run may have begun moments ago. */
const lateLookMs = 5000;

/**
 * Creates a thing. First it looks for what a killed run has left. After an answer that does not tell what became of
 * the request it asks the server before it repeats anything, for as long as the server does not say.
 *
 * @throws UserError where only a person can tell which of several things is meant
 */
export async function createOnce<T>(
  ctx: Pick<Context<unknown>, "clock" | "timeoutMs" | "signal" | "warn">,
  options: OnceOptions<T>,
): Promise<Created<T>> {
  const once = new Once(ctx, options);
  return (await once.takeUp()) ?? once.make();
}

class Once<T> {
  readonly #clock: Clock;
  readonly #deadline: number;
  /** When the last answer was lost; absent: none was. */
  #lostAt: number | undefined;
  #sent = 0;

  constructor(
    readonly ctx: Pick<Context<unknown>, "clock" | "timeoutMs" | "signal" | "warn">,
    readonly options: OnceOptions<T>,
  ) {
    this.#clock = ctx.clock;
    this.#deadline = ctx.clock.now() + ctx.timeoutMs;
  }

  /** What a killed run has left, or has begun so lately that the server may still be at it. */
  async takeUp(): Promise<Created<T> | undefined> {
    const { left, creation, claimed } = this.options;
    if (left === undefined) return undefined;
    const { notes, mark } = creation;
    const begun = (await notes.of(mark.resource)).filter(
      ({ stack, ended }) => stack === mark.stack && ended === undefined,
    );
    const noted = new Set(begun.flatMap(({ id }) => id ?? []));
    const ends = begun.filter(({ id }) => id === undefined).map(({ at }) => at + lateMs);
    const until = Math.min(this.#deadline, Math.max(0, ...ends));
    for (let again = false; ; again = true) {
      const rows = await patiently(this.ctx, () => left(again, noted));
      const found = await findAbandoned(this.ctx, creation, claimed, rows);
      if (found) return this.#takenUp(found);
      if (this.#clock.now() >= until) return undefined;
      await this.#clock.sleep(lateLookMs, this.ctx.signal);
    }
  }

  async make(): Promise<Created<T>> {
    const { creation } = this.options;
    const { resource, stack, nonce } = creation.mark;
    const note: Note = { resource, stack, nonce, at: this.#clock.now() };
    for (;;) {
      await creation.notes.put(note);
      const made = await this.#attempt();
      if (made.is === "made") return this.#made(made.object, note);
      if (made.is === "refused" && this.#lostAt === undefined) {
        await creation.notes.drop(note);
        throw made.error;
      }
      // A refusal that follows a lost answer can be due to what the lost request has made, such as a quota.
      const found = await this.#lookUp(made.error);
      if (found !== undefined) return this.#made(found, note);
      if (made.is === "refused" || this.#sent >= attempts) throw made.error;
    }
  }

  async #attempt(): Promise<{ is: "made"; object: T } | { is: "refused" | "unknown"; error: unknown }> {
    const { send, read, idOf } = this.options;
    this.#sent += 1;
    try {
      const body = await send();
      try {
        const object = read(body);
        if (uuidIn(idOf(object)) !== undefined) return { is: "made", object };
      } catch {
        // It is said below.
      }
      throw new UnusableAnswer(
        `the answer to the request holds no id: ${JSON.stringify(body)?.slice(0, 200)}`,
      );
    } catch (error) {
      // Who says 409 may say it of what the same request, sent twice on its way, has made already.
      const conflict = error instanceof ApiError && error.status === 409;
      if (isAmbiguous(error) || conflict) this.#lostAt = this.#clock.now();
      return { is: isAmbiguous(error) ? "unknown" : "refused", error };
    }
  }

  /** Looks until the server has said three times that there is nothing. @throws UserError */
  async #lookUp(lost: unknown): Promise<T | undefined> {
    const { find, describe, what } = this.options;
    const pauses = pausesAfter(lost);
    let sighting: Sighting<T> = { ours: [], maybe: [] };
    for (let answered = 0, failed = 0; answered < pauses.length; ) {
      try {
        const pause = failed > 0 ? Math.min(longestPauseMs, 1000 * 2 ** failed) : (pauses[answered] ?? 0);
        await this.#clock.sleep(pause, this.ctx.signal);
        sighting = this.#unclaimed(await find());
        if (sighting.ours[0] !== undefined) return sighting.ours[0];
        [answered, failed] = [answered + 1, 0];
      } catch (error) {
        // Whatever keeps the server from telling, be it a 401 or somebody's page: only an answer is one.
        failed += 1;
        if (!this.ctx.signal?.aborted && this.#clock.now() < this.#deadline) continue;
        throw new UserError(
          `${what}: the answer was lost (${messageOf(lost)}), and the provider could not tell whether it was created ` +
            `(${messageOf(error)}). The next "pulumi up" looks for it again.`,
        );
      }
    }
    if (sighting.maybe.length === 0) return undefined;
    throw new UserError(
      `${what}: the answer was lost (${messageOf(lost)}), and this may be what it has created, or somebody else's: ` +
        `${sighting.maybe.map(describe).join(", ")}. Delete the wrong one, or import the right one.`,
    );
  }

  #unclaimed({ ours, maybe }: Sighting<T>): Sighting<T> {
    const { claimed, idOf, creation } = this.options;
    const free = (each: T) => !claimed.has(idOf(each)) && !creation.holds(idOf(each));
    return { ours: ours.filter(free), maybe: maybe.filter(free) };
  }

  async #takenUp({ object, id, nonce }: Leftover<T>): Promise<Created<T>> {
    const { notes, mark, open } = this.options.creation;
    const { resource, stack, nonce: own } = mark;
    const known = { resource, stack, nonce: nonce ?? own, at: this.#clock.now(), id };
    // What is noted of the same object under another nonce is over with it.
    open.push(...(await notes.of(resource)).filter((note) => note.id === id && note.nonce !== known.nonce));
    return this.#made(object, known, true);
  }

  async #made(object: T, note: Note, takenUp = false): Promise<Created<T>> {
    const { creation, claimed, idOf } = this.options;
    claimed.add(idOf(object));
    const known = { ...note, id: note.id ?? idOf(object) };
    creation.open.push(known);
    await creation.notes.put(known);
    return { object, takenUp, tidy: (remove) => this.#tidy(object, remove) };
  }

  async #tidy(object: T, remove: (extra: T) => Promise<void>): Promise<void> {
    const { what, describe, find, idOf } = this.options;
    if (this.#lostAt === undefined || this.#sent < 2) return;
    const left = Math.min(this.#lostAt + lateMs, this.#deadline) - this.#clock.now();
    if (left > 0) await this.#clock.sleep(left, this.ctx.signal);
    const both = (extra: T) =>
      `${what} was created twice: ${describe(object)} is kept, ${describe(extra)} is not in the state`;
    try {
      const { ours, maybe } = this.#unclaimed(await patiently(this.ctx, find));
      for (const extra of ours) {
        const keep = (error: unknown) =>
          this.ctx.warn(`${both(extra)} and could not be removed: ${messageOf(error)}`);
        if (idOf(extra) !== idOf(object)) await remove(extra).catch(keep);
      }
      for (const extra of maybe) this.ctx.warn(`${what} may have been created twice: ${describe(extra)}`);
    } catch (error) {
      if (this.ctx.signal?.aborted) throw error;
      this.ctx.warn(`${what} may have been created twice, which could not be looked up: ${messageOf(error)}`);
    }
  }
}

function pausesAfter(lost: unknown): readonly number[] {
  const status = lost instanceof ApiError ? lost.status : undefined;
  if (status === 409) return settleAfterConflict;
  return status === 504 || /timeout/i.test(messageOf(lost)) ? settleAfterTimeout : settle;
}
