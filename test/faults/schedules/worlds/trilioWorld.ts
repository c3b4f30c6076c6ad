import { startTrilio, type TrilioEmulator } from "../../../../emulator";
import { HookedClock } from "../../../fronts/contract/support/worlds";
import type { VirtualClock } from "../../../support/virtualClock";
import type { Dice } from "../dice";
import { type Answer, type Asked, barePath, type Host } from "../wire/messages";
import { Memory } from "./memory";
import type { FaultWorld, Thing } from "./world";

/** The settings of the package by the variables of OpenStack. */
const names: Record<string, string> = {
  OS_AUTH_URL: "authUrl",
  OS_USERNAME: "username",
  OS_PASSWORD: "password",
  OS_USER_DOMAIN_NAME: "userDomainName",
  OS_PROJECT_NAME: "projectName",
  OS_PROJECT_DOMAIN_NAME: "projectDomainName",
};

/** An emulated Trilio with its Keystone in this process. */
export class TrilioFaultWorld implements FaultWorld {
  readonly backend = "trilio";
  readonly clock: HookedClock;
  readonly hosts: ReadonlyMap<string, Host>;
  readonly #tokens = new Set<string>();

  private constructor(
    readonly emulator: TrilioEmulator,
    time: VirtualClock,
    hosts: ReadonlyMap<string, Host>,
  ) {
    this.clock = new HookedClock(time);
    this.hosts = hosts;
  }

  static async open(time: VirtualClock): Promise<TrilioFaultWorld> {
    const memory = new Memory();
    const emulator = await startTrilio({ clock: time, mount: memory.mount, speed: 5 });
    return new TrilioFaultWorld(emulator, time, memory.hosts);
  }

  get settings(): Record<string, string> {
    const entries = Object.entries(this.emulator.env());
    return Object.fromEntries(
      entries.flatMap(([name, value]) => (names[name] === undefined ? [] : [[names[name], value]])),
    );
  }

  things(): Thing[] {
    const { world, keystone } = this.emulator;
    world.advance();
    for (const token of keystone.tokens.keys()) this.#tokens.add(token);
    return [...world.restores.values()]
      .filter(({ deletion }) => deletion !== "done")
      .map(({ id, name, deletion }) => ({
        kind: "restore",
        id,
        name: name ?? "",
        going: deletion === "running",
      }));
  }

  secrets(): string[] {
    const { keystone } = this.emulator;
    return [...[...keystone.users.values()].map(({ password }) => password), ...this.#tokens];
  }

  revoke(): void {
    this.things();
    this.emulator.keystone.revokeTokens();
  }

  loseRole(): () => void {
    const { users } = this.emulator.keystone;
    const before = new Map([...users.values()].map((user) => [user, user.roles]));
    for (const user of users.values()) user.roles = {};
    this.revoke();
    return () => {
      for (const [user, roles] of before) user.roles = roles;
    };
  }

  /** Somebody else deletes the record of a restore, or none is left. */
  disturb(dice: Dice): void {
    const { world, ids } = this.emulator;
    const seeded = Object.values(ids.restores).filter((id) => world.restores.has(id));
    if (seeded.length > 0) world.restores.delete(dice.pick(seeded));
  }

  twin(): undefined {}

  /** Nothing of Trilio is kept until a date. */
  loseRetention(): void {}

  refusal(status: number): Pick<Answer, "status" | "body"> {
    return { status, body: JSON.stringify({ error: { code: status, message: `refused with ${status}` } }) };
  }

  /** Lists of Trilio have one page. */
  isList({ method, path }: Asked): boolean {
    return method === "GET" && /\/restores\/detail$/.test(barePath(path));
  }

  endless(): Promise<Answer> {
    throw new Error("lists of Trilio have one page");
  }

  capped(asked: Asked): Asked {
    return asked;
  }

  writes(): string[] {
    return this.emulator.writes.map(({ method, route }) => `${method} ${route}`);
  }

  slowDown(): void {}

  hurryUp(): void {}

  pass(): void {}

  removeSnapshot(id: string): void {
    this.emulator.world.snapshots.delete(id);
  }

  async close(): Promise<void> {
    await this.emulator.close();
  }
}
