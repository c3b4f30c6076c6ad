import {
  ManualClock,
  startTrilio,
  type TrilioEmulator,
  type TrilioEmulatorOptions,
} from "../../emulator/index";
import type { Lookup, Properties } from "../../provider/core/resource/lifecycle";
import { trilio } from "../../provider/trilio/backend";
import type { TrilioClient } from "../../provider/trilio/client";
import type { TrilioContext } from "../../provider/trilio/object";
import { DrivingClock } from "./drivingClock";
import { someDay } from "./virtualClock";

/** An emulated Trilio, and what operations of the provider need to work with it. */
export class TrilioStage {
  /** What users were warned of. */
  readonly warnings: string[] = [];
  /** The progress that was shown. */
  readonly told: string[] = [];
  readonly ctx: TrilioContext;

  private constructor(
    readonly emulator: TrilioEmulator,
    readonly clock: ManualClock,
  ) {
    this.ctx = this.context();
  }

  /** Starts with the world of the API page, at real speed on a clock that only waits move. */
  static async start(options: TrilioEmulatorOptions = {}): Promise<TrilioStage> {
    const clock = new ManualClock(someDay);
    return new TrilioStage(await startTrilio({ ...options, clock }), clock);
  }

  /** A context with a client of its own, as another run of Pulumi has. */
  context(changes: Partial<TrilioContext> & { projectName?: string } = {}): TrilioContext {
    const {
      OS_AUTH_URL: authUrl,
      OS_USERNAME: username,
      OS_PASSWORD: password,
      ...env
    } = this.emulator.env();
    const { projectName = env.OS_PROJECT_NAME, ...others } = changes;
    const clock = new DrivingClock(this.clock);
    const domains = {
      userDomainName: env.OS_USER_DOMAIN_NAME,
      projectDomainName: env.OS_PROJECT_DOMAIN_NAME,
    };
    return {
      client: trilio.connect({ authUrl, username, password, projectName, ...domains }, clock),
      clock,
      identity: { project: "backups", stack: "prod", name: "drill" },
      timeoutMs: 7_200_000,
      progress: (message) => this.told.push(message),
      warn: (message) => this.warnings.push(message),
      ...others,
    };
  }

  /** Runs a look-up on arguments as they are after the check. */
  ask<Args extends Properties, Result>(
    lookup: Lookup<TrilioClient, Args, Result>,
    args: Properties,
  ): Promise<Result> {
    return lookup.invoke(lookup.inputs.parse(args) as Args, this.ctx);
  }

  /** How often the server was asked on a route. */
  count(route: string): number {
    return this.emulator.counts()[route] ?? 0;
  }

  close(): Promise<void> {
    return this.emulator.close();
  }
}
