import { parseDuration } from "../core/durations";
import type { Context, Held, Identity, Lifecycle, Timeouts } from "../core/resource/lifecycle";
import type { Clients } from "./clients";
import type { EngineLog } from "./engineLog";

/** The resource that a call is about, with what Pulumi says of it beside its arguments. */
export interface Subject {
  /** Module and name, e.g. `waldur:Snapshot`. */
  type: string;
  identity: Identity;
  /** `customTimeouts`, e.g. `{ create: "1h" }`. */
  timeouts?: Partial<Record<keyof Timeouts, string>> | undefined;
  /** The id of an object that is to be adopted instead of making one. */
  adopts?: string | undefined;
}

/** What every operation of a front has in common. */
export interface Surroundings {
  clients: Clients;
  log: EngineLog;
  /** The URN of a resource in this front, under which the engine shows what happens to it. */
  urnOf: (type: string, identity: Identity) => string;
  /** Stops every wait. */
  signal?: AbortSignal | undefined;
}

/** Makes the contexts in which operations run. */
export class Contexts {
  readonly #surroundings: Surroundings;
  /** Resources that the stack holds an object of, by URN. */
  readonly #held = new Map<string, Held>();

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** The context of one operation. */
  of(lifecycle: Lifecycle, subject: Subject, operation: keyof Timeouts): Context<unknown> {
    const { clients, log, signal } = this.#surroundings;
    const urn = this.urn(subject);
    const custom = subject.timeouts?.[operation];
    const limit = custom
      ? parseDuration(`customTimeouts.${operation}`, custom)
      : lifecycle.timeouts[operation] * 1000;
    const { clock } = clients;
    const deadline = clock.now() + limit;
    return {
      client: clients.of(lifecycle),
      clock,
      identity: subject.identity,
      replacing: operation === "create" ? this.#held.get(urn) : undefined,
      holds: operation === "delete" ? this.#held.get(urn) : undefined,
      // Whatever an operation consists of, its time limit is for the whole of it.
      get timeoutMs() {
        return Math.max(0, deadline - clock.now());
      },
      signal,
      progress: (message) => log.status(urn, message),
      warn: (message) => log.warn(urn, message),
    };
  }

  /**
   * Notes that the stack holds an object of this resource; a create that comes after that replaces it.
   *
   * @param held what is known of it; where nothing is, what was noted before stays
   */
  hold(subject: Subject, held?: Held): void {
    const urn = this.urn(subject);
    this.#held.set(urn, held ?? this.#held.get(urn) ?? {});
  }

  /** The resource's URN. */
  urn({ type, identity }: Subject): string {
    return this.#surroundings.urnOf(type, identity);
  }
}
