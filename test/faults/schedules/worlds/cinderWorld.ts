import { HookedClock } from "../../../fronts/contract/support/worlds";
import { CinderDesk, type Row } from "../../../support/cinderDesk";
import { CloudStage, demoPassword } from "../../../support/cloudStage";
import { SkippingClock } from "../../../support/skippingClock";
import type { VirtualClock } from "../../../support/virtualClock";
import type { Dice } from "../dice";
import type { Answer, Asked, Host } from "../wire/messages";
import { stepHost } from "../wire/stepHost";
import { CinderService } from "./cinderService";
import { Memory } from "./memory";
import { atMost, withQuery } from "./queries";
import type { FaultWorld, Thing } from "./world";

const kinds: Record<number, [string, string]> = {
  401: ["unauthorized", "The request you have made requires authentication."],
  403: ["forbidden", "Policy doesn't allow this to be performed."],
  409: ["conflictingRequest", "The resource is being changed by somebody else."],
  429: ["overLimit", "This request was rate-limited."],
};

const neighbours = 7;

/** A small Cinder in this process, which takes its time. */
export class CinderFaultWorld implements FaultWorld {
  readonly backend = "cinder";
  readonly clock: HookedClock;
  readonly hosts: ReadonlyMap<string, Host>;
  readonly #service: CinderService;
  #made = 0;

  private constructor(
    readonly desk: CinderDesk,
    time: VirtualClock,
    hosts: ReadonlyMap<string, Host>,
  ) {
    this.clock = new HookedClock(time);
    this.hosts = hosts;
    this.#service = new CinderService(desk, time);
    this.volume("shop");
    for (let count = 0; count < neighbours; count++) this.#addNeighbour();
  }

  static async open(time: VirtualClock): Promise<CinderFaultWorld> {
    const memory = new Memory();
    const desk = await new CinderDesk(new CloudStage(new StageClock(time))).open(memory.next());
    memory.add(stepHost((seen) => desk.stage.answer(seen)));
    return new CinderFaultWorld(desk, time, memory.hosts);
  }

  get settings(): Record<string, string> {
    return this.desk.settings;
  }

  /** The id of a volume of this name; it is there from now on. */
  readonly volume = (name: string): string => this.#planted("volume", name);

  /** The id of a snapshot of this name; it is there from now on. */
  readonly snapshot = (name: string): string => this.#planted("snapshot", name);

  things(): Thing[] {
    this.#service.advance();
    const { volumes, snapshots } = this.desk;
    return [
      ...[...volumes.values()].map((row) => thing("volume", row)),
      ...[...snapshots.values()].map((row) => thing("snapshot", row)),
    ];
  }

  secrets(): string[] {
    return [demoPassword, ...this.desk.stage.issued];
  }

  revoke(): void {
    this.desk.stage.revoke();
  }

  loseRole(): () => void {
    const { stage } = this.desk;
    const { service } = stage;
    stage.service = () => this.refusal(403);
    return () => {
      stage.service = service;
    };
  }

  disturb(dice: Dice): void {
    const rows = dice.chance(0.5) ? this.desk.snapshots : this.desk.volumes;
    const neighbour = [...rows.values()].find(({ name }) => String(name).startsWith("neighbour"));
    if (neighbour === undefined || dice.chance(0.3)) this.#addNeighbour();
    else rows.delete(neighbour.id);
  }

  twin({ method, path, body }: Asked): string | undefined {
    const kind = /\/snapshots$/.test(path) ? "snapshot" : "volume";
    if (method !== "POST" || !/\/(snapshots|volumes)$/.test(path)) return undefined;
    const { metadata: _mark, ...values } = (JSON.parse(body) as Record<string, object>)[kind] as {
      metadata?: object;
    };
    return this.desk.plant(kind, values).id;
  }

  loseRetention(dice: Dice): void {
    const value = dice.pick([undefined, "", "soon"]);
    for (const { metadata } of this.desk.snapshots.values()) {
      if (metadata.kept_until === undefined) continue;
      if (value === undefined) delete metadata.kept_until;
      else metadata.kept_until = value;
    }
  }

  refusal(status: number): Pick<Answer, "status" | "body"> {
    const [kind, message] = kinds[status] ?? ["computeFault", "The server has either erred or is incapable."];
    return { status, body: JSON.stringify({ [kind]: { code: status, message } }) };
  }

  async endless(asked: Asked): Promise<Answer> {
    const [[, host] = []] = this.hosts;
    if (host === undefined) throw new Error("there is no server");
    const answer = await host(withQuery(asked, (query) => query.delete("marker")));
    const body = JSON.parse(answer.body) as Record<string, unknown>;
    const [name = ""] = Object.keys(body);
    return {
      ...answer,
      body: JSON.stringify({ ...body, [`${name}_links`]: [{ rel: "next", href: asked.origin }] }),
    };
  }

  isList({ method, path }: Asked): boolean {
    return method === "GET" && /\/(snapshots|volumes)(\/detail)?(\?|$)/.test(path);
  }

  capped(asked: Asked, length: number): Asked {
    return atMost(asked, "limit", length);
  }

  writes(): string[] {
    return this.desk.writes().map(({ line }) => line);
  }

  slowDown(): void {}

  hurryUp(): void {}

  pass(): void {}

  removeSnapshot(id: string): void {
    this.desk.snapshots.delete(id);
  }

  async close(): Promise<void> {
    await this.desk.close();
  }

  #addNeighbour(): void {
    this.#made += 1;
    this.#planted("volume", `neighbour-${this.#made}`);
    this.#planted("snapshot", `neighbour-${this.#made}`);
  }

  #planted(kind: "volume" | "snapshot", name: string): string {
    const rows = kind === "volume" ? this.desk.volumes : this.desk.snapshots;
    const known = [...rows.values()].find((row) => row.name === name);
    if (known) return known.id;
    const volume =
      kind === "snapshot" ? { volume_id: this.volume("library") } : { availability_zone: "nova" };
    return this.desk.plant(kind, { name, ...volume }).id;
  }
}

/** The clock of the stage is a skipping one; here it is moved by others. */
class StageClock extends SkippingClock {
  constructor(readonly time: VirtualClock) {
    super();
  }

  override now(): number {
    return this.time.now();
  }
}

function thing(kind: string, { id, name, status, metadata }: Row): Thing {
  const until = Date.parse(metadata.kept_until ?? "");
  const keptUntil = Number.isNaN(until) ? undefined : until;
  return { kind, id, name: String(name), keptUntil, going: status === "deleting" };
}
