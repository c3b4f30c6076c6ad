import type { VirtualClock } from "../../../support/virtualClock";
import type { Fault, Wire } from "../kinds";
import type { RunProcess } from "../runs/process";
import type { FaultWorld } from "../worlds/world";
import type { Carrier } from "./dispatcher";
import { type Answer, type Asked, type Delivery, isRead, isSignIn } from "./messages";
import { Replica } from "./replica";

/** So long a request is on its way, in milliseconds. */
const latencyMs = 20;

/** Who wants to know what happens. */
export interface Told {
  note(line: string): void;
  /** Is around whatever somebody else changes. */
  others(change: () => void): void;
}

/** Stands between the provider and the servers, and does to requests what a schedule says. */
export class FaultyProxy {
  /** Whether faults happen. */
  faulty = true;
  /** How often each fault happened, by its kind. */
  readonly injected = new Map<string, number>();
  /** Requests to hosts that nobody named. */
  readonly strangers: string[] = [];
  /** Requests that the servers are at. */
  #busy = 0;
  readonly #replica: Replica;
  readonly #left: { fault: Fault; skip: number; times: number }[];

  constructor(
    readonly world: FaultWorld,
    readonly clock: VirtualClock,
    faults: readonly Fault[],
    /** The longest page that the server gives; absent: as long as it is asked for. */
    readonly pageLength: number | undefined,
    readonly told: Told,
  ) {
    this.#replica = new Replica(world, () => clock.now());
    this.#left = faults.map((fault) => ({ fault, skip: fault.skip, times: fault.times }));
  }

  /** Whether a server is still at a request. */
  get busy(): boolean {
    return this.#busy > 0;
  }

  /** The network as a process has it. */
  carrierOf(process: RunProcess): Carrier {
    return async (asked) => {
      const line = `${asked.method} ${asked.path}`;
      await process.alive();
      await this.clock.sleep(latencyMs);
      await process.alive();
      if (!this.world.hosts.has(asked.origin)) {
        this.strangers.push(`${line} to ${asked.origin}`);
        return { broken: "ECONNREFUSED" };
      }
      const fault = this.faulty ? this.#take(asked) : undefined;
      if (fault !== undefined) this.injected.set(fault.kind, (this.injected.get(fault.kind) ?? 0) + 1);
      const delivery = await this.#carried(asked, fault, process);
      this.told.note(
        `${line} ${bodyOf(asked)}-> ${shown(delivery)}${fault ? `  [${fault.kind}: ${fault.label}]` : ""}`,
      );
      await process.alive();
      return delivery;
    };
  }

  #carried(asked: Asked, fault: Fault | undefined, process: RunProcess): Promise<Delivery> {
    const wire = this.#wire(asked, process);
    return fault === undefined ? wire.commit().then((answer) => ({ answer })) : fault.carry(wire);
  }

  #wire(asked: Asked, process: RunProcess): Wire {
    const { world, clock, pageLength } = this;
    const sent = pageLength !== undefined && world.isList(asked) ? world.capped(asked, pageLength) : asked;
    return {
      asked: sent,
      world,
      clock,
      commit: () => this.#commit(sent),
      commitLater: (ms) => {
        void clock.sleep(ms).then(async () => {
          const { status } = await this.#commit(sent);
          this.told.note(`${sent.method} ${sent.path} was carried out only now: ${status}`);
        });
      },
      stale: (behindMs) => this.#replica.answer(sent, behindMs, (other) => this.#ask(other)),
      others: (change) => this.told.others(change),
      kill: () => process.kill(),
      interrupt: () => process.interrupt(),
    };
  }

  async #commit(asked: Asked): Promise<Answer> {
    const answer = await this.#ask(asked);
    this.#replica.note(asked, answer);
    return answer;
  }

  async #ask(asked: Asked): Promise<Answer> {
    const host = this.world.hosts.get(asked.origin);
    if (host === undefined) throw new Error(`nobody answers at ${asked.origin}`);
    this.#busy += 1;
    try {
      return await host(asked);
    } finally {
      this.#busy -= 1;
    }
  }

  /** The first fault whose turn it is. */
  #take(asked: Asked): Fault | undefined {
    for (const entry of this.#left) {
      if (entry.times === 0 || !this.#hits(entry.fault, asked)) continue;
      if (entry.skip > 0) {
        entry.skip -= 1;
        continue;
      }
      entry.times -= 1;
      return entry.fault;
    }
    return undefined;
  }

  #hits({ scope, fits }: Fault, asked: Asked): boolean {
    const signIn = isSignIn(asked);
    const inScope = {
      any: true,
      signIn,
      service: !signIn,
      read: !signIn && isRead(asked),
      write: !signIn && !isRead(asked),
    }[scope];
    return inScope && (fits?.(asked, this.world) ?? true);
  }
}

function bodyOf(asked: Asked): string {
  return asked.body === "" || isSignIn(asked) ? "" : `${asked.body} `;
}

function shown(delivery: Delivery): string {
  if (delivery === "silence") return "silence";
  if ("broken" in delivery) return delivery.broken;
  const { answer, cut, drip } = delivery;
  const length = cut === undefined ? "" : `, ${cut} of ${answer.body.length} bytes`;
  const body = answer.body.length > 160 ? `${answer.body.slice(0, 160)}...` : answer.body;
  return `${answer.status}${length}${drip ? ", slowly" : ""} ${body}`;
}
