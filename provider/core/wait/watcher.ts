import { abortable } from "../abortable";
import type { Clock } from "../clock";
import type { Observer } from "./wait";

/** A page of a collection. */
export interface Page<T> {
  items: readonly T[];
  /** Whether this is the last page. */
  last: boolean;
}

/** A collection of one kind on one host. */
export interface Collection<T> {
  /** Page `number` (from 1), with the few fields that waits need. */
  list(number: number): Promise<Page<T>>;
  /** One object; `undefined` for an authorised 404. */
  get(id: string): Promise<T | undefined>;
  idOf(item: T): string;
}

/** Waits that ask within this time share one request. */
const gatherMs = 50;
/** Ticks are at least so far apart. */
const tickMs = 500;
/** Up to so many objects are asked for one by one. */
const few = 2;

/** What asking for one object came to. */
type Answer<T> = { value: T | undefined } | { error: unknown };

interface Watch<T> {
  id: string;
  /** The last tick that this wait knows the answer of. */
  heard: number;
  /** What a tick brought and the wait has not taken yet. */
  fresh?: { value: T | undefined; tick: number } | undefined;
  wake?: (() => void) | undefined;
  waiting: { resolve: (value: T | undefined) => void; reject: (error: unknown) => void }[];
}

/**
 * Shares observation between all waits on one collection: when several are pending, the list is asked once a
 * tick, and everybody who waits learns from it. An object that the list does not show is asked for by itself,
 * since only a 404 of its own says that it is gone.
 */
export class Watcher<T> {
  readonly #collection: Collection<T>;
  readonly #clock: Clock;
  readonly #watches = new Set<Watch<T>>();
  #lastTick = Number.NEGATIVE_INFINITY;
  #ticks = 0;
  #ticking: Promise<void> | undefined;

  constructor(collection: Collection<T>, clock: Clock) {
    this.#collection = collection;
    this.#clock = clock;
  }

  /**
   * Observes one object until `close` is called. Only requests that begin after this call count, so nobody is
   * told what was true before.
   */
  watch(id: string): Observer<T> & { close(): void } {
    const watch: Watch<T> = { id, heard: 0, waiting: [] };
    this.#watches.add(watch);
    return {
      poll: (signal) => this.#poll(watch, signal),
      news: () => (watch.fresh ? Promise.resolve() : new Promise((resolve) => (watch.wake = resolve))),
      close: () => this.#watches.delete(watch),
    };
  }

  async #poll(watch: Watch<T>, signal: AbortSignal | undefined): Promise<T | undefined> {
    signal?.throwIfAborted();
    if (watch.fresh) {
      const { value } = watch.fresh;
      watch.fresh = undefined;
      return value;
    }
    const answer = new Promise<T | undefined>((resolve, reject) => watch.waiting.push({ resolve, reject }));
    this.#ticking ??= this.#tick();
    return abortable(answer, signal);
  }

  async #tick(): Promise<void> {
    const pause = Math.max(gatherMs, this.#lastTick + tickMs - this.#clock.now());
    await this.#clock.sleep(pause);
    this.#lastTick = this.#clock.now();
    // Whoever asks or begins to watch from here on is served by the next tick.
    this.#ticking = undefined;
    const tick = ++this.#ticks;
    const watches = [...this.#watches];
    const asking = watches.filter((watch) => watch.waiting.length > 0);
    const asked = asking.map((watch) => ({ watch, waiting: watch.waiting.splice(0) }));
    let seen: Map<string, Answer<T>>;
    try {
      seen = await this.#observe(new Set(asking.map((watch) => watch.id)));
    } catch (error) {
      for (const { waiting } of asked) for (const { reject } of waiting) reject(error);
      return;
    }
    for (const { watch, waiting } of asked) {
      const answer = seen.get(watch.id) as Answer<T>;
      if (watch.fresh && watch.fresh.tick < tick) watch.fresh = undefined;
      watch.heard = Math.max(watch.heard, tick);
      for (const { resolve, reject } of waiting)
        "error" in answer ? reject(answer.error) : resolve(answer.value);
    }
    for (const watch of watches) {
      const answer = seen.get(watch.id);
      if (!asking.includes(watch) && answer && "value" in answer) publish(watch, answer.value, tick);
    }
  }

  /** @returns at least the asked ids; an `undefined` value is "gone" @throws where the list cannot be read */
  async #observe(asked: ReadonlySet<string>): Promise<Map<string, Answer<T>>> {
    const seen = new Map<string, Answer<T>>();
    const missing = new Set(asked);
    // The first page serves all who wait, also those who do not ask now. A further one that shows nobody costs a
    // request more than asking one by one; a tenth is put up with, no more.
    let blank = 0;
    const worth = (page: number) =>
      page === 1 ? this.#watches.size > few : missing.size > few && blank <= missing.size / 10;
    for (let page = 1, last = false; !last && worth(page); page++) {
      const before = missing.size;
      const { items, last: end } = await this.#collection.list(page);
      last = end;
      for (const item of items) {
        const id = this.#collection.idOf(item);
        seen.set(id, { value: item });
        missing.delete(id);
      }
      if (missing.size === before) blank += 1;
    }
    await Promise.all([...missing].map(async (id) => seen.set(id, await this.#ask(id))));
    return seen;
  }

  /** Asks for one object. Trouble with it is no news of the others. */
  async #ask(id: string): Promise<Answer<T>> {
    try {
      return { value: await this.#collection.get(id) };
    } catch (error) {
      return { error };
    }
  }
}

/** Tells a wait what somebody else's request brought, unless it knows something newer. */
function publish<T>(watch: Watch<T>, value: T | undefined, tick: number): void {
  if (tick < watch.heard) return;
  watch.heard = tick;
  watch.fresh = { value, tick };
  watch.wake?.();
  watch.wake = undefined;
}
