import { z } from "zod";
import { UserError } from "../errors";
import { type Rules, replacesBy } from "./diff";
import type { CheckFailure, Properties } from "./lifecycle";

/** The size of a volume: an argument `size` that can grow in place and never shrink. */
export class VolumeSize {
  /**
   * @param unit what it is counted in
   * @param whole what counts of a size, where a server keeps less than it shows
   */
  constructor(
    readonly unit: "MiB" | "GiB",
    readonly whole: (size: number) => number = (size) => size,
  ) {}

  /** The argument. */
  get schema() {
    return z
      .int({ message: `expected a whole number of ${this.unit}` })
      .positive({ message: `expected a size above 0 ${this.unit}` });
  }

  /**
   * What is wrong with a declared size against that of before; nothing where a new volume takes the old one's place.
   *
   * @param rules of the whole resource
   * @param olds the arguments of before
   */
  check(rules: Rules, olds: Properties | undefined, news: Properties): CheckFailure[] {
    if (olds === undefined || replacesBy(rules, olds, news)) return [];
    const reason = this.#shrinks(olds.size, news.size);
    return reason ? [{ property: "size", reason }] : [];
  }

  /** @param now the size that the volume has @throws UserError where what is declared is less */
  refuseShrinking(now: unknown, declared: unknown): void {
    const reason = this.#shrinks(now, declared);
    if (reason) throw new UserError(reason, "size");
  }

  #shrinks(now: unknown, declared: unknown): string | undefined {
    if (typeof now !== "number" || typeof declared !== "number" || this.whole(declared) >= this.whole(now))
      return undefined;
    return (
      `${declared} ${this.unit} is less than the ${now} ${this.unit} that the volume has, and a volume cannot shrink: ` +
      `that would cut off data. Declare ${now} ${this.unit} or more, or make a new, smaller volume and copy what is needed`
    );
  }
}
