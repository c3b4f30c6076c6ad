/** Work of one process that must not be done side by side. */
export class Turns {
  /** The last that is at work under a key, or waits to be. */
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs something once nobody else is at work under the key. */
  async take<T>(key: string, run: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const mine = before.catch(() => undefined).then(run);
    this.#last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(key) === mine) this.#last.delete(key);
    }
  }
}
