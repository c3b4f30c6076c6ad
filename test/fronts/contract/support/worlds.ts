import { type ManualClock, shortCountdowns } from "../../../../emulator";
import type { Clock } from "../../../../provider/core/clock";
import { CinderDesk } from "../../../support/cinderDesk";
import { DrivingClock } from "../../../support/drivingClock";
import { TrilioStage } from "../../../support/trilioStage";
import { Stage } from "../../../support/waldurStage";

/** A server for one test, and the clock that the front and it share. */
export interface World {
  /** The package's settings by their names, e.g. `waldurApiUrl`. */
  readonly settings: Record<string, string>;
  readonly clock: HookedClock;
  /** What was sent that could change something, as method and path or route. */
  writes(): string[];
  /** Whatever is begun from now on takes longer than a second. */
  slowDown(): void;
  /** What takes long comes to its end, now or while somebody waits for it. */
  hurryUp(): void;
  /** Lets time pass on the server and here. */
  pass(ms: number): void;
  /** Removes a snapshot, as the server does itself once its time is over. */
  removeSnapshot(id: string): void;
  close(): Promise<void> | undefined;
}

/** A clock that tells when somebody sleeps. */
export class HookedClock implements Clock {
  /** Called before every pause. */
  onSleep: () => void | Promise<void> = () => undefined;
  readonly #inner: Clock;

  constructor(inner: Clock) {
    this.#inner = inner;
  }

  now(): number {
    return this.#inner.now();
  }

  random(): number {
    return this.#inner.random();
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    await this.onSleep();
    await this.#inner.sleep(ms, signal);
  }

  alarm(ms: number, ring: () => void): () => void {
    return this.#inner.alarm(ms, ring);
  }
}

/** What the emulators' worlds have in common: a clock that only waits and tests move. */
abstract class EmulatedWorld<S extends EmulatedStage> implements World {
  abstract readonly settings: Record<string, string>;
  readonly clock: HookedClock;

  protected constructor(protected readonly stage: S) {
    this.clock = new HookedClock(new DrivingClock(stage.clock));
  }

  get emulator(): S["emulator"] {
    return this.stage.emulator;
  }

  abstract writes(): string[];

  /** By itself everything takes seconds of the emulator's clock. */
  slowDown(): void {}

  hurryUp(): void {}

  pass(ms: number): void {
    this.stage.clock.advance(ms);
  }

  removeSnapshot(id: string): void {
    this.emulator.world.snapshots.delete(id);
  }

  close(): Promise<void> {
    return this.stage.close();
  }
}

interface EmulatedStage {
  clock: ManualClock;
  emulator: { world: { snapshots: Map<string, unknown> } };
  close(): Promise<void>;
}

/** An emulated Waldur with the world of the recordings. */
export class WaldurWorld extends EmulatedWorld<Stage> {
  static async open(): Promise<WaldurWorld> {
    return new WaldurWorld(await Stage.start({ countdowns: shortCountdowns }));
  }

  get settings(): Record<string, string> {
    return { waldurApiUrl: this.emulator.url, waldurAccessToken: this.emulator.tokens.owner };
  }

  writes(): string[] {
    return this.stage.writes;
  }

  override slowDown(): void {
    this.emulator.faults.add({ method: "POST", action: { kind: "slow", factor: 20 } });
  }
}

/** An emulated Trilio with its Keystone and the world of the API page; a restore takes minutes. */
export class TrilioWorld extends EmulatedWorld<TrilioStage> {
  static async open(): Promise<TrilioWorld> {
    return new TrilioWorld(await TrilioStage.start({ speed: 20 }));
  }

  get settings(): Record<string, string> {
    const names = {
      authUrl: "OS_AUTH_URL",
      username: "OS_USERNAME",
      password: "OS_PASSWORD",
      userDomainName: "OS_USER_DOMAIN_NAME",
      projectName: "OS_PROJECT_NAME",
      projectDomainName: "OS_PROJECT_DOMAIN_NAME",
    };
    const env = this.emulator.env();
    return Object.fromEntries(
      Object.entries(names).flatMap(([name, variable]) => (env[variable] ? [[name, env[variable]]] : [])),
    );
  }

  writes(): string[] {
    return this.emulator.writes.map(({ method, route }) => `${method} ${route}`);
  }
}

/** A scripted Cinder behind a Keystone of the recordings. */
export class CinderWorld implements World {
  readonly clock: HookedClock;

  private constructor(readonly desk: CinderDesk) {
    this.clock = new HookedClock(desk.stage.clock);
  }

  static async open(): Promise<CinderWorld> {
    return new CinderWorld(await new CinderDesk().open());
  }

  get settings(): Record<string, string> {
    return this.desk.settings;
  }

  /** The id of a volume of this name; it is there from now on. */
  readonly volume = (name: string): string => this.#planted("volume", name);

  /** The id of a snapshot of this name; it is there from now on. */
  readonly snapshot = (name: string): string => this.#planted("snapshot", name);

  writes(): string[] {
    return this.desk.writes().map(({ line }) => line);
  }

  slowDown(): void {
    this.desk.after = ({ method }, row) => {
      if (method === "POST" && row) row.status = "creating";
      return undefined;
    };
  }

  hurryUp(): void {
    this.desk.after = () => undefined;
    for (const row of [...this.desk.snapshots.values(), ...this.desk.volumes.values()])
      row.status = "available";
  }

  pass(ms: number): void {
    this.desk.stage.clock.advance(ms);
  }

  removeSnapshot(id: string): void {
    this.desk.snapshots.delete(id);
  }

  close(): Promise<void> | undefined {
    return this.desk.close();
  }

  #planted(kind: "volume" | "snapshot", name: string): string {
    const rows = kind === "volume" ? this.desk.volumes : this.desk.snapshots;
    const known = [...rows.values()].find((row) => row.name === name);
    if (known) return known.id;
    const volume = kind === "snapshot" ? { volume_id: this.volume("shop") } : { availability_zone: "nova" };
    return this.desk.plant(kind, { name, ...volume }).id;
  }
}
