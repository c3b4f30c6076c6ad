import type { Collection, Page } from "../../provider/core/wait/watcher";
import type { VirtualClock } from "./virtualClock";

/** Something on the shelf. */
export interface Item {
  id: string;
  state: string;
  /** Which change of the whole shelf it shows. */
  version: number;
}

/** A collection in memory that counts what it is asked, newest change of each object at hand. */
export class Shelf implements Collection<Item> {
  /** The pages that were listed, in order. */
  readonly lists: number[] = [];
  /** The ids that were asked for one by one, in order. */
  readonly gets: string[] = [];
  /** How many changes there were so far. */
  version = 0;
  readonly #items = new Map<string, Item>();
  readonly #hidden = new Set<string>();
  readonly #denied = new Map<string, Error>();
  #listError: Error | undefined;

  constructor(
    readonly clock: VirtualClock,
    ids: readonly string[],
    readonly pageSize = 300,
    /** How long a list takes; it shows what was there when it was asked for. */
    public latencyMs = 0,
  ) {
    for (const id of ids) this.put(id, "CREATING");
  }

  put(id: string, state: string): void {
    this.version += 1;
    this.#items.set(id, { id, state, version: this.version });
  }

  /** Which change of the shelf made an object what it is; 0 for one that is not there. */
  versionOf(id: string): number {
    return this.#items.get(id)?.version ?? 0;
  }

  remove(id: string): void {
    this.version += 1;
    this.#items.delete(id);
  }

  /** Keeps an object out of the lists. */
  hide(id: string): void {
    this.#hidden.add(id);
  }

  failLists(error: Error | undefined): void {
    this.#listError = error;
  }

  failGet(id: string, error: Error): void {
    this.#denied.set(id, error);
  }

  async list(number: number): Promise<Page<Item>> {
    this.lists.push(number);
    const shown = [...this.#items.values()].filter(({ id }) => !this.#hidden.has(id));
    const items = shown.slice((number - 1) * this.pageSize, number * this.pageSize);
    if (this.latencyMs > 0) await this.clock.sleep(this.latencyMs);
    if (this.#listError) throw this.#listError;
    return { items, last: number * this.pageSize >= shown.length };
  }

  async get(id: string): Promise<Item | undefined> {
    this.gets.push(id);
    const denied = this.#denied.get(id);
    if (denied) throw denied;
    return this.#items.get(id);
  }

  idOf(item: Item): string {
    return item.id;
  }
}
