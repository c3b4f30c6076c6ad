import { abortable } from "./abortable";
import type { Clock } from "./clock";

/** Who asks within this time is answered together. */
const gatherMs = 50;

/**
 * A question that many ask at the same moment, asked once for all of them. Nobody gets an answer that is older than
 * his question: who comes after it was sent is answered by the next one.
 */
export class Shared<T> {
  readonly #ask: () => Promise<T>;
  readonly #clock: Clock;
  readonly #gatherMs: number;
  #next: Promise<T> | undefined;

  /** @param ask asks the server; without the signal of anybody, since others wait too */
  constructor(clock: Clock, ask: () => Promise<T>, gather = gatherMs) {
    this.#clock = clock;
    this.#ask = ask;
    this.#gatherMs = gather;
  }

  /** The answer. @throws the signal's reason as soon as it aborts; whatever the question ends with */
  answer(signal?: AbortSignal): Promise<T> {
    this.#next ??= this.#begin();
    return abortable(this.#next, signal);
  }

  async #begin(): Promise<T> {
    await this.#clock.sleep(this.#gatherMs);
    this.#next = undefined;
    return this.#ask();
  }
}
