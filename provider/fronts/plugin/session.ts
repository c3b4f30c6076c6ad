import { namespace, ownSurroundings, type Surroundings } from "../../core/backend";
import { type Clock, systemClock } from "../../core/clock";
import type { Properties, Timeouts } from "../../core/resource/lifecycle";
import { hasUnknown } from "../../core/values";
import { lifecycleOf } from "../../registry";
import { Clients } from "../clients";
import type { Subject } from "../contexts";
import { Creations, type Past, pastOf } from "../creations";
import { connectEngineLog, type EngineLog } from "../engineLog";
import { ResourceHost } from "../resourceHost";
import { hiding } from "../secret";
import { parseUrn, urnOf } from "../urn";
import type { Received } from "./values";

/** Pulumi's type of a resource in this front. @param type module and name, e.g. `waldur:Snapshot` */
export function pluginToken(type: string): string {
  return `${namespace}:${type}`;
}

/** The part of a token that is not the package's name, e.g. `waldur:Snapshot`. */
export function typeIn(token: string): string {
  return token.slice(namespace.length + 1);
}

/** One configured provider: what its process keeps from Configure to the end. */
export class Session {
  clients: Clients;
  host: ResourceHost;
  #log: EngineLog;
  #engine: string | undefined;
  /** The id under which the state of a stack knows this provider; no other stack has it. */
  #id: string | undefined;
  readonly #clock: Clock;
  readonly #past: Past | undefined;
  readonly #cancel = new AbortController();

  /**
   * @param engine address of the engine, host and port
   * @param where files and variables are looked for
   * @param past where it learns of earlier runs; by default on this machine
   */
  constructor(
    engine: string | undefined,
    clock: Clock = systemClock,
    readonly where: Surroundings = ownSurroundings(),
    past?: Past,
  ) {
    this.#log = connectEngineLog(engine);
    this.#engine = engine;
    this.#clock = clock;
    this.#past = past;
    this.clients = this.#clientsFor({});
    this.host = this.#hostOf(this.clients);
  }

  /**
   * Takes the provider's settings; those that are not known yet are as good as not set.
   *
   * @param id the provider's in the state of the stack; older engines do not tell it
   */
  configure(settings: Properties, id?: string): void {
    this.#id = id === undefined || id === "" || hasUnknown(id) ? undefined : id;
    this.clients = this.#clientsFor(settings);
    this.host = this.#hostOf(this.clients);
  }

  /** Aborts when everything is to stop. */
  get cancelled(): AbortSignal {
    return this.#cancel.signal;
  }

  /** Speaks with this engine from now on. @param engine its address, host and port */
  attach(engine: string): void {
    this.#log = connectEngineLog(engine);
    this.#engine = engine;
    this.host = this.#hostOf(this.clients);
  }

  /** Stops every wait; what was created by then stays in the state. */
  cancel(): void {
    this.#cancel.abort(new Error("cancelled"));
  }

  #clientsFor(settings: Properties): Clients {
    const setting = (name: string) => {
      const value = settings[name];
      return value === undefined || value === null || hasUnknown(value) ? undefined : String(value);
    };
    return new Clients(setting, this.#clock, this.where);
  }

  #hostOf(clients: Clients): ResourceHost {
    const [where, engine] = [this.where, this.#engine];
    const past = this.#past ?? pastOf(where, engine);
    return new ResourceHost({
      clients,
      log: this.#log,
      signal: this.#cancel.signal,
      urnOf: (type, identity) => urnOf(pluginToken(type), identity),
      creations: new Creations({ where, engine, past, stackId: this.#id }),
      importsBy: "read",
    });
  }
}

/**
 * Which resource a request is about.
 *
 * @param properties the resource's, for what is secret in them
 * @param operation what is done, with the engine's time limit in seconds; 0: the resource's own
 * @param ignored paths of arguments that make no difference
 */
export function subjectOf(
  urn: string,
  { values, secrets }: Received,
  operation?: { [K in keyof Timeouts]?: number },
  ignored?: readonly string[],
): Subject {
  const { token, ...identity } = parseUrn(urn);
  const limits = Object.entries(operation ?? {}).filter(([, seconds]) => seconds > 0);
  const timeouts = Object.fromEntries(limits.map(([name, seconds]) => [name, `${seconds}s`]));
  const type = typeIn(token);
  // Outputs may be secret too: what they hold is no secret of the program's.
  const { inputs, former } = lifecycleOf(type);
  const names = [...secrets].filter((name) => name in inputs.shape || name in (former?.inputs ?? {}));
  return { type, identity, timeouts, ignored, secrets: names, hide: hiding(values, names) };
}
