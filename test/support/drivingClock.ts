import type { ManualClock } from "../../emulator/index";
import type { Clock } from "../../provider/core/clock";
import { seeded } from "./virtualClock";

/** Moves an emulator's clock by every sleep of the provider, so that nobody waits for either. */
export class DrivingClock implements Clock {
  readonly random = seeded(7);

  constructor(readonly manual: ManualClock) {}

  now(): number {
    return this.manual.now();
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.manual.advance(Math.max(0, ms));
  }
}
