import type { WaldurEmulator } from "../../../../emulator";
import type { VirtualClock } from "../../../support/virtualClock";
import type { Host } from "../wire/messages";

/** So long somebody takes who has nothing else to do, in milliseconds. */
const promptMs = 5000;

/** Somebody who approves the orders of an emulated Waldur, some time after they were placed. */
export class Approver {
  readonly #emulator: WaldurEmulator;
  readonly #clock: VirtualClock;
  readonly #noted = new Set<string>();
  #afterMs: number;
  #ask: (uuid: string) => Promise<void> = async () => undefined;

  constructor(emulator: WaldurEmulator, clock: VirtualClock, afterMs: number) {
    this.#emulator = emulator;
    this.#clock = clock;
    this.#afterMs = afterMs;
  }

  /** The servers, with somebody who looks at the orders after every request. */
  around(hosts: ReadonlyMap<string, Host>): Map<string, Host> {
    const watched = [...hosts].map(([origin, host]): [string, Host] => {
      this.#ask = async (uuid) => {
        const path = `/api/marketplace-orders/${uuid}/approve_by_consumer/`;
        const headers = { authorization: `Token ${this.#emulator.tokens.staff}` };
        await host({ origin, method: "POST", path, headers, body: "" });
      };
      const look: Host = async (asked) => {
        const answer = await host(asked);
        this.#note();
        return answer;
      };
      return [origin, look];
    });
    return new Map(watched);
  }

  /** From now on they are approved promptly; those that wait are at once. */
  hurryUp(): void {
    this.#afterMs = promptMs;
    for (const uuid of this.#waiting()) void this.#ask(uuid);
  }

  #note(): void {
    for (const uuid of this.#waiting()) {
      if (this.#noted.has(uuid)) continue;
      this.#noted.add(uuid);
      this.#clock.alarm(this.#afterMs, () => void this.#ask(uuid));
    }
  }

  #waiting(): string[] {
    const orders = [...this.#emulator.world.orders.values()];
    return orders.filter(({ state }) => state === "pending-consumer").map(({ uuid }) => uuid);
  }
}
