import { ApiError, isAmbiguous, UnusableAnswer, UserError } from "../../errors";
import { uuidIn } from "../../values";
import { findAbandoned, type Leftover } from "../leftover";
import type { Note } from "../notes";
import { patiently } from "../object";
import { lookUp } from "./lookUp";
import { type Created, lateMs, type OnceContext, type OnceOptions } from "./options";
import { tidy } from "./tidy";

export { type Created, type OnceOptions, type Sighting, shownAs } from "./options";

/** The POST is sent at most so often. */
const attempts = 3;
/** How often it is looked for what a killed run may have begun moments ago. */
const lateLookMs = 5000;

/**
 * Creates a thing. First it looks for what a killed run has left. After an answer that does not tell what became of
 * the request it asks the server before it repeats anything, for as long as the server does not say.
 *
 * @throws UserError where only a person can tell which of several things is meant
 */
export async function createOnce<T>(ctx: OnceContext, options: OnceOptions<T>): Promise<Created<T>> {
  const once = new Once(ctx, options);
  return (await once.takeUp()) ?? once.make();
}

class Once<T> {
  readonly #deadline: number;
  /** When the last answer was lost; absent: none was. */
  #lostAt: number | undefined;
  /** Whether every answer by now has said for itself that nothing was made. */
  #certain = true;
  #sent = 0;
  /** Until when the server may carry out what killed runs have lost the answer to, in ms since the epoch. */
  #othersLateUntil: number | undefined;
  /** What earlier creations have made, and is to go once there is what is declared. */
  #extras: readonly T[] = [];

  constructor(
    readonly ctx: OnceContext,
    readonly options: OnceOptions<T>,
  ) {
    this.#deadline = ctx.clock.now() + ctx.timeoutMs;
  }

  /** What a killed run has left, or has begun so lately that the server may still be at it. */
  async takeUp(): Promise<Created<T> | undefined> {
    const { left, creation } = this.options;
    if (left === undefined) return undefined;
    const { clock, signal } = this.ctx;
    const { notes, mark } = creation;
    const begun = (await notes.of(mark.resource)).filter(
      ({ stack, ended }) => stack === mark.stack && ended === undefined,
    );
    const noted = new Set(begun.flatMap(({ id }) => id ?? []));
    const nameless = begun.filter(({ id }) => id === undefined);
    const open = nameless.filter(({ over }) => over === undefined);
    const times = nameless.map(({ at, serverAt = at }) => serverAt);
    let until: number | undefined;
    for (let again = false; ; again = true) {
      const rows = await patiently(this.ctx, () => left(again, noted, times));
      const found = await findAbandoned(this.ctx, this.options, rows);
      this.#extras = found.extras.map(({ object }) => object);
      // By now the server has told its time.
      until ??= clock.now() + Math.max(0, ...open.map((note) => this.#leftFor(note)));
      const late = Math.max(0, ...begun.map(({ lost }) => (lost ? this.#leftFor(lost) : 0)));
      if (late > 0) this.#othersLateUntil ??= clock.now() + late;
      if (found.taken) return this.#takenUp(found.taken);
      if (clock.now() >= until) break;
      if (clock.now() >= this.#deadline) throw this.#tooSoon(until - clock.now());
      await clock.sleep(lateLookMs, signal);
    }
    for (const note of open) await notes.put({ ...note, over: true });
    return undefined;
  }

  /** So much longer the server may be at what a killed run has begun: by the clock that says the longest. */
  #leftFor({ at, serverAt }: Pick<Note, "at" | "serverAt">): number {
    const ages = [this.ctx.clock.now() - at, this.options.now() - (serverAt ?? at)];
    return lateMs - Math.min(lateMs, ...ages.map((age) => Math.max(0, age)));
  }

  /** @param leftMs so much longer the server may be at what an earlier run has begun, in milliseconds */
  #tooSoon(leftMs: number): UserError {
    return new UserError(
      `${this.options.what}: an interrupted run asked for it a moment ago, and the server may still be making that one; ` +
        `the time limit ends before that is known. Run "pulumi up" again in ${Math.ceil(leftMs / 1000)} s, or allow ` +
        "more time with customTimeouts.",
    );
  }

  #times(): { at: number; serverAt: number } {
    return { at: this.ctx.clock.now(), serverAt: this.options.now() };
  }

  async make(): Promise<Created<T>> {
    const { creation } = this.options;
    const { resource, stack, nonce } = creation.mark;
    let note: Note = { resource, stack, nonce, ...this.#times() };
    await creation.notes.put(note);
    for (;;) {
      const made = await this.#attempt();
      if (made.is === "unknown") {
        note = { ...note, lost: this.#times() };
        await creation.notes.put(note);
      }
      if (made.is === "made") return this.#made(made.object, note);
      if (made.is === "refused" && this.#lostAt === undefined) return this.#refuse(made.error, note);
      // A refusal that follows a lost answer can be due to what the lost request has made, such as a quota.
      const last = made.is === "refused" || this.#sent >= attempts || !this.#mayRepeat();
      const lost = { error: made.error, last, deadline: this.#deadline };
      const found = await lookUp(this.ctx, this.options, lost);
      if (found !== undefined) return this.#made(found, note);
      if (last) return this.#refuse(made.error, note);
    }
  }

  /** Whether there is time to see a repeated request through, were it and the first one carried out late. */
  #mayRepeat(): boolean {
    return this.#deadline - this.ctx.clock.now() > 2 * lateMs;
  }

  /** @throws the error; nothing is noted of what was certainly not made */
  async #refuse(error: unknown, note: Note): Promise<never> {
    if (this.#certain) await this.options.creation.notes.drop(note);
    throw error;
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
      const words = JSON.stringify(body)?.slice(0, 200) ?? "nothing";
      throw new UnusableAnswer(`the answer to the request holds no id: ${words}`);
    } catch (error) {
      const conflict = error instanceof ApiError && error.status === 409;
      if (isAmbiguous(error) || conflict) this.#lostAt = this.ctx.clock.now();
      this.#certain &&= !isAmbiguous(error);
      return { is: isAmbiguous(error) ? "unknown" : "refused", error };
    }
  }

  async #takenUp({ object, nonce }: Leftover<T>): Promise<Created<T>> {
    const { notes, mark, open } = this.options.creation;
    const { resource, stack, nonce: own } = mark;
    const id = this.options.idOf(object);
    const all = await notes.of(resource);
    const known = { resource, stack, nonce: nonce ?? own, ...this.#times(), id };
    const same = all.filter((note) => note.id === id || note.nonce === known.nonce);
    // What is noted of the same object under another nonce is over with it.
    open.push(...same.filter((note) => note.nonce !== known.nonce));
    // A run after this one has to know it too, if this one is killed.
    const lost = same.find((note) => note.lost !== undefined)?.lost;
    return this.#made(object, { ...known, lost }, true);
  }

  async #made(object: T, note: Note, takenUp = false): Promise<Created<T>> {
    const { ctx, options } = this;
    const { creation, claimed, idOf } = options;
    claimed.add(idOf(object));
    const known = { ...note, id: note.id ?? idOf(object) };
    creation.open.push(known);
    await creation.notes.put(known);
    const own = this.#lostAt === undefined || this.#sent < 2 ? undefined : this.#lostAt + lateMs;
    const ends = [own, this.#othersLateUntil].filter((end) => end !== undefined);
    const lateUntil = ends.length === 0 ? undefined : Math.max(...ends);
    const others = this.#othersLateUntil !== undefined;
    const beside = { kept: object, extras: this.#extras, lateUntil, others, deadline: this.#deadline };
    return {
      object,
      takenUp,
      async finish(run, remove) {
        let whole = false;
        try {
          const result = await run();
          whole = true;
          return result;
        } finally {
          // What went wrong before is the error, not what comes of the looking.
          await tidy(ctx, options, beside, remove).catch((error: unknown) => {
            if (whole) throw error;
          });
        }
      },
    };
  }
}
