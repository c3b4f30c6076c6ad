import { seeded } from "../../support/virtualClock";

/** Chance from a seed: the same seed always throws the same. */
export class Dice {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seeded(seed);
  }

  /** A whole number of `low` to `high`, both included. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.#random() * (high - low + 1));
  }

  /** @param share how often it is true, 0 to 1 */
  chance(share: number): boolean {
    return this.#random() < share;
  }

  /** One of several. @throws where there is none */
  pick<T>(all: readonly T[]): T {
    if (all.length === 0) throw new Error("there is nothing to pick from");
    return all[Math.floor(this.#random() * all.length)] as T;
  }

  /** Small numbers more often than large ones: 0 half of the time, 1 a quarter of it. @param most at most */
  few(most: number): number {
    let count = 0;
    while (count < most && this.chance(0.5)) count += 1;
    return count;
  }
}
