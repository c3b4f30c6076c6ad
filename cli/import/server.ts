import { originOf, readSettings } from "../../provider/core/backend";
import type { Properties } from "../../provider/core/resource/lifecycle";
import type { Io } from "../io";
import type { Importable, Item, Kind } from "./kinds";

/** The server that the environment names, and how to list what is on it. */
export class Server {
  readonly #objects: Importable;
  readonly #client: unknown;
  readonly #io: Io;

  /** @throws UserError for settings that are wrong or not there */
  constructor(objects: Importable, io: Io) {
    const { backend } = objects;
    const configured = () => undefined;
    const settings = readSettings(backend.settings, configured, io.env);
    this.#objects = objects;
    this.#client = backend.connect(settings, io.clock, io, originOf(backend.settings, configured));
    this.#io = io;
  }

  /** Every object that matches, however many pages there are. */
  list(kind: Kind, filters: Properties): Promise<Item[]> {
    const { clock, signal } = this.#io;
    return kind.list(filters, { client: this.#client, clock, signal });
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
