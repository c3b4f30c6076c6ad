import { type Clock, systemClock } from "../clock/clock";
import { appOf } from "../http/app";
import { type Emulator, emulatorOf } from "../http/emulator";
import { FaultInjector } from "../http/faults";
import { type ListenOptions, listen } from "../http/listen";
import { RequestLog } from "../http/requestLog";
import { Keystone } from "../keystone/keystone";
import type { TrilioFaultInjector } from "./faults";
import { type Guesses, guessesWith } from "./guesses";
import { pageSeed } from "./seed/page";
import { type Person, passwordOf, populate, type SeedCredential, type TrilioIds } from "./seed/populate";
import type { TrilioSeed } from "./seed/seed";
import { keystoneService, type Shared, type TrilioRequestRecord, trilioService } from "./services";
import { sampleDurations, type TrilioDurations, TrilioWorld } from "./world";

export type { Keystone } from "../keystone/keystone";
export type { TrilioFaultAction, TrilioFaultInjector, TrilioFaultRule } from "./faults";
export {
  type Evidence,
  type Guess,
  type Guesses,
  type GuessName,
  guessesWith,
  guessNames,
  guessTable,
  parseGuess,
} from "./guesses";
export type { BackedUpInstance, Restore, TrilioSnapshot, Workload } from "./model";
export { pageSeed } from "./seed/page";
export type { Person, SeedCredential, TrilioIds } from "./seed/populate";
export type { SeedRestore, SeedWorkload, TrilioSeed } from "./seed/seed";
export type { TrilioRequestRecord } from "./services";
export { sampleDurations, type TrilioDurations, type TrilioWorld } from "./world";

/** How to start an emulated Trilio. */
export interface TrilioEmulatorOptions extends ListenOptions {
  /** Port of its Keystone; 0 (the default): any free port. */
  keystonePort?: number;
  /** How many times faster than the durations; 1 by default. */
  speed?: number;
  /** Seconds that things take before `speed`; the API page's samples by default. */
  durations?: Partial<TrilioDurations>;
  /** The machine's clock by default. A test passes a `ManualClock`. */
  clock?: Clock;
  /** What the server holds at the start; the world of the API page by default. */
  seed?: TrilioSeed;
  /** Other values than the defaults of the table of guesses. */
  guesses?: Partial<Guesses>;
  /** Seconds of the clock that a token holds; 3600 by default. */
  tokenSeconds?: number;
}

type SeedKind = "workloads" | "snapshots" | "restores";

/** A running emulator: a Trilio and the Keystone that leads to it. */
export interface TrilioEmulator extends Emulator<TrilioRequestRecord, TrilioFaultInjector> {
  /** `http://127.0.0.1:PORT/v1/PROJECT`, as in the catalog. */
  readonly url: string;
  /** `http://127.0.0.1:PORT/v3` of Keystone. */
  readonly authUrl: string;
  /** Everything that Trilio knows; may be read and changed. */
  readonly world: TrilioWorld;
  /** Users, projects and tokens; `revokeTokens()` and `expireTokens()` make the next request a 401. */
  readonly keystone: Keystone;
  /** The guesses at work; may be changed while the server runs. */
  readonly guesses: Guesses;
  /** Ids of what the seed made. */
  readonly ids: TrilioIds;
  /** The member's application credential. */
  readonly credential: SeedCredential;
  /** The variables (`OS_AUTH_URL` ...) of somebody with a password, in the project of the seed. */
  env(person?: Person): Record<string, string>;
  /** The variables of the member's application credential. */
  readonly credentialEnv: Record<string, string>;
  /** A token for the project of the seed, without asking Keystone over HTTP. */
  token(person?: Person): string;
  /** The id of something that the seed made, by name (restores: by key). @throws when there is none */
  id(kind: SeedKind, name: string): string;
  /** Every request seen, in order, also those to Keystone. */
  readonly requests: TrilioRequestRecord[];
  /** Of those, the ones that could change something in Trilio. A cancel counts, though it is a GET. */
  readonly writes: TrilioRequestRecord[];
}

/** Starts an emulated Trilio with its Keystone on loopback ports. */
export async function startTrilio(options: TrilioEmulatorOptions = {}): Promise<TrilioEmulator> {
  const clock = options.clock ?? systemClock;
  const world = new TrilioWorld(clock, {
    guesses: guessesWith(options.guesses),
    durations: { ...sampleDurations, ...options.durations },
    speed: options.speed ?? 1,
  });
  const origins = { keystone: "", trilio: "" };
  const keystone = new Keystone(clock, (projectId) => {
    const { catalogType: type, catalogName: name } = world.guesses;
    return [{ type, name, url: `${origins.trilio}/v1/${projectId}` }];
  });
  keystone.tokenSeconds = options.tokenSeconds ?? keystone.tokenSeconds;
  const seed = options.seed ?? pageSeed();
  const { ids, credential } = populate(world, keystone, seed);
  const faults: TrilioFaultInjector = new FaultInjector();
  const log = new RequestLog<TrilioRequestRecord>(({ write }) => write);
  const close = await listenBoth({ world, keystone, faults, log, origins }, options);
  return Object.assign(emulatorOf(log, faults, close), {
    url: `${origins.trilio}/v1/${ids.project}`,
    world,
    keystone,
    guesses: world.guesses,
    ids,
    credential,
    ...accessTo(`${origins.keystone}/v3`, seed.project.name, credential),
    token(person: Person = "member") {
      const user = keystone.user(ids.users[person], undefined);
      if (user === undefined) throw new Error(`${person} is no longer a user`);
      return keystone.issue(user, ids.project, ["password"]).value;
    },
    id(kind: SeedKind, name: string) {
      const id = ids[kind][name];
      if (id === undefined) throw new Error(`the seed has no ${kind} named ${name}`);
      return id;
    },
  });
}

/** Has both answer, and fills in their origins. @returns what stops both @throws Error when a port is taken */
async function listenBoth(
  shared: Shared,
  { host, port, keystonePort, mount }: TrilioEmulatorOptions,
): Promise<() => Promise<void>> {
  const identity = await listen(appOf(keystoneService(shared)), { host, port: keystonePort, mount });
  shared.origins.keystone = identity.origin;
  const workloads = await listen(appOf(trilioService(shared)), { host, port, mount }).catch(async (error) => {
    await identity.close();
    throw error;
  });
  shared.origins.trilio = workloads.origin;
  return async () => {
    await Promise.all([workloads.close(), identity.close()]);
  };
}

/** What a client's environment needs to sign in. */
function accessTo(
  authUrl: string,
  project: string,
  credential: SeedCredential,
): Pick<TrilioEmulator, "authUrl" | "env" | "credentialEnv"> {
  return {
    authUrl,
    env: (person = "member") => ({
      OS_AUTH_URL: authUrl,
      OS_USERNAME: person,
      OS_PASSWORD: passwordOf(person),
      OS_USER_DOMAIN_NAME: "Default",
      OS_PROJECT_NAME: project,
      OS_PROJECT_DOMAIN_NAME: "Default",
      OS_REGION_NAME: "RegionOne",
      OS_IDENTITY_API_VERSION: "3",
    }),
    credentialEnv: {
      OS_AUTH_URL: authUrl,
      OS_AUTH_TYPE: "v3applicationcredential",
      OS_APPLICATION_CREDENTIAL_ID: credential.id,
      OS_APPLICATION_CREDENTIAL_SECRET: credential.secret,
      OS_REGION_NAME: "RegionOne",
    },
  };
}
