import {
  type Actor,
  ManualClock,
  startWaldur,
  type WaldurEmulator,
  type WaldurEmulatorOptions,
} from "../../emulator/index";
import { waldur } from "../../provider/waldur/backend";
import type { WaldurContext } from "../../provider/waldur/object";
import { DrivingClock } from "./drivingClock";
import { someDay } from "./virtualClock";

/** An emulated Waldur, and what operations of the provider need to work with it. */
export class Stage {
  /** What users were warned of. */
  readonly warnings: string[] = [];
  /** The progress that was shown. */
  readonly told: string[] = [];
  readonly ctx: WaldurContext;

  private constructor(
    readonly emulator: WaldurEmulator,
    readonly clock: ManualClock,
  ) {
    this.ctx = this.context();
  }

  /** Starts with the recorded world, and without the jobs that the server does by the clock. */
  static async start(options: WaldurEmulatorOptions = {}): Promise<Stage> {
    const clock = new ManualClock(someDay);
    return new Stage(await startWaldur({ periodic: false, ...options, clock }), clock);
  }

  /** A context with a client of its own, as another run of Pulumi has. */
  context(changes: Partial<WaldurContext> & { actor?: Actor; skew?: number } = {}): WaldurContext {
    const { actor = "owner", skew, ...others } = changes;
    const clock = new DrivingClock(this.clock, skew);
    const settings = { waldurApiUrl: this.emulator.url, waldurAccessToken: this.emulator.tokens[actor] };
    return {
      client: waldur.connect(settings, clock),
      clock,
      identity: { project: "backups", stack: "prod", name: "data" },
      timeoutMs: 600_000,
      progress: (message) => this.told.push(message),
      warn: (message) => this.warnings.push(message),
      ...others,
    };
  }

  /** Puts snapshots of the volume `data-1` on the server, each named `prefix` and a number. */
  addSnapshots(count: number, prefix = "bulk"): void {
    const { world } = this.emulator;
    const like = world.snapshots.get(this.emulator.uuid("snapshots", "seed-snap-1"));
    if (like === undefined) throw new Error("the seed has changed");
    for (let number = 0; number < count; number++) {
      const row = world.newRow("snapshot", `${prefix}-${String(number).padStart(4, "0")}`);
      world.snapshots.set(row.uuid, { ...like, ...row });
    }
  }

  /** The writes that the server saw, as method and route. */
  get writes(): string[] {
    return this.emulator.writes.map(({ route }) => route);
  }

  close(): Promise<void> {
    return this.emulator.close();
  }
}
