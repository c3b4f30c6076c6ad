/** Waits of one kind that go on side by side, counted for the display. */
export class ProgressGroup {
  #joined = 0;
  #waiting = 0;
  #ready = 0;

  /** Counts one more wait. @returns what counts it as ended, and as ready where it succeeded; to be called once */
  join(): (ready: boolean) => void {
    if (this.#waiting === 0) this.#joined = this.#ready = 0;
    this.#joined += 1;
    this.#waiting += 1;
    return (ready) => {
      this.#waiting -= 1;
      if (ready) this.#ready += 1;
    };
  }

  /** How far they have come, e.g. `7 of 12 ready`; `undefined` for a wait that is alone. */
  get progress(): string | undefined {
    return this.#joined > 1 ? `${this.#ready} of ${this.#joined} ready` : undefined;
  }
}
