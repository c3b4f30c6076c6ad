import { readSettings } from "../../provider/core/backend";
import { type Clock, systemClock } from "../../provider/core/clock";
import type { Properties } from "../../provider/core/lifecycle";
import { uuidIn } from "../../provider/core/values";
import { waldur } from "../../provider/waldur/backend";
import type { WaldurClient } from "../../provider/waldur/client";
import { type Kind, kinds, type Row } from "./kinds";

/** The server that the environment names, and how to list what is on it. */
export class Server {
  readonly #client: WaldurClient;
  readonly #clock: Clock = systemClock;

  /** @throws UserError for settings that are wrong or not there */
  constructor(env: NodeJS.ProcessEnv) {
    const settings = readSettings(waldur.settings, () => undefined, env);
    this.#client = waldur.connect(settings, this.#clock);
  }

  /** Every object that matches, however many pages there are. */
  async list({ lookup, plural }: Kind, filters: Properties): Promise<Row[]> {
    const found = await lookup.invoke(filters, { client: this.#client, clock: this.#clock });
    return (found as Record<string, Row[]>)[plural] ?? [];
  }

  /** The volumes that snapshots were taken of, by one list for each project and not by a request for each. */
  async sourceVolumes(snapshots: readonly Row[]): Promise<Row[]> {
    const wanted = new Set(snapshots.map(({ sourceVolume }) => uuidIn(sourceVolume)));
    const projects = new Set(snapshots.flatMap((row) => row.projectUuid ?? uuidIn(row.project) ?? []));
    const lists = [...projects].map((projectUuid) => this.list(kinds.volumes, { projectUuid }));
    return (await Promise.all(lists)).flat().filter(({ uuid }) => wanted.has(uuid));
  }
}
