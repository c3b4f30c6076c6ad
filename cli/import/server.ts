import { readSettings } from "../../provider/core/backend";
import { type Clock, systemClock } from "../../provider/core/clock";
import type { Properties } from "../../provider/core/resource/lifecycle";
import type { Importable, Item, Kind } from "./kinds";

/** The server that the environment names, and how to list what is on it. */
export class Server {
  readonly #objects: Importable;
  readonly #client: unknown;
  readonly #clock: Clock = systemClock;

  /** @throws UserError for settings that are wrong or not there */
  constructor(objects: Importable, env: NodeJS.ProcessEnv) {
    const { backend } = objects;
    this.#objects = objects;
    this.#client = backend.connect(
      readSettings(backend.settings, () => undefined, env),
      this.#clock,
    );
  }

  /** Every object that matches, however many pages there are. */
  list(kind: Kind, filters: Properties): Promise<Item[]> {
    return kind.list(filters, { client: this.#client, clock: this.#clock });
  }

  /** The volumes that snapshots were taken of. @param filters those that found the snapshots */
  async sourceVolumes(snapshots: readonly Item[], filters: Properties): Promise<Item[]> {
    const { kinds, volumesOf } = this.#objects;
    const wanted = new Set(snapshots.map(({ volumeId }) => volumeId));
    const lists = volumesOf(snapshots, filters).map((each) => this.list(kinds.volumes, each));
    const found = (await Promise.all(lists)).flat().filter(({ id }) => wanted.has(id));
    return [...new Map(found.map((volume) => [volume.id, volume])).values()];
  }
}
