import {
  type Backend,
  ownSurroundings,
  readSettings,
  type Settings,
  type Surroundings,
} from "../core/backend";
import { type Clock, systemClock } from "../core/clock";

/** The clients of one configuration. */
export class Clients {
  readonly clock: Clock;
  readonly #settings: Settings;
  readonly #where: Surroundings | undefined;
  readonly #known = new Map<string, unknown>();

  /** @param where those of the process, as they are when a client is first needed, by default */
  constructor(settings: Settings, clock: Clock = systemClock, where?: Surroundings) {
    this.#settings = settings;
    this.clock = clock;
    this.#where = where;
  }

  /** The client of a resource's or look-up's backend, connected on first use. @throws UserError for wrong settings */
  of<Client>({ backend }: { backend: Backend<Client> }): Client {
    let client = this.#known.get(backend.name);
    if (client === undefined) {
      const where = this.#where ?? ownSurroundings();
      client = backend.connect(readSettings(backend.settings, this.#settings, where.env), this.clock, where);
      this.#known.set(backend.name, client);
    }
    return client as Client;
  }
}
