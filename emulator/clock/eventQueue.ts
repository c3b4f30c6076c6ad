/** What the server still has to do, by time. Nothing runs by timers: the world asks for what fell due. */
export class Agenda {
  #entries: { at: number; order: number; run: () => void }[] = [];
  #order = 0;

  /** Notes something to do. @param at milliseconds since the epoch */
  add(at: number, run: () => void): void {
    this.#order += 1;
    const entry = { at, order: this.#order, run };
    const index = this.#entries.findIndex((other) => other.at > at);
    if (index < 0) this.#entries.push(entry);
    else this.#entries.splice(index, 0, entry);
  }

  /** When the next entry falls due (milliseconds since the epoch), or undefined when nothing is left. */
  next(): number | undefined {
    return this.#entries[0]?.at;
  }

  /** Takes the first entry that is due at `now`, in order of time, then of noting. */
  take(now: number): { at: number; run: () => void } | undefined {
    const first = this.#entries[0];
    if (first === undefined || first.at > now) return undefined;
    this.#entries.shift();
    return first;
  }
}
