import { type Backend, readSettings, type Settings } from "../core/backend";
import { type Clock, systemClock } from "../core/clock";

/** The clients of one configuration. */
export class Clients {
  readonly clock: Clock;
  readonly #settings: Settings;
  readonly #known = new Map<string, unknown>();

  constructor(settings: Settings, clock: Clock = systemClock) {
    this.#settings = settings;
    this.clock = clock;
  }

  /** The client of a resource's or look-up's backend, connected on first use. @throws UserError for wrong settings */
  of<Client>({ backend }: { backend: Backend<Client> }): Client {
    let client = this.#known.get(backend.name);
    if (client === undefined) {
      client = backend.connect(readSettings(backend.settings, this.#settings, process.env), this.clock);
      this.#known.set(backend.name, client);
    }
    return client as Client;
  }
}
