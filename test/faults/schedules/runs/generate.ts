import { allLifecycles } from "../../../../provider/registry";
import { type Front, fronts } from "../../../fronts/contract/support/codec";
import { Dice } from "../dice";
import { clocks, type Fault, type FaultKind, faultKinds, lostRetention } from "../kinds";
import { caseOf } from "./program";
import type { Schedule, Step } from "./schedule";

const minute = 60_000;
const day = 1440 * minute;
const year = 365 * day;

/** Faults that move the clock of the service; nobody can tell what time it is where every clock is wrong alike. */
const ofTime = ["wrong Date", "unreadable Date"];

/** Each kind as often as it counts. */
const weighted = faultKinds.flatMap((kind) => Array.from({ length: kind.weight ?? 1 }, () => kind));

/** The schedule of a seed. @param types the kinds of resources, in turn */
export function generate(seed: number, types = allLifecycles.map(({ type }) => type)): Schedule {
  const dice = new Dice(seed);
  const type = types[seed % types.length] ?? "";
  const kind = caseOf(type);
  const kept = kind.keeps !== undefined && dice.chance(0.4);
  const front = fronts[Math.floor(seed / types.length) % fronts.length] ?? "plugin";
  const single = kind.oneAtATime === true || type.startsWith("trilio:");
  // Whoever wants to take a snapshot that is kept away is a clock most of all, or a date that is lost.
  const threats = kept && dice.chance(0.6) ? [placed(dice.pick([...clocks, lostRetention]), dice)] : [];
  const faults = [...threats, ...drawFaults(dice)];
  const trusted = !faults.some((fault) => ofTime.includes(fault.kind));
  return {
    seed,
    type,
    front,
    count: single || dice.chance(0.7) ? 1 : dice.whole(2, 3),
    names: dice.pick(["own", "own", "own", "same", "none", "none"] as const),
    kept,
    approvalMs: dice.chance(0.15) ? dice.pick([5000, 10 * minute, 40 * minute, 180 * minute]) : undefined,
    pageLength: dice.chance(0.5) ? dice.whole(2, 5) : undefined,
    steps: [...drawSteps(dice, trusted, front), ...(kept ? [drawDestroy(dice, trusted)] : [])],
    faults,
  };
}

function drawFaults(dice: Dice): Fault[] {
  const count = dice.pick([1, 1, 2, 2, 3, 4, 6]);
  return Array.from({ length: count }, () => placed(dice.pick(weighted), dice));
}

/** A fault somewhere on the way. */
function placed({ name: kind, draw }: FaultKind, dice: Dice): Fault {
  const drawn = draw(dice);
  // A run signs in once or twice.
  const most = drawn.scope === "signIn" ? 1 : 12;
  return { ...drawn, kind, skip: dice.chance(0.6) ? dice.few(Math.min(3, most)) : dice.whole(0, most) };
}

/** Somebody who wants to be rid of what is kept. */
function drawDestroy(dice: Dice, trusted: boolean): Step {
  const skewMs = trusted && dice.chance(0.4) ? dice.pick([-20 * year, 20 * year, 40 * day]) : 0;
  return { act: "destroy", variant: 0, gapMs: dice.pick([1000, 60 * minute]), skewMs };
}

function drawSteps(dice: Dice, trusted: boolean, front: Front): Step[] {
  // A dynamic provider's deletions have the limit that was declared with the object, also once nothing goes wrong.
  const limits = front === "dynamic" ? [60, 300] : [5, 60, 300];
  const limit = dice.chance(0.2) ? dice.pick(limits) : undefined;
  const step = (act: Step["act"], variant: number): Step => ({
    act,
    variant,
    gapMs: dice.pick([1000, 5000, minute, 10 * minute, 60 * minute, 150 * minute]),
    skewMs: trusted && dice.chance(0.15) ? dice.pick([-20 * year, -minute, minute, 20 * year]) : 0,
    limit,
  });
  const first = { ...step("up", 0), skewMs: 0 };
  const more = Array.from({ length: dice.whole(0, 3) }, () => {
    const act = dice.pick(["up", "up", "refresh", "destroy"] as const);
    return step(act, dice.chance(0.5) ? dice.whole(0, 7) : 0);
  });
  return [first, ...more];
}
