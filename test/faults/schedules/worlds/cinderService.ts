import { type Asked, type CinderDesk, fault, type Row } from "../../../support/cinderDesk";
import type { Step } from "../../../support/scriptedServer";
import type { VirtualClock } from "../../../support/virtualClock";

/** How long the service takes for each step, in milliseconds. */
const takes = { create: 6000, delete: 4000, change: 3000 };

/**
 * Makes a desk take its time as the service does: what is made, changed and deleted is busy for some seconds, and a
 * busy object is refused (contract, "Statuses").
 */
export class CinderService {
  readonly #desk: CinderDesk;
  readonly #clock: VirtualClock;
  #events: { at: number; run: () => void }[] = [];

  constructor(desk: CinderDesk, clock: VirtualClock) {
    this.#desk = desk;
    this.#clock = clock;
    desk.before = (asked) => this.#before(asked);
    desk.after = (asked, row) => this.#after(asked, row);
  }

  /** Runs what fell due. */
  advance(): void {
    const due = this.#events.filter(({ at }) => at <= this.#clock.now());
    this.#events = this.#events.filter(({ at }) => at > this.#clock.now());
    for (const { run } of due) run();
  }

  #before({ method, path, json }: Asked): Step | undefined {
    this.advance();
    if (method === "GET") return undefined;
    const [, collection = "", id = "", part] = path.split("/");
    if (method === "POST" && id === "") return this.#refusedCreation(collection, json);
    const row = this.#rows(collection).get(id);
    if (row === undefined) return undefined;
    if (method !== "DELETE" || part !== undefined)
      return busy(row) && part !== "metadata" ? refused(row) : undefined;
    const snapshots = [...this.#desk.snapshots.values()].filter(({ volume_id }) => volume_id === id);
    if (collection === "volumes" && snapshots.length > 0) return refused(row);
    return busy(row) ? refused(row) : undefined;
  }

  #refusedCreation(collection: string, json: Asked["json"]): Step | undefined {
    const { volume_id, snapshot_id } = { ...json.snapshot, ...json.volume };
    const [source, kind, id] =
      collection === "snapshots"
        ? [this.#desk.volumes.get(String(volume_id)), "Volume", volume_id]
        : [this.#desk.snapshots.get(String(snapshot_id)), "Snapshot", snapshot_id];
    if (id === undefined || id === null) return undefined;
    if (source === undefined) return fault(404, "itemNotFound", `${kind} ${id} could not be found.`);
    return busy(source) ? refused(source) : undefined;
  }

  #after(asked: Asked, row: Row | undefined): Step | undefined {
    if (row === undefined) return undefined;
    const { method, path } = asked;
    const [, collection = "", id = "", part] = path.split("/");
    if (method === "POST" && id === "") this.#busy(row, "creating", takes.create);
    else if (method === "DELETE" && part === undefined) return this.#deleted(collection, row);
    else if (part === "action")
      this.#busy(row, asked.json["os-extend"] ? "extending" : "retyping", takes.change);
    return undefined;
  }

  #deleted(collection: string, row: Row): Step {
    const rows = this.#rows(collection);
    rows.set(row.id, row);
    row.status = "deleting";
    this.#later(takes.delete, () => rows.delete(row.id));
    return { status: 202, body: "" };
  }

  #busy(row: Row, status: string, ms: number): void {
    row.status = status;
    this.#later(ms, () => {
      if (row.status === status) row.status = "available";
    });
  }

  #later(ms: number, run: () => void): void {
    this.#events.push({ at: this.#clock.now() + ms, run });
  }

  #rows(collection: string): Map<string, Row> {
    return collection === "snapshots" ? this.#desk.snapshots : this.#desk.volumes;
  }
}

function busy({ status }: Row): boolean {
  return status !== "available";
}

function refused({ id, status }: Row): Step {
  return fault(
    400,
    "badRequest",
    `Invalid volume: status must be available, but current status is: ${status} (${id}).`,
  );
}
