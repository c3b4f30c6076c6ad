/** What the creations of one run ask a server for once, by a key. */
export class Remembered<Answer> {
  readonly #known = new Map<string, Promise<Answer>>();

  /** @param again whether the answer must be as it is now */
  get(key: string, again: boolean, ask: () => Promise<Answer>): Promise<Answer> {
    const known = again ? undefined : this.#known.get(key);
    if (known) return known;
    const asked = ask();
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
  keyOf(row: Row): string | undefined;
}

/**
 * A collection that the creations of one run look through together, read when the first one asks; where it is too
 * large for that, each asks for the rows of its own key.
 */
export class SharedList<Row> {
  readonly #whole = new Remembered<readonly Row[] | undefined>();
  readonly #some = new Remembered<readonly Row[]>();

  constructor(readonly collection: Collection<Row>) {}

  /**
   * The rows of one key, and all others as far as the collection is read whole.
   *
   * @param again whether those of the key must be as they are now
   */
  async around(key: string, again: boolean): Promise<readonly Row[]> {
    const { keyOf, some, whole } = this.collection;
    const rows = await this.#whole.get("", false, whole);
    if (rows && !again) return rows;
    const own = await this.#some.get(key, again, () => some(key));
    return [...own, ...(rows ?? []).filter((row) => keyOf(row) !== key)];
  }
}
