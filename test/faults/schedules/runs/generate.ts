import { allLifecycles } from "../../../../provider/registry";
import { type Front, fronts } from "../../../fronts/contract/support/codec";
import { Dice } from "../dice";
import { type Fault, faultKinds } from "../kinds";
import { caseOf } from "./program";
import type { Schedule, Step } from "./schedule";

const minute = 60_000;
const day = 1440 * minute;
const year = 365 * day;

/** Faults that move the clock of the service; nobody can tell what time it is where every clock is wrong alike. */
const ofTime = ["wrong Date", "unreadable Date"];

/** The schedule of a seed. @param types the kinds of resources, in turn */
export function generate(seed: number, types = allLifecycles.map(({ type }) => type)): Schedule {
  const dice = new Dice(seed);
  const type = types[seed % types.length] ?? "";
  const kind = caseOf(type);
  const kept = kind.keeps !== undefined && dice.chance(0.35);
  const front = fronts[Math.floor(seed / types.length) % fronts.length] ?? "plugin";
  const single = kind.oneAtATime === true || type.startsWith("trilio:");
  const faults = drawFaults(dice);
  const trusted = !faults.some((fault) => ofTime.includes(fault.kind));
  return {
    seed,
    type,
    front,
    count: single || dice.chance(0.7) ? 1 : dice.whole(2, 3),
    named: dice.chance(0.6),
    kept,
    pageLength: dice.chance(0.5) ? dice.whole(2, 5) : undefined,
    steps: drawSteps(dice, trusted, front),
    faults,
  };
}

function drawFaults(dice: Dice): Fault[] {
  const count = dice.pick([1, 1, 2, 2, 3, 4, 6]);
  return Array.from({ length: count }, () => {
    const kind = dice.pick(faultKinds);
    return { ...kind.draw(dice), kind: kind.name, skip: dice.chance(0.6) ? dice.few(3) : dice.whole(0, 12) };
  });
}

function drawSteps(dice: Dice, trusted: boolean, front: Front): Step[] {
  // A dynamic provider's deletions have the limit that was declared with the object, also once nothing goes wrong.
  const limits = front === "dynamic" ? [60, 300] : [5, 60, 300];
  const limit = dice.chance(0.2) ? dice.pick(limits) : undefined;
  const step = (act: Step["act"], variant: number): Step => ({
    act,
    variant,
    gapMs: dice.pick([1000, 5000, minute, 10 * minute, 60 * minute]),
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
