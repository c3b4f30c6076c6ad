import { type Clock, systemClock } from "../clock/clock";
import { appOf } from "../http/app";
import { type Emulator, emulatorOf } from "../http/emulator";
import { FaultInjector as Faults } from "../http/faults";
import { type ListenOptions, listen } from "../http/listen";
import { RequestLog } from "../http/requestLog";
import { type Answers, answers } from "./answers";
import { type Countdowns, realCountdowns } from "./countdowns";
import type { FaultInjector } from "./faults";
import { periodicJobs } from "./periodic";
import type { Actor } from "./permissions";
import type { SeedIds } from "./seed/ids";
import { populate } from "./seed/populate";
import { recordedSeed, type Seed } from "./seed/seed";
import { tokensOf } from "./seed/users";
import { type RequestRecord, waldurService } from "./service";
import type { Generation } from "./states";
import { World, type WorldSettings } from "./world";

export type { Answers } from "./answers";
export { type Countdowns, realCountdowns, shortCountdowns } from "./countdowns";
export type { Fault, FaultAction, FaultInjector, FaultRule } from "./faults";
export type * from "./model";
export type { Actor } from "./permissions";
export type { SeedIds } from "./seed/ids";
export {
  recordedLimits,
  recordedSeed,
  type Seed,
  type SeedProject,
  type SeedSnapshot,
  type SeedVolume,
} from "./seed/seed";
export { seedPassword } from "./seed/users";
export type { RequestRecord } from "./service";
export type { CoreState, Generation } from "./states";
export type { World } from "./world";

/** How to start an emulated Waldur. */
export interface WaldurEmulatorOptions extends ListenOptions {
  /** 2024 (the default) as recorded, 2026 as the newer API pages have it. */
  generation?: Generation;
  /** How many times faster than the countdowns; 1 by default. */
  speed?: number;
  /** The machine's clock by default. A test passes a `ManualClock`, or a `ShiftedClock` that goes on by itself. */
  clock?: Clock;
  /** What the server holds at the start; the recorded world by default. */
  seed?: Seed;
  /** Seconds that each step takes; those of a real server by default (recording 22). */
  countdowns?: Countdowns;
  /** Other answers than the generation's where servers differ, e.g. `{ pull: { status: 200 } }`. */
  answers?: Partial<Answers>;
  /** Creates of one type that are provisioned at a time: 4 by default (recording 21); `Infinity` for large tests. */
  maxProvisioning?: number;
  /** Every order waits for a consumer's approval, whoever placed it. */
  approval?: boolean;
  /** Whether pulling a snapshot works; by default not on the 2024 server (recording 10). */
  snapshotPullWorks?: boolean;
  /** Whether the hourly pull and the ten-minute removal happen by the clock; true by default. */
  periodic?: boolean;
}

type SeedKind = "volumes" | "snapshots" | "types" | "instances" | "images";

/** A running emulator. */
export interface WaldurEmulator extends Emulator<RequestRecord, FaultInjector> {
  /** `http://127.0.0.1:PORT`; the API is below `/api/`. */
  readonly url: string;
  /** An API token per actor of the recordings. */
  readonly tokens: Record<Actor, string>;
  /** Everything the server knows; may be read and changed. */
  readonly world: World;
  /** Ids of what the seed made. */
  readonly ids: SeedIds;
  /** The uuid of something that the seed made, by name. @throws when the seed has none of that name */
  uuid(kind: SeedKind, name: string): string;
  /** The API's URL of an object, e.g. `link("openstack-volumes", uuid)`. */
  link(collection: string, uuid: string): string;
}

/** Starts an emulated Waldur on a loopback port. */
export async function startWaldur(options: WaldurEmulatorOptions = {}): Promise<WaldurEmulator> {
  const world = new World(options.clock ?? systemClock, settingsOf(options), periodicJobs);
  const ids = populate(world, options.seed ?? recordedSeed());
  const faults: FaultInjector = new Faults();
  const log = new RequestLog<RequestRecord>(({ method }) => !["GET", "HEAD", "OPTIONS"].includes(method));
  const { origin: url, close } = await listen(appOf(waldurService(world, faults, log)), options);
  return Object.assign(emulatorOf(log, faults, close), {
    url,
    tokens: tokensOf(world),
    world,
    ids,
    uuid(kind: SeedKind, name: string) {
      const uuid = ids[kind][name];
      if (uuid === undefined) throw new Error(`the seed has no ${kind} named ${name}`);
      return uuid;
    },
    link: (collection: string, uuid: string) => `${url}/api/${collection}/${uuid}/`,
  });
}

function settingsOf(options: WaldurEmulatorOptions): WorldSettings {
  const generation = options.generation ?? "2024";
  return {
    generation,
    countdowns: options.countdowns ?? realCountdowns,
    answers: { ...answers[generation], ...options.answers },
    speed: options.speed ?? 1,
    maxProvisioning: options.maxProvisioning ?? 4,
    approval: options.approval ?? false,
    snapshotPullWorks: options.snapshotPullWorks ?? generation === "2026",
    periodic: options.periodic ?? true,
  };
}
