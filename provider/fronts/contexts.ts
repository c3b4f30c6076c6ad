import { limited } from "../core/deadline";
import { parseDuration } from "../core/durations";
import {
  type Context,
  defaultTimeouts,
  type Held,
  type Identity,
  type Lifecycle,
  type Timeouts,
} from "../core/resource/lifecycle";
import { humanDuration } from "../core/wait/wait";
import type { Clients } from "./clients";
import type { Creations } from "./creations";
import type { EngineLog } from "./engineLog";
import type { Marking } from "./marking";
import { withRecorded } from "./recorded";

/** The resource that a call is about, with what Pulumi says of it beside its arguments. */
export interface Subject {
  /** Module and name, e.g. `waldur:Snapshot`. */
  type: string;
  identity: Identity;
  /** `customTimeouts`, e.g. `{ create: "1h" }`. */
  timeouts?: Partial<Record<keyof Timeouts, string>> | undefined;
  /** The id of an object that is to be adopted instead of making one. */
  adopts?: string | undefined;
  /** What marks its object, at a check and a create. */
  marking?: Marking | undefined;
  /** Paths of arguments that make no difference, by the option `ignoreChanges`. */
  ignored?: readonly string[] | undefined;
  /** The names of the arguments that hold a secret. */
  secrets: readonly string[];
  /** Takes their values out of what is said about the resource. */
  hide: (text: string) => string;
}

/** What every operation of a front has in common. */
export interface Surroundings {
  clients: Clients;
  log: EngineLog;
  /** The URN of a resource in this front, under which the engine shows what happens to it. */
  urnOf: (type: string, identity: Identity) => string;
  creations: Creations;
  /** Stops every wait. */
  signal?: AbortSignal | undefined;
}

/** Makes the contexts in which operations run. */
export class Contexts {
  readonly #surroundings: Surroundings;
  /** Resources that the stack holds an object of, by URN. */
  readonly #held = new Map<string, Held>();
  /** Ids of objects that the stack holds. */
  readonly #objects = new Set<string>();
  /** How many objects were replaced before that of a resource which the stack holds, by URN. */
  readonly #generations = new Map<string, number>();
  readonly #declared = new Set<string>();

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /**
   * Runs an operation. Whatever it waits for by then, it ends a few seconds after its time limit. When it has ended,
   * the engine has its warnings.
   */
  async within<T>(
    lifecycle: Lifecycle,
    subject: Subject,
    operation: keyof Timeouts,
    run: (context: Context<unknown>) => Promise<T>,
  ): Promise<T> {
    const { clients, log, signal: cancelled } = this.#surroundings;
    const limit = limitOf(lifecycle, subject, operation);
    const { signal, end } = limited(clients.clock, limit, humanDuration(limit), cancelled);
    try {
      return await run(this.of(lifecycle, subject, operation, signal));
    } finally {
      end();
      await log.settled();
    }
  }

  /** The context of one operation. @param signal stops it; by default what stops every operation */
  of(
    lifecycle: Lifecycle,
    subject: Subject,
    operation: keyof Timeouts,
    signal = this.#surroundings.signal,
  ): Context<unknown> {
    const { clients, log, creations } = this.#surroundings;
    const urn = this.urn(subject);
    const { clock } = clients;
    const deadline = clock.now() + limitOf(lifecycle, subject, operation);
    return {
      client: clients.of(lifecycle),
      clock,
      identity: subject.identity,
      replacing: operation === "create" ? this.#held.get(urn) : undefined,
      holds: operation === "delete" ? this.#held.get(urn) : undefined,
      creation:
        subject.marking &&
        creations.of(subject.type, subject.identity, subject.marking, (id) => this.#objects.has(id)),
      // Whatever an operation consists of, its time limit is for the whole of it.
      get timeoutMs() {
        return Math.max(0, deadline - clock.now());
      },
      signal,
      progress: (message) => log.status(urn, subject.hide(message)),
      warn: (message) => log.warn(urn, subject.hide(message)),
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

  /** Notes how many objects were replaced before the one that the stack holds of this resource. */
  noteGeneration(subject: Subject, generation = 0): void {
    this.#generations.set(this.urn(subject), generation);
  }

  /** How many objects were replaced before the one that the stack holds; `undefined` where this run knows of none. */
  generationOf(subject: Subject): number | undefined {
    return this.#generations.get(this.urn(subject));
  }

  /** Notes that the stack holds objects of these ids. */
  noteObjects(ids: readonly string[]): void {
    for (const id of ids) this.#objects.add(id);
  }

  /** Notes that the stack holds objects of these ids no longer. */
  dropObjects(ids: readonly string[]): void {
    for (const id of ids) this.#objects.delete(id);
  }

  /** Asks the server whether it accepts the credentials, once in a run. @throws where it does not */
  verify(lifecycle: Lifecycle, { warn, signal }: Context<unknown>): Promise<void> {
    return this.#surroundings.clients.verify(lifecycle, warn, signal);
  }

  /** The same for a preview. @throws where it does not, once */
  verifyPreview(lifecycle: Lifecycle, { warn, signal }: Context<unknown>): Promise<void> {
    return this.#surroundings.clients.verifyPreview(lifecycle, warn, signal);
  }

  /**
   * Runs what the engine may ask for without a program. Where the server refuses the credentials, the error says which
   * were used.
   */
  async withRecorded<T>(lifecycle: Lifecycle, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      throw this.#declared.size > 0
        ? error
        : withRecorded(error, this.#surroundings.clients.configuredSecrets(lifecycle));
    }
  }

  /** Notes that the program has declared a resource in this run. */
  noteDeclared(subject: Subject): void {
    this.#declared.add(this.urn(subject));
  }

  /** Whether the program has declared a resource in this run. A refresh comes before that, or has no program. */
  declares(subject: Subject): boolean {
    return this.#declared.has(this.urn(subject));
  }

  /** The resource's URN. */
  urn({ type, identity }: Subject): string {
    return this.#surroundings.urnOf(type, identity);
  }
}

/** How long an operation may take, in milliseconds. @throws UserError for a duration that is none */
function limitOf(
  { timeouts = defaultTimeouts }: Lifecycle,
  subject: Subject,
  operation: keyof Timeouts,
): number {
  const custom = subject.timeouts?.[operation];
  return custom ? parseDuration(`customTimeouts.${operation}`, custom) : timeouts[operation] * 1000;
}
