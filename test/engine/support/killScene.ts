import { expect, vi } from "vitest";
import { startTrilio, startWaldur, type TrilioEmulator, type WaldurEmulator } from "../../../emulator";
import { restoration, snapshot, volume } from "./scenario";
import { Stack } from "./stack";
import { threeKinds } from "./trilio";

/** So many times faster than a real server: a snapshot takes 1.2 s, a restore of Trilio 1.5 s. */
const [speed, trilioSpeed] = [10, 400];

/** A stack with something of everything that is made by a request of its own, on a Waldur and a Trilio. */
export class KillScene {
  readonly #seeded: ReadonlySet<string>;

  private constructor(
    readonly waldur: WaldurEmulator,
    readonly trilio: TrilioEmulator,
    readonly stack: Stack,
  ) {
    this.#seeded = new Set(this.#objects().map(({ id }) => id));
  }

  /** Opens one, and closes it at the end. */
  static async with(run: (scene: KillScene) => Promise<void>): Promise<void> {
    const waldur = await startWaldur({ speed, maxProvisioning: Number.POSITIVE_INFINITY });
    const trilio = await startTrilio({ speed: trilioSpeed });
    const stack = await Stack.create({
      config: { waldurApiUrl: `${waldur.url}/api/` },
      env: { WALDUR_ACCESS_TOKEN: waldur.tokens.owner, ...trilio.env() },
    });
    try {
      await run(new KillScene(waldur, trilio, stack));
    } finally {
      stack.dispose();
      await Promise.all([waldur.close(), trilio.close()]);
    }
  }

  /** Declares all of it. @returns how many resources that are, the stack itself included */
  declare(): number {
    const { waldur, trilio } = this;
    const [all, chosen] = threeKinds(trilio);
    const resources = [
      volume(waldur, { name: "killed-data" }),
      snapshot(waldur, { name: "killed-snapshot" }),
      snapshot(waldur, {}, "unnamed"),
      restoration(waldur, { name: "killed-copy" }),
      ...[all, chosen].filter((each) => each !== undefined),
    ];
    this.stack.declare(resources);
    return resources.length + 1;
  }

  /** How many requests have come. */
  requests(): number {
    return this.waldur.requests.length + this.trilio.requests.length;
  }

  /** The requests that could change something. */
  writes(): string[] {
    return [...this.waldur.writes, ...this.trilio.writes].map(({ route }) => route);
  }

  /** Has every answer to a write come so many milliseconds late. */
  slowDown(ms: number): void {
    const rule = { method: ["POST", "DELETE"], times: Number.POSITIVE_INFINITY };
    this.waldur.faults.add({ ...rule, action: { kind: "delay", ms } });
    this.trilio.faults.add({ ...rule, action: { kind: "delay", ms } });
  }

  /** Answers come as soon as they can again. */
  hurryUp(): void {
    this.waldur.faults.clear();
    this.trilio.faults.clear();
  }

  /** Resolves once nothing is being deleted any more. */
  async quiet(): Promise<void> {
    await vi.waitFor(() => {
      const { world } = this.waldur;
      world.advance();
      const all = [...world.volumes.values(), ...world.snapshots.values()];
      expect(all.filter(({ state }) => state.startsWith("Delet"))).toEqual([]);
    }, 30_000);
  }

  /** What is there and not in the state, and what is in the state and not there. */
  compared(): { forgotten: string[]; missing: string[] } {
    // Of all others the id is that of what was made.
    const held = Object.values(this.stack.resources()).map(({ type, id, outputs }) =>
      String(type.endsWith("waldur:SnapshotRestoration") ? outputs.volumeId : id),
    );
    const made = this.#objects().filter(({ id }) => !this.#seeded.has(id));
    return {
      forgotten: made.filter(({ id }) => !held.includes(id)).map(({ name }) => name),
      missing: held.filter((id) => !made.some((object) => object.id === id)),
    };
  }

  /** Everything on the servers that nobody is deleting. */
  #objects(): { id: string; name: string }[] {
    const { world } = this.waldur;
    world.advance();
    this.trilio.world.advance();
    const rows = [...world.volumes.values(), ...world.snapshots.values()];
    const there = rows.filter(({ state }) => !state.startsWith("Delet"));
    const restores = [...this.trilio.world.restores.values()].filter(({ deletion }) => deletion === "none");
    return [
      ...there.map(({ uuid: id, name }) => ({ id, name })),
      ...restores.map(({ id, name }) => ({ id, name: name ?? "" })),
    ];
  }
}
