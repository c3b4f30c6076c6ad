import type { ManualClock } from "../../emulator/index";
import type { Clock } from "../../provider/core/clock";
import { seeded } from "./virtualClock";

/**
 * Moves an emulator's clock by every sleep of the provider, so that nobody waits for either. Who begins to sleep at the
 * same moment wakes at the same moment.
 */
export class DrivingClock implements Clock {
  readonly random = seeded(7);

  /** @param skew how far the provider's clock is ahead of the server's, in milliseconds */
  constructor(
    readonly manual: ManualClock,
    readonly skew = 0,
  ) {}

  now(): number {
    return this.manual.now() + this.skew;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const until = this.manual.now() + Math.max(0, ms);
    await new Promise((resolve) => setImmediate(resolve));
    this.manual.set(until);
  }

  alarm(ms: number, ring: () => void): () => void {
    let wanted = true;
    this.manual.sleep(ms).then(() => (wanted ? ring() : undefined));
    return () => {
      wanted = false;
    };
  }
}
