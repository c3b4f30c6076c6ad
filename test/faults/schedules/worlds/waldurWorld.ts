import { startWaldur, type WaldurEmulator } from "../../../../emulator";
import { HookedClock } from "../../../fronts/contract/support/worlds";
import type { VirtualClock } from "../../../support/virtualClock";
import type { Dice } from "../dice";
import type { Answer, Asked, Host } from "../wire/messages";
import { Approver } from "./approver";
import { Memory } from "./memory";
import { atMost, queryOf, withQuery } from "./queries";
import type { FaultWorld, Thing } from "./world";

const reasons: Record<number, string> = {
  401: "Invalid token.",
  403: "You do not have permission to perform this action.",
  409: "Valid states for operation: OK.",
  429: "Request was throttled. Expected available in 7 seconds.",
};

/** So many snapshots and volumes of somebody else's are there, for lists of several pages. */
const neighbours = 7;

/** An emulated Waldur in this process, which does by itself what a real one does. */
export class WaldurFaultWorld implements FaultWorld {
  readonly backend = "waldur";
  readonly clock: HookedClock;
  readonly hosts: ReadonlyMap<string, Host>;
  #made = 0;

  private constructor(
    readonly emulator: WaldurEmulator,
    readonly time: VirtualClock,
    hosts: ReadonlyMap<string, Host>,
    private readonly approver?: Approver,
  ) {
    this.clock = new HookedClock(time);
    this.hosts = hosts;
    for (let count = 0; count < neighbours; count++) this.#addNeighbour();
  }

  static async open(time: VirtualClock, approvalMs?: number): Promise<WaldurFaultWorld> {
    const memory = new Memory();
    const approval = approvalMs !== undefined;
    const emulator = await startWaldur({ clock: time, mount: memory.mount, approval });
    if (approvalMs === undefined) return new WaldurFaultWorld(emulator, time, memory.hosts);
    const approver = new Approver(emulator, time, approvalMs);
    return new WaldurFaultWorld(emulator, time, approver.around(memory.hosts), approver);
  }

  get settings(): Record<string, string> {
    return { waldurApiUrl: this.emulator.url, waldurAccessToken: this.emulator.tokens.owner };
  }

  things(): Thing[] {
    const { world } = this.emulator;
    world.advance();
    const volumes = [...world.volumes.values()];
    return [
      ...volumes.map(({ uuid: id, name, state }) => ({ kind: "volume", id, name, going: isGoing(state) })),
      ...volumes.flatMap(({ uuid, name, instanceUuid, action }) =>
        instanceUuid === null
          ? []
          : [{ kind: "attachment", id: `${uuid}/${instanceUuid}`, name, going: action === "Detach" }],
      ),
      ...[...world.snapshots.values()].map(({ uuid: id, name, state, keptUntil }) => {
        const until = Date.parse(keptUntil ?? "");
        const kept = Number.isNaN(until) ? undefined : until;
        return { kind: "snapshot", id, name, keptUntil: kept, going: isGoing(state) };
      }),
      ...[...world.orders.values()]
        .filter(({ type, state }) => type === "Create" && state === "pending-consumer")
        .map(({ uuid: id, name }) => ({ kind: "order", id, name, going: false })),
    ];
  }

  secrets(): string[] {
    return Object.values(this.emulator.tokens);
  }

  revoke(): void {}

  loseRole(): () => void {
    const user = [...this.emulator.world.users.values()].find(({ username }) => username === "owner");
    if (user === undefined) throw new Error("the emulator has no owner");
    const { roles } = user;
    user.roles = {};
    return () => {
      user.roles = roles;
    };
  }

  disturb(dice: Dice): void {
    const { world } = this.emulator;
    const kind = dice.pick(["snapshots", "volumes"] as const);
    const neighbour = [...world[kind].values()].find(({ name }) => name.startsWith("neighbour"));
    if (neighbour === undefined || dice.chance(0.3)) this.#addNeighbour();
    else world[kind].delete(neighbour.uuid);
  }

  twin(asked: Asked): string | undefined {
    const { name } = JSON.parse(asked.body || "{}") as { name?: string };
    if (name === undefined || !/\/(snapshot|restore)\/$/.test(asked.path)) return undefined;
    const kind = asked.path.endsWith("/snapshot/") ? "snapshots" : "volumes";
    return this.#add(kind, name, kind === "snapshots" ? { sourceVolumeUuid: uuidIn(asked) } : {});
  }

  loseRetention(dice: Dice): void {
    const value = dice.pick([null, "", "soon"]);
    for (const snapshot of this.emulator.world.snapshots.values())
      if (snapshot.keptUntil !== null) snapshot.keptUntil = value;
  }

  refusal(status: number): Pick<Answer, "status" | "body"> {
    return { status, body: JSON.stringify({ detail: reasons[status] ?? `${status}` }) };
  }

  async endless(asked: Asked): Promise<Answer> {
    const page = Number(queryOf(asked).get("page") ?? 1);
    const first = withQuery(asked, (query) => query.delete("page"));
    const answer = await this.#answer(first);
    const next = withQuery(asked, (query) => query.set("page", String(page + 1)));
    return {
      ...answer,
      headers: { ...answer.headers, link: `<${asked.origin}${next.path}>; rel="next"` },
    };
  }

  isList({ method, path }: Asked): boolean {
    return method === "GET" && /^\/api\/[a-z-]+\/(\?|$)/.test(path);
  }

  capped(asked: Asked, length: number): Asked {
    return atMost(asked, "page_size", length);
  }

  writes(): string[] {
    return this.emulator.writes.map(({ route }) => route);
  }

  slowDown(): void {}

  hurryUp(): void {
    this.approver?.hurryUp();
  }

  pass(): void {}

  removeSnapshot(id: string): void {
    this.emulator.world.snapshots.delete(id);
  }

  async close(): Promise<void> {
    await this.emulator.close();
  }

  async #answer(asked: Asked): Promise<Answer> {
    const host = this.hosts.get(asked.origin);
    if (host === undefined) throw new Error(`nobody answers at ${asked.origin}`);
    return host(asked);
  }

  #addNeighbour(): void {
    this.#made += 1;
    this.#add("snapshots", `neighbour-${this.#made}`, {});
    this.#add("volumes", `neighbour-${this.#made}`, {});
  }

  /** Puts an object there that is like one of the seed. @returns its uuid */
  #add(kind: "snapshots" | "volumes", name: string, changes: { sourceVolumeUuid?: string }): string {
    const { world } = this.emulator;
    const backendId = `cloud-${name}-${this.#made}`;
    const [row, like] =
      kind === "snapshots"
        ? [
            world.newRow("snapshot", name),
            world.snapshots.get(this.emulator.uuid("snapshots", "seed-snap-1")),
          ]
        : [world.newRow("volume", name), world.volumes.get(this.emulator.uuid("volumes", "data-3"))];
    if (like === undefined) throw new Error("the seed has changed");
    const made = { ...like, ...row, ...changes, backendId };
    (world[kind] as Map<string, typeof made>).set(row.uuid, made);
    world.cloud[kind].set(backendId, { name, description: "", size: like.size, status: like.runtimeState });
    return row.uuid;
  }
}

function isGoing(state: string): boolean {
  return state.startsWith("Delet");
}

function uuidIn({ path }: Asked): string {
  return /[0-9a-f]{32}/.exec(path)?.[0] ?? "";
}
