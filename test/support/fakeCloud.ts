import { ApiError } from "../../provider/core/errors";
import { type Meaning, untilGone } from "../../provider/core/resource/goals";
import type { Context } from "../../provider/core/resource/lifecycle";
import { isRefusal, type ObjectAdapter, RemoteObjects } from "../../provider/core/resource/object";
import { Experience } from "../../provider/core/wait/experience";
import { someDay, VirtualClock } from "./virtualClock";

/** An object of the fake cloud. */
export interface FakeRow {
  id: string;
  state: string;
  name?: string | undefined;
  reason?: string | undefined;
  keptUntil?: string | undefined;
  created?: string | undefined;
}

const meanings: Record<string, Meaning> = { OK: "ready", ERRED: "failed", GOING: "gone" };

/** A cloud of a few objects on a virtual clock, for what the core does with those of any backend. */
export class FakeCloud {
  readonly clock = new VirtualClock(undefined, someDay);
  readonly experience = new Experience();
  readonly rows = new Map<string, FakeRow>();
  /** When an object was read in full, in ms since the beginning. */
  readonly reads: number[] = [];
  /** When an object was polled, in the same time. */
  readonly polls: number[] = [];
  /** How many watches are open. */
  watches = 0;
  /** How many of the next reads and polls find nothing, although it is there. */
  stale = 0;
  /** What the list shows although it is gone, by id. */
  readonly ghosts = new Set<string>();
  /** Projects that the credentials see. */
  readonly projects = new Set(["ours"]);
  /** When the list or a project was asked for, in ms since the beginning. */
  readonly witnessed: number[] = [];
  /** Errors that the next reads end with. */
  readonly failures: Error[] = [];
  readonly progress: string[] = [];
  readonly warnings: string[] = [];
  readonly #plans: { at: number; change: () => void }[] = [];

  /** Puts an object there. */
  put(row: Partial<FakeRow> = {}): FakeRow {
    const whole = { id: "7", name: "nightly", state: "OK", ...row };
    this.rows.set(whole.id, whole);
    return whole;
  }

  /** Changes an object in so many milliseconds; `undefined` removes it. */
  later(ms: number, change: Partial<FakeRow> | undefined, id = "7"): void {
    const act = () => {
      const row = this.rows.get(id);
      if (change === undefined) this.rows.delete(id);
      else if (row) this.rows.set(id, { ...row, ...change });
    };
    this.#plans.push({ at: this.clock.elapsed + ms, change: act });
  }

  /** An object as it is now. */
  now(id: string): FakeRow | undefined {
    for (const plan of this.#plans.filter(({ at }) => at <= this.clock.elapsed)) {
      this.#plans.splice(this.#plans.indexOf(plan), 1);
      plan.change();
    }
    if (this.stale > 0) {
      this.stale -= 1;
      return undefined;
    }
    return this.rows.get(id);
  }

  /** What operations work with. */
  context(timeoutMs = 600_000, signal?: AbortSignal): Context<this> {
    return {
      client: this,
      clock: this.clock,
      identity: { project: "p", stack: "s", name: "nightly" },
      timeoutMs,
      signal,
      progress: (message) => this.progress.push(message),
      warn: (message) => this.warnings.push(message),
    };
  }
}

/** An answer of the fake cloud that is an error. */
export const refusal = (status: number) =>
  new ApiError({ method: "PATCH", path: "/x", status, reason: `words of ${status}`, json: true });

/** How the core reaches the objects of the fake cloud. */
export const fakeAdapter: ObjectAdapter<FakeCloud, { snapshot: FakeRow; volume: FakeRow }, FakeRow> = {
  async read({ client }, { id }) {
    client.reads.push(client.clock.elapsed);
    const failure = client.failures.shift();
    if (failure) throw failure;
    return client.now(id);
  },
  watch(client, { id }) {
    client.watches += 1;
    return {
      poll: async () => {
        client.polls.push(client.clock.elapsed);
        return client.now(id);
      },
      close: () => {
        client.watches -= 1;
      },
    };
  },
  seen: (_, { state, reason }) => ({ state, meaning: meanings[state] ?? "working", reason }),
  isNotFound: (error) => isRefusal(error, [404]),
  isBusyRefusal: (error) => isRefusal(error, [409]),
  experience: ({ experience }) => experience,
  untilGone: () => untilGone(({ meaning }) => meaning === "failed" || undefined),
  reasonFor: async (_, { seen }) => seen.reason,
  serverNow: ({ clock }) => clock.now(),
  async isListed({ client }, { id }) {
    client.witnessed.push(client.clock.elapsed);
    return client.rows.has(id) || client.ghosts.has(id);
  },
  async whyUnseen({ client }, { project = "none" }) {
    client.witnessed.push(client.clock.elapsed);
    return client.projects.has(project) ? undefined : `neither is its project ${project}`;
  },
};

/** The objects of the fake cloud. */
export const fakeObjects = new RemoteObjects(fakeAdapter);
