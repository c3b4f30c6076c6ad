import type { Clock } from "../clock";
import { Shared } from "../shared";

/** What the creations of one run ask a server for once, by a key. */
export class Remembered<Answer> {
  readonly #known = new Map<string, Promise<Answer>>();
  readonly #again = new Map<string, Shared<Answer>>();

  constructor(readonly clock: Clock) {}

  /** @param again whether the answer must be as it is now; who wants that at the same moment is answered together */
  get(key: string, again: boolean, ask: () => Promise<Answer>): Promise<Answer> {
    if (!again) return this.#known.get(key) ?? this.#keep(key, ask());
    const shared = this.#again.get(key) ?? new Shared(this.clock, () => this.#keep(key, ask()));
    this.#again.set(key, shared);
    return shared.answer();
  }

  #keep(key: string, asked: Promise<Answer>): Promise<Answer> {
    this.#known.set(key, asked);
    // A failure is not for ever.
    asked.catch(() => this.#known.delete(key));
    return asked;
  }
}

/** How a collection can be read. */
export interface Collection<Row> {
  /** All of it; `undefined` where that takes too many pages. */
  whole(): Promise<readonly Row[] | undefined>;
  /** The rows of one key, such as those of one volume, by the server's own filter. */
  some(key: string): Promise<readonly Row[]>;
}

/**
 * A collection that the creations of one run look through together, read when the first one asks; where it is too
 * large for that, each asks for the rows of its own key.
 */
export class SharedList<Row> {
  readonly #whole: Remembered<readonly Row[] | undefined>;
  readonly #some: Remembered<readonly Row[]>;
  #tooLarge = false;

  constructor(
    readonly collection: Collection<Row>,
    clock: Clock,
  ) {
    this.#whole = new Remembered(clock);
    this.#some = new Remembered(clock);
  }

  /**
   * The rows of one key, and all others where the collection is not too large to be read whole.
   *
   * @param again whether they must be as they are now
   */
  async around(key: string, again: boolean): Promise<readonly Row[]> {
    const { some, whole } = this.collection;
    const rows = this.#tooLarge ? undefined : await this.#whole.get("", again, whole);
    this.#tooLarge ||= rows === undefined;
    return rows ?? this.#some.get(key, again, () => some(key));
  }
}
