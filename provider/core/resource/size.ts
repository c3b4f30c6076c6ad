import { z } from "zod";
import { UserError } from "../errors";
import { applied, appliedKey, type Compared, type Difference, type State } from "./diff";
import type { Change, Properties } from "./lifecycle";

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
   * Whether there is nothing to do about a size. One that is larger than declared stays, unless the declaration has
   * changed since it was applied: somebody has grown the volume, or the back end keeps only certain sizes. A declaration
   * that has changed to what is there is recorded, to tell later whether it changes again.
   */
  readonly same = (
    observed: unknown,
    declared: unknown,
    { unchanged, observed: state }: Compared,
  ): boolean => {
    if (typeof observed !== "number" || typeof declared !== "number") return observed === declared;
    const [now, wanted] = [this.whole(observed), this.whole(declared)];
    const { size: before } = (state as State)[appliedKey] ?? {};
    return now === wanted ? unchanged || before === undefined : unchanged && now > wanted;
  };

  /**
   * Refuses a change that would make a volume smaller.
   *
   * @param changes what differs; where a new volume takes its place, anything may be declared
   * @param now the size that the volume has
   * @throws UserError where what is declared is less
   */
  refuseShrinking(changes: readonly Change[], now: unknown, declared: unknown): void {
    if (
      changes.some(({ kind }) => kind === "replace") ||
      !changes.some(({ property }) => property === "size")
    )
      return;
    const reason = this.#shrinks(now, declared);
    if (reason) throw new UserError(reason, "size");
  }

  /**
   * What is to be written of what differs.
   *
   * @param now the size that the volume has
   * @throws UserError where what is declared is less
   */
  toWrite(changes: readonly Difference[], now: number | undefined): Difference[] {
    const size = changes.find(({ property }) => property === "size")?.wanted;
    this.refuseShrinking(changes, now, size);
    const there = typeof size === "number" && now !== undefined && this.whole(size) === this.whole(now);
    return changes.filter(({ property }) => property !== "size" || !there);
  }

  /** The state of a volume that was just made with these arguments, as far as its size goes. */
  asked(inputs: Properties): State {
    return { [appliedKey]: applied({ size: inputs.size }) };
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
