import { readSettings, type Settings } from "../core/backend";
import { type Clock, systemClock } from "../core/clock";
import { parseDuration } from "../core/durations";
import type { Context, Identity, Lifecycle, Timeouts } from "../core/resource/lifecycle";
import type { EngineLog } from "./engineLog";

/** What travels with a resource beside its arguments, since the engine does not pass it on. */
export interface Companion extends Identity {
  /** `customTimeouts`, e.g. `{ create: "1h" }`. */
  timeouts?: Partial<Record<keyof Timeouts, string>>;
  /** The id of an object that is to be taken over instead of making one. */
  import?: string;
}

/** Makes the contexts in which operations run; one for each configuration. */
export class Operations {
  readonly #settings: Settings;
  readonly #log: EngineLog;
  readonly #clock: Clock;
  readonly #urnOf: (type: string, identity: Identity) => string;
  readonly #clients = new Map<string, unknown>();
  /** Resources that the stack holds an object of, by type and name, with its id where it is known. */
  readonly #held = new Map<string, { id?: string | undefined }>();

  /** @param urnOf the URN of a resource in this front, under which the engine shows what happens to it */
  constructor(
    settings: Settings,
    log: EngineLog,
    urnOf: (type: string, identity: Identity) => string,
    clock: Clock = systemClock,
  ) {
    this.#urnOf = urnOf;
    this.#settings = settings;
    this.#log = log;
    this.#clock = clock;
  }

  /** The client of a backend, connected on first use. @throws UserError for wrong settings */
  client<Client>({ backend }: Pick<Lifecycle<Client>, "backend">): Client {
    let client = this.#clients.get(backend.name);
    if (client === undefined) {
      client = backend.connect(readSettings(backend.settings, this.#settings, process.env), this.#clock);
      this.#clients.set(backend.name, client);
    }
    return client as Client;
  }

  /** The context of one operation on one resource. */
  context(
    lifecycle: Lifecycle,
    operation: keyof Timeouts,
    companion: Companion,
    signal?: AbortSignal,
  ): Context<unknown> {
    const { timeouts, import: _import, ...identity } = companion;
    const urn = this.#urnOf(lifecycle.type, identity);
    const custom = timeouts?.[operation];
    const limit = custom
      ? parseDuration(`customTimeouts.${operation}`, custom)
      : lifecycle.timeouts[operation] * 1000;
    const clock = this.#clock;
    const deadline = clock.now() + limit;
    return {
      client: this.client(lifecycle),
      clock,
      identity,
      replacing: this.#held.get(key(lifecycle, companion)),
      // Whatever an operation consists of, its time limit is for the whole of it.
      get timeoutMs() {
        return Math.max(0, deadline - clock.now());
      },
      signal,
      progress: (message) => this.#log.status(urn, message),
      warn: (message) => this.#log.warn(urn, message),
    };
  }

  /** Notes that the stack holds an object of this resource; a create that comes after that replaces it. */
  hold(lifecycle: Lifecycle, companion: Companion, id?: string): void {
    const known = this.#held.get(key(lifecycle, companion));
    this.#held.set(key(lifecycle, companion), { id: id ?? known?.id });
  }
}

function key(lifecycle: Lifecycle, { parents = "", name }: Companion): string {
  return `${lifecycle.type} ${parents} ${name}`;
}
