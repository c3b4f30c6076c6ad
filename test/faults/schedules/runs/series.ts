import { allLifecycles } from "../../../../provider/registry";
import { type NotYet, notYetHeld } from "../notYetHeld";
import { generate } from "./generate";
import { runSchedule } from "./run";
import type { Report } from "./schedule";
import { broken, described, replayOf } from "./show";
import { shrink } from "./shrink";

/** So many schedules `npm test` runs, of all kinds of resources together. */
const schedules = 500;

/** The seeds of a kind of resource among those of `npm test`. */
function seedsOf(type: string): number[] {
  const turn = allLifecycles.findIndex((lifecycle) => lifecycle.type === type);
  return Array.from({ length: schedules }, (_, seed) => seed).filter(
    (seed) => seed % allLifecycles.length === turn,
  );
}

/** What came of the schedules of `npm test` for a backend so far. */
export class Series {
  readonly #listed: readonly NotYet[];
  readonly #seen = new Set<NotYet>();

  /** @param backend `waldur`, `cinder` or `trilio` */
  constructor(backend: string) {
    this.#listed = notYetHeld.filter((entry) => entry.backend === backend);
  }

  /**
   * Runs the schedules of a kind of resource.
   *
   * @throws Error for the first that breaks what is not listed, made as simple as it can be, with all that happened
   */
  async run(type: string): Promise<void> {
    for (const seed of seedsOf(type)) {
      const report = await runSchedule(generate(seed));
      if (!this.#isListed(report)) throw new Error(await explained(report));
    }
  }

  /** What is listed as not yet held, and holds. */
  held(): NotYet[] {
    return this.#listed.filter((entry) => !this.#seen.has(entry));
  }

  /** Whether all that is broken is listed for one of the faults that happened. */
  #isListed({ violations, injected }: Report): boolean {
    return violations.every(({ invariant }) => {
      const fitting = this.#listed.filter(
        (entry) => entry.invariant === invariant && entry.faults.some((fault) => injected.has(fault)),
      );
      for (const entry of fitting) this.#seen.add(entry);
      return fitting.length > 0;
    });
  }
}

async function explained(report: Report): Promise<string> {
  const simple = await shrink(report);
  const { schedule, history } = simple;
  return [described(schedule), broken(simple), `replay: ${replayOf(schedule)}`, ...history].join("\n");
}
