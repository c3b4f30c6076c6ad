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
  readonly #where: Surroundings;
  readonly #known = new Map<string, unknown>();

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
      client = backend.connect(settings, this.clock, this.#where);
      this.#known.set(backend.name, client);
    }
    return client as Client;
  }
}
