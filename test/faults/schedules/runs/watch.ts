import type { Properties } from "../../../../provider/core/resource/lifecycle";
import type { Held } from "../../../fronts/contract/support/codec";
import type { FaultWorld, Thing } from "../worlds/world";
import type { Kept } from "./engine";
import type { Invariant, Violation } from "./schedule";

/** The outputs that hold the id of what a resource made, where it is not the resource's own. */
const idOutputs: Record<string, string> = {
  "waldur:SnapshotRestoration": "volumeId",
  "cinder:SnapshotRestoration": "volumeId",
};

/** Looks at the server, at states and at messages, and notes what must not be. */
export class Watch {
  readonly violations: Violation[] = [];
  readonly #world: FaultWorld;
  readonly #type: string;
  readonly #now: () => number;
  /** What was there before the stack, and what others made since. */
  readonly #foreign = new Map<string, Thing>();
  /** Warnings that say of something that no state knows it. */
  readonly #warnings: string[] = [];
  /** What was left for a person to decide, and named in a warning. */
  readonly named = new Set<string>();
  /** Whether what earlier runs had noted was lost with their machine, so that nothing may be removed on a guess. */
  machineLost = false;
  /** Resources that have not been created or replaced since a run was killed: their creation looks for what it left. */
  readonly unlooked = new Set<string>();
  /** Until when each snapshot must be kept, in ms since the epoch. */
  readonly #kept = new Map<string, number>();

  constructor(world: FaultWorld, type: string, now: () => number) {
    this.#world = world;
    this.#type = type;
    this.#now = now;
    for (const thing of world.things()) this.#foreign.set(thing.id, thing);
  }

  /** Notes a warning. */
  warned(text: string): void {
    if (text.includes("is not in the state")) this.#warnings.push(text);
  }

  /** Whether a person was told of an object that only a person may judge, or no creation has looked since. */
  #isForPeople(id: string): boolean {
    if (this.unlooked.size > this.named.size) return true;
    const warnings = this.#warnings.filter((text) => text.includes(id));
    const irrevocable = this.#type.startsWith("trilio:");
    const unmarked = warnings.some((text) => text.includes("the server has lost what tells whose it is"));
    return warnings.length > 0 && (irrevocable || this.machineLost || unmarked);
  }

  /** Lets somebody else change what is there. */
  others(change: () => void): void {
    const before = new Set(this.#world.things().map(({ id }) => id));
    change();
    const after = new Map(this.#world.things().map((thing) => [thing.id, thing]));
    for (const thing of after.values()) if (!before.has(thing.id)) this.#foreign.set(thing.id, thing);
    for (const id of before) if (!after.has(id)) this.#foreign.delete(id);
  }

  /** Notes what is broken. */
  found(invariant: Invariant, what: string): void {
    if (this.violations.some((other) => other.invariant === invariant && other.what === what)) return;
    this.violations.push({ invariant, what });
  }

  /** What the stack has made and what is there still. */
  own(): Thing[] {
    return this.#world.things().filter(({ id, going }) => !going && !this.#foreign.has(id));
  }

  /** The id of the object of a resource in a state. */
  idOf({ id, outputs }: Held): string {
    const output = idOutputs[this.#type];
    return String((output && outputs[output]) ?? id);
  }

  /** Looks at what is there after each run. */
  look(): void {
    const things = new Map(this.#world.things().map((thing) => [thing.id, thing]));
    for (const { id, keptUntil } of things.values())
      if (keptUntil !== undefined && !this.#foreign.has(id))
        this.#kept.set(id, Math.max(keptUntil, this.#kept.get(id) ?? 0));
    for (const [id, until] of this.#kept) {
      const thing = things.get(id);
      if ((thing === undefined || thing.going) && this.#now() < until)
        this.found("deletedEarly", `snapshot ${id}, kept until ${new Date(until).toISOString()}`);
    }
    for (const { id, kind, name } of this.#foreign.values()) {
      const thing = things.get(id);
      if (thing === undefined || thing.going) this.found("foreign", `${kind} "${name}" (${id}) is deleted`);
    }
  }

  /** A resource that has left the state. */
  left(held: Held, by: string): void {
    const id = this.idOf(held);
    const thing = this.#world.things().find((each) => each.id === id);
    if (thing !== undefined && !thing.going) this.found("dropped", `${thing.kind} ${id} by ${by}`);
  }

  /** Compares what is there with the states, once everything should be well. */
  compare(states: ReadonlyMap<string, Kept>): void {
    const held = [...states.values()].flatMap((kept) => (kept.held ? [this.idOf(kept.held)] : []));
    const condemned = [...states.values()].flatMap((kept) => kept.condemned.map((old) => this.idOf(old)));
    for (const id of held) if (this.#foreign.has(id)) this.found("foreign", `${id} is taken into the state`);
    const twice = held.find((id, index) => held.indexOf(id) !== index);
    if (twice !== undefined) this.found("foreign", `${twice} is in the state of two resources`);
    const own = this.own();
    for (const id of held)
      if (!own.some((thing) => thing.id === id))
        this.found("recovery", `${id} is in the state and not there`);
    const unknown = own.filter(({ id }) => !held.includes(id) && !condemned.includes(id));
    for (const { kind, id, name } of unknown) {
      const there = held.some((other) => own.some((thing) => thing.id === other));
      if (there && this.#isForPeople(id)) this.named.add(id);
      else this.found(there ? "duplicate" : "orphan", `${kind} "${name}" (${id})`);
    }
  }

  /** What is left although everything was destroyed, and was not found before. */
  leftBehind(): void {
    for (const { kind, id, name } of this.own()) {
      const what = `${kind} "${name}" (${id})`;
      if (!this.named.has(id) && !this.violations.some((other) => other.what === what))
        this.found("orphan", `${what} after a destroy`);
    }
  }

  /** Looks for credentials in what users get to see or what is written down. */
  read(what: string, text: string): void {
    const found = this.#world.secrets().find((secret) => secret !== "" && text.includes(secret));
    if (found !== undefined) this.found("secret", `in ${what}`);
    if (
      /TypeError|ReferenceError|RangeError|ZodError|"code": "invalid_|Cannot read prop|is not iterable|is not a function/.test(
        text,
      )
    )
      this.found("crash", `${what}: ${text.slice(0, 200)}`);
  }

  /** The same of a state. */
  readState(states: ReadonlyMap<string, Kept>): void {
    const plain = [...states].map(([name, { held, reasons }]) => [
      name,
      held?.inputs,
      outputsOf(held),
      reasons,
    ]);
    this.read("a state", JSON.stringify(plain));
  }
}

function outputsOf(held: Held | undefined): Properties | undefined {
  return held?.outputs;
}
