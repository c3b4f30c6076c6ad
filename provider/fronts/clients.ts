import { abortable } from "../core/abortable";
import {
  type Backend,
  configuredSecrets,
  originOf,
  ownSurroundings,
  readSettings,
  type Settings,
  type Surroundings,
} from "../core/backend";
import { type Clock, systemClock } from "../core/clock";
import { limited, TimeLimitError } from "../core/deadline";
import { isTransient, messageOf } from "../core/errors";

/** So long a server that does not answer is waited for before the run goes on without knowing, in milliseconds. */
const patienceMs = 30_000;

/** The clients of one configuration. */
export class Clients {
  readonly clock: Clock;
  readonly #settings: Settings;
  readonly #where: Surroundings;
  readonly #known = new Map<string, unknown>();
  /** Errors that a preview has told. */
  readonly #told = new WeakSet<Error>();
  readonly #verified = new Map<string, Promise<void>>();

  /** @param where files and variables are looked for; those of the process by default */
  constructor(settings: Settings, clock: Clock = systemClock, where: Surroundings = ownSurroundings()) {
    this.#settings = settings;
    this.#where = where;
    this.clock = clock;
  }

  /** The client of a resource's or look-up's backend, connected on first use. @throws UserError for wrong settings */
  of<Client>({ backend }: { backend: Backend<Client> }): Client {
    let client = this.#known.get(backend.name);
    if (client === undefined) {
      const settings = readSettings(backend.settings, this.#settings, this.#where.env);
      client = backend.connect(settings, this.clock, this.#where, originOf(backend.settings, this.#settings));
      this.#known.set(backend.name, client);
    }
    return client as Client;
  }

  /**
   * Asks the server once whether it accepts the credentials. What asking again later may help with is no error here:
   * who only looks ahead can do that without the server.
   *
   * @param warn is told, once, where the server gives no answer
   * @throws ApiError, UserError where the credentials or the address are wrong
   */
  verify<Client>(
    user: { backend: Backend<Client> },
    warn: (message: string) => void,
    signal?: AbortSignal,
  ): Promise<void> {
    const { backend } = user;
    let asked = this.#verified.get(backend.name);
    if (asked === undefined) {
      asked = this.#verify(backend, this.of(user), warn);
      this.#verified.set(backend.name, asked);
    }
    return abortable(asked, signal);
  }

  /** The same for a preview, which fails as a whole: a failure is told once, however many resources ask. */
  async verifyPreview(...of: Parameters<Clients["verify"]>): Promise<void> {
    try {
      await this.verify(...of);
    } catch (error) {
      if (error instanceof Error && this.#told.has(error)) return;
      if (error instanceof Error) this.#told.add(error);
      throw error;
    }
  }

  async #verify<Client>(backend: Backend<Client>, client: Client, warn: (message: string) => void) {
    const { signal, end } = limited(this.clock, patienceMs, `${patienceMs / 1000} s`);
    try {
      await backend.verify(client, signal);
    } catch (error) {
      if (!isTransient(error) && !(error instanceof TimeLimitError)) throw error;
      warn(`the credentials could not be checked: ${messageOf(error)}`);
    } finally {
      end();
    }
  }

  /** The names of a backend's credentials that come from the provider's configuration. */
  configuredSecrets({ backend }: { backend: Backend<unknown> }): string[] {
    return configuredSecrets(backend.settings, this.#settings);
  }
}
