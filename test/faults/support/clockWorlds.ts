import { blockStorage } from "../../../provider/cinder/backend";
import { CinderClient } from "../../../provider/cinder/client";
import { snapshotLifecycle as cinderSnapshot } from "../../../provider/cinder/snapshot/lifecycle";
import { volumeLifecycle as cinderVolume } from "../../../provider/cinder/volume/lifecycle";
import { HttpClient } from "../../../provider/core/http/http";
import type { Change, Context, Lifecycle, Properties } from "../../../provider/core/resource/lifecycle";
import { readAccess } from "../../../provider/openstack/access";
import { Keystone } from "../../../provider/openstack/keystone";
import { ServiceClient } from "../../../provider/openstack/serviceClient";
import { WaldurClient } from "../../../provider/waldur/client";
import { snapshotLifecycle as waldurSnapshot } from "../../../provider/waldur/snapshot/lifecycle";
import { volumeLifecycle as waldurVolume } from "../../../provider/waldur/volume/lifecycle";
import { CinderDesk } from "../../support/cinderDesk";
import { DrivingClock } from "../../support/drivingClock";
import { Stage } from "../../support/waldurStage";
import { type Dates, OffClock, transportWith } from "../../support/wrongDates";

/** Which clocks are wrong, each by how many milliseconds it is ahead. */
export interface WrongClocks {
  /** This machine's. Default: right. */
  local?: number;
  /** The service's, as its answers tell it. Default: right. */
  service?: Dates;
  /** Keystone's, where there is one. Default: right. */
  keystone?: number;
}

/** A snapshot of a stack. */
export interface Taken {
  id: string;
  inputs: Properties;
  state: Properties;
}

/** A server with snapshots, and a provider whose clocks can be wrong. */
export abstract class ClockWorld {
  readonly warnings: string[] = [];
  protected abstract readonly snapshot: Lifecycle;
  protected abstract readonly volume: Lifecycle;
  /** The arguments that every snapshot needs. */
  protected abstract readonly source: Properties;
  /** The id of the volume that snapshots are taken of. */
  protected abstract readonly volumeId: string;
  /** What makes a volume's deletion take its snapshots along. */
  protected abstract readonly taking: Properties;

  /** An instant so many days from the true present. */
  inDays(days: number): string {
    return new Date(this.now() + days * 86_400_000).toISOString().replace(".000Z", "Z");
  }

  /** The true time, in milliseconds since the epoch. */
  abstract now(): number;
  /** Lets time pass for everybody. */
  abstract pass(ms: number): Promise<void>;
  /** The deletions that were sent. */
  abstract deletions(): number;
  /** A snapshot's end as the server has it; any value, `undefined` for none. */
  abstract setEnd(id: string, end: unknown): void;
  /** Takes the snapshot away behind the stack's back. */
  abstract drop(id: string): void;
  abstract close(): Promise<void> | undefined;
  protected abstract client(clocks: WrongClocks): { client: unknown; clock: OffClock };

  /** What operations of a new process work with. */
  context(clocks: WrongClocks = {}, more: Partial<Context<unknown>> = {}): Context<unknown> {
    return {
      ...this.client(clocks),
      identity: { project: "backups", stack: "prod", name: "nightly" },
      timeoutMs: 600_000,
      progress: () => undefined,
      warn: (message) => this.warnings.push(message),
      ...more,
    };
  }

  async take(args: Properties = {}, clocks: WrongClocks = {}): Promise<Taken> {
    const inputs = { name: "nightly", ...this.source, ...args };
    const context = this.context(clocks);
    const identity = { ...context.identity, name: String(inputs.name) };
    const { id, outputs } = await this.snapshot.create(inputs, { ...context, identity });
    return { id, inputs, state: outputs };
  }

  delete({ id, state }: Taken, clocks: WrongClocks = {}): Promise<void> {
    return this.snapshot.delete(id, state, this.context(clocks));
  }

  read({ id, state }: Taken, clocks: WrongClocks = {}) {
    return this.snapshot.read(id, this.context(clocks), state);
  }

  /** What an update does: the difference, whether it may be, and the write. */
  async update(
    { id, inputs, state }: Taken,
    args: Properties,
    clocks: WrongClocks = {},
  ): Promise<Properties> {
    const news = { ...inputs, ...args };
    const changes = this.snapshot.diff(state, news);
    const context = this.context(clocks);
    if (changes.length === 0) return state;
    await this.snapshot.permit?.(id, state, news, changes, context);
    return this.snapshot.update(id, state, news, context);
  }

  /** Whether a new one may take its place, as the engine asks it with a difference. */
  async permitReplacement({ id, inputs, state }: Taken, clocks: WrongClocks = {}): Promise<void> {
    const changes: Change[] = [{ property: Object.keys(this.source)[0] ?? "", kind: "replace" }];
    await this.snapshot.permit?.(id, state, inputs, changes, this.context(clocks));
  }

  /** Deletes the volume together with its snapshots, or has the server forget them. */
  async deleteVolume(clocks: WrongClocks = {}): Promise<void> {
    return this.volume.delete(this.volumeId, this.taking, this.context(clocks));
  }
}

/** An emulated Waldur. */
export class WaldurClocks extends ClockWorld {
  protected readonly snapshot = waldurSnapshot as unknown as Lifecycle;
  protected readonly volume = waldurVolume as unknown as Lifecycle;
  protected readonly taking = { deletion: "unlink" };

  private constructor(readonly stage: Stage) {
    super();
  }

  static async open(): Promise<WaldurClocks> {
    return new WaldurClocks(await Stage.start());
  }

  protected get volumeId(): string {
    return this.stage.emulator.uuid("volumes", "data-2");
  }

  protected get source(): Properties {
    return { volumeId: this.volumeId };
  }

  now(): number {
    return this.stage.clock.now();
  }

  async pass(ms: number): Promise<void> {
    this.stage.clock.advance(ms);
  }

  deletions(): number {
    return this.stage.writes.filter((route) => /^DELETE|unlink/.test(route)).length;
  }

  setEnd(id: string, end: unknown): void {
    const row = this.stage.emulator.world.snapshots.get(id);
    if (row) Object.assign(row, { keptUntil: end ?? null });
  }

  drop(id: string): void {
    this.stage.emulator.world.dropSnapshot(id);
  }

  close(): Promise<void> {
    return this.stage.close();
  }

  protected client({ local = 0, service = () => 0 }: WrongClocks) {
    const { emulator } = this.stage;
    const clock = new OffClock(new DrivingClock(this.stage.clock), local);
    const http = new HttpClient({
      origin: emulator.url,
      // Only staff may unlink.
      authorization: () => ({ authorization: `Token ${emulator.tokens.staff}` }),
      transport: transportWith(() => this.now(), service),
      clock,
    });
    return { client: new WaldurClient(http, "/api", clock), clock };
  }
}

/** A scripted Cinder behind a Keystone of the recordings. */
export class CinderClocks extends ClockWorld {
  protected readonly snapshot = cinderSnapshot as unknown as Lifecycle;
  protected readonly volume = cinderVolume as unknown as Lifecycle;
  protected readonly taking = { cascade: true };
  protected readonly volumeId: string;

  private constructor(readonly desk: CinderDesk) {
    super();
    this.volumeId = desk.plant("volume", { name: "data" }).id;
  }

  static async open(): Promise<CinderClocks> {
    return new CinderClocks(await new CinderDesk().open());
  }

  protected get source(): Properties {
    return { volumeId: this.volumeId };
  }

  now(): number {
    return this.desk.stage.clock.now();
  }

  async pass(ms: number): Promise<void> {
    await this.desk.stage.clock.sleep(ms);
  }

  deletions(): number {
    return this.desk.requests(/^DELETE \/(snapshots|volumes)\/[^/]*$/).length;
  }

  setEnd(id: string, end: unknown): void {
    const metadata = this.desk.snapshots.get(id)?.metadata as Record<string, unknown> | undefined;
    if (metadata === undefined) return;
    if (end === undefined || end === null) delete metadata.kept_until;
    else metadata.kept_until = end;
  }

  drop(id: string): void {
    this.desk.snapshots.delete(id);
  }

  close(): Promise<void> | undefined {
    return this.desk.close();
  }

  protected client({ local = 0, service = () => 0, keystone = 0 }: WrongClocks) {
    const { stage } = this.desk;
    stage.issuesAt = () => this.now() + keystone;
    const clock = new OffClock(stage.clock, local);
    const access = readAccess(this.desk.settings, { env: {}, cwd: "/" }, blockStorage);
    const right = transportWith(
      () => this.now(),
      () => 0,
    );
    const wrong = transportWith(() => this.now(), service);
    // Where one proxy stands before all services, their Date headers are wrong together; here Keystone's are right.
    const keystoneClient = new Keystone(access, right, clock);
    const serviceClient = new ServiceClient(blockStorage, clock, access, keystoneClient, wrong);
    return { client: new CinderClient(serviceClient), clock };
  }
}

/** Every backend that keeps snapshots, by its name. */
export const clockWorlds: readonly [string, () => Promise<ClockWorld>][] = [
  ["Waldur", WaldurClocks.open],
  ["Cinder", CinderClocks.open],
];
