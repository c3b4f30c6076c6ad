import { readSettings } from "../../provider/core/backend";
import { type Clock, systemClock } from "../../provider/core/clock";
import type { Properties } from "../../provider/core/lifecycle";
import type { Kind, Row, Source } from "./kinds";

/** The server that the environment names, and how to list what is on it. */
export class Server {
  readonly #source: Source;
  readonly #client: unknown;
  readonly #clock: Clock = systemClock;

  /** @throws UserError for settings that are wrong or not there */
  constructor(source: Source, env: NodeJS.ProcessEnv) {
    const { backend } = source;
    this.#source = source;
    this.#client = backend.connect(
      readSettings(backend.settings, () => undefined, env),
      this.#clock,
    );
  }

  /** Every object that matches, however many pages there are. */
  async list({ lookup, plural, rowOf }: Kind, filters: Properties): Promise<Row[]> {
    const found = await lookup.invoke(filters, { client: this.#client, clock: this.#clock });
    return ((found as Record<string, unknown[]>)[plural] ?? []).map(rowOf);
  }

  /** The volumes that snapshots were taken of, by one list for each project and not by a request for each. */
  async sourceVolumes(snapshots: readonly Row[]): Promise<Row[]> {
    const { kinds, byProject } = this.#source;
    const wanted = new Set(snapshots.map(({ sourceVolume }) => sourceVolume));
    const projects = new Set(snapshots.flatMap(({ project }) => project ?? []));
    const lists = [...projects].map((project) => this.list(kinds.volumes, { [byProject]: project }));
    return (await Promise.all(lists)).flat().filter(({ uuid }) => wanted.has(uuid));
  }
}
