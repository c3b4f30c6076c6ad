import type { Clock } from "./clock";
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
/** So many objects are cheaper to ask for one by one. */
const few = 2;

interface Watch<T> {
  id: string;
  /** What a tick brought and the wait has not taken yet. */
  fresh?: { value: T | undefined } | undefined;
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
    const watch: Watch<T> = { id, waiting: [] };
    this.#watches.add(watch);
    return {
      look: (signal) => this.#look(watch, signal),
      news: () => (watch.fresh ? Promise.resolve() : new Promise((resolve) => (watch.wake = resolve))),
      close: () => this.#watches.delete(watch),
    };
  }

  #look(watch: Watch<T>, signal: AbortSignal | undefined): Promise<T | undefined> {
    if (watch.fresh) {
      const { value } = watch.fresh;
      watch.fresh = undefined;
      return Promise.resolve(value);
    }
    return new Promise((resolve, reject) => {
      signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
      watch.waiting.push({ resolve, reject });
      this.#ticking ??= this.#tick();
    });
  }

  async #tick(): Promise<void> {
    const pause = Math.max(gatherMs, this.#lastTick + tickMs - this.#clock.now());
    await this.#clock.sleep(pause);
    this.#lastTick = this.#clock.now();
    // Whoever asks or begins to watch from here on is served by the next tick.
    this.#ticking = undefined;
    const watches = [...this.#watches];
    const asking = watches.filter((watch) => watch.waiting.length > 0);
    const asked = asking.map((watch) => ({ watch, waiting: watch.waiting.splice(0) }));
    try {
      const seen = await this.#observe(new Set(asking.map((watch) => watch.id)));
      for (const { watch, waiting } of asked) for (const { resolve } of waiting) resolve(seen.get(watch.id));
      for (const watch of watches)
        if (!asking.includes(watch) && seen.has(watch.id)) publish(watch, seen.get(watch.id));
    } catch (error) {
      for (const { waiting } of asked) for (const { reject } of waiting) reject(error);
    }
  }

  /** @returns at least the asked ids; `undefined` is "gone" */
  async #observe(asked: ReadonlySet<string>): Promise<Map<string, T | undefined>> {
    const seen = new Map<string, T | undefined>();
    const missing = new Set(asked);
    // Page by page only while that costs less than asking for the rest one by one.
    for (let page = 1, last = false; !last && missing.size > Math.max(few, page - 1); page++) {
      const { items, last: end } = await this.#collection.list(page);
      last = end;
      for (const item of items) {
        const id = this.#collection.idOf(item);
        seen.set(id, item);
        missing.delete(id);
      }
    }
    await Promise.all([...missing].map(async (id) => seen.set(id, await this.#collection.get(id))));
    return seen;
  }
}

function publish<T>(watch: Watch<T>, value: T | undefined): void {
  watch.fresh = { value };
  watch.wake?.();
  watch.wake = undefined;
}
