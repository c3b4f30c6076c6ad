import type { Properties } from "../../../../provider/core/resource/lifecycle";
import { cases } from "../../../fronts/contract/cases";
import type { Case } from "../../../fronts/contract/support/case";
import type { FaultWorld } from "../worlds/world";
import type { Schedule } from "./schedule";

const day = 86_400_000;
/** So long a kept snapshot is kept. */
export const keptForMs = 30 * day;

/**
 * Arguments that would let a kept snapshot go, keep one that is to go, or leave on the server what a destroy removes
 * otherwise; and options of a restore that fails with them.
 */
const leftOut = [
  "keptUntil",
  "retainFor",
  "forceDelete",
  "retentionMode",
  "deletion",
  "onDestroy",
  "options",
];

/** What the contract suite knows of a kind of resource. @throws where it does not know it */
export function caseOf(type: string): Case {
  const found = cases.find((each) => each.type === type);
  if (found === undefined) throw new Error(`test/fronts/contract/cases has no ${type}`);
  return found;
}

/** The changes of the usual arguments that steps can declare; the first is none. */
export function variantsOf(kind: Case, world: FaultWorld, kept: boolean): Properties[] {
  const updates = kind.updates
    .filter(({ before }) => before === undefined)
    .map(({ change }) => change(world));
  // Without a mark nobody can tell whose an attachment is that a run left behind which was killed.
  const replacements = kept || kind.oneAtATime ? [] : kind.replacements.map(({ change }) => change(world));
  const all = [...updates, ...replacements];
  return [{}, ...all.filter((change) => !leftOut.some((name) => name in change))];
}

/**
 * The arguments of each resource that the program declares in a step, by its name in the program. What has grown in
 * an earlier step stays as large.
 *
 * @param start when the stack began, in ms since the epoch
 */
export function declaredIn(
  schedule: Schedule,
  world: FaultWorld,
  step: number,
  start: number,
): Map<string, Properties> {
  const kind = caseOf(schedule.type);
  const variants = variantsOf(kind, world, schedule.kept);
  const until = new Date(start + keptForMs).toISOString();
  const kept = schedule.kept ? (kind.keeps?.(until) ?? {}) : {};
  const ups = schedule.steps.slice(0, step + 1).filter(({ act }) => act === "up");
  const changes = ups.map(({ variant }) => variants[variant % variants.length] ?? {});
  const grown = changes.findLast((change) => "size" in change)?.size;
  const args: Properties = {
    ...kind.args(world),
    ...kept,
    ...(grown === undefined ? {} : { size: grown }),
    ...changes.at(-1),
  };
  const names = "name" in args ? schedule.names : "none";
  return new Map(
    Array.from({ length: schedule.count }, (_, index) => {
      const name = { own: `${args.name}-${index}`, same: args.name, none: undefined }[names];
      const own = Object.entries({ ...args, name }).filter(([, value]) => value !== undefined);
      return [`drill-${index}`, Object.fromEntries(own)];
    }),
  );
}
