import { UserError } from "../errors";
import { disagree, earliest, type Readings } from "../http/witnesses";
import { doubtAbout, isOver, runs, sayClocks } from "./clocks";
import type { RetentionInputs } from "./fields";
import { spoken } from "./instants";
import { countingEnd, isKept, type Kept, lastMoment, unreadableEnd } from "./kept";

/** Whether it must not go: somebody has said how long it is kept, and that is not over for certain. */
export function isGuarded(kept: Kept, readings: Readings): boolean {
  return isKept(kept) && !isOver(kept, readings);
}

/** What is about to happen to something that may be kept. */
export interface Removal {
  verb: "deleted" | "unlinked" | "replaced";
  /** `forceDelete` as it was applied last. */
  forced: boolean | undefined;
  /** The id of what has taken its place already. */
  replacedBy?: string | undefined;
}

/**
 * Lets a deletion pass, or what comes to the same.
 *
 * @param read asks the clocks, where that is needed
 * @throws UserError before the end of the retention, or where it is not certain that it is over: with the end, what
 *   the clocks say, and the ways out
 */
export async function refuseDeletion(
  kept: Kept,
  { verb, forced, replacedBy }: Removal,
  read: () => Promise<Readings>,
): Promise<void> {
  if (!isKept(kept) || isForced(kept, forced)) return;
  const why = whyGuarded(kept, await read());
  if (why === undefined) return;
  const refused = `${why.because}, so it is not ${verb}`;
  const compliance = `${refused}: its retentionMode is "compliance", which nothing here can shorten or force.`;
  const advice =
    kept.mode === "compliance" ? compliance : `${refused}${why.until}. ${waysOut(kept, replacedBy)}`;
  const more = [...whose(kept), ...why.more].map((line) => `${line}.`);
  throw new UserError([advice, ...more, elsewhere(replacedBy)].join(" "));
}

/** Whether a deletion is forced. */
export function isForced({ mode }: Kept, forced: boolean | undefined): boolean {
  return forced === true && mode !== "compliance";
}

/** Why it must not go, for people; `undefined` where it may. */
export function whyGuarded(
  kept: Kept,
  readings: Readings,
): { because: string; until: string; more: string[] } | undefined {
  if (!isGuarded(kept, readings)) return undefined;
  const unreadable = unreadableEnd(kept);
  if (unreadable) {
    return {
      because: `${kept.what} counts as kept, since ${unreadable}, which cannot be read`,
      until: "",
      more: [],
    };
  }
  const end = lastMoment(kept);
  if (runs(kept, readings)) {
    const more = disagree(readings) ? [`The clocks disagree: ${sayClocks(readings)}`] : [];
    const because = `${kept.what} is kept ${spoken(end)}${left(end, earliest(readings.all))}`;
    return { because, until: " before", more };
  }
  const doubt = doubtAbout(readings, kept.mode);
  return {
    because: `${kept.what} was kept ${spoken(end)}, but whether that is over is not certain`,
    until: "",
    more: [`For ${doubt}`],
  };
}

function waysOut(kept: Kept, replacedBy: string | undefined): string {
  const where = replacedBy === undefined ? "" : ` on the resource, whose object is ${replacedBy} by now,`;
  const force = `set forceDelete: true${where} and run "pulumi up" first`;
  return `Two ways out: ${force}; or ${otherWay(kept, replacedBy)}, if your policies let you.`;
}

function otherWay(kept: Kept, replacedBy: string | undefined): string {
  if (replacedBy !== undefined) return "shorten its kept_until on the server";
  if (unreadableEnd(kept)) return "declare a keptUntil, which an update writes in its place";
  return kept.declared === false
    ? "declare an earlier keptUntil in the same way"
    : "shorten keptUntil in the same way";
}

/** Whose the end is, where it is not the server's word for what this stack declares. */
function whose(kept: Kept): string[] {
  const { by } = countingEnd(kept);
  if (by === "tool")
    return [`That date was set by ${kept.foreign?.tool}, in the metadata key ${kept.foreign?.key}`];
  if (by === "state") return ["The server has lost that date; the state of this stack has it"];
  const othersSet = kept.declared === false && countingEnd(kept).end !== "none";
  return othersSet ? ["This stack declares no retention for it: somebody else has set kept_until"] : [];
}

/** How to forget it here; of a resource that was replaced the state has two objects, and a terminal asks which. */
function elsewhere(replacedBy: string | undefined): string {
  const which = replacedBy === undefined ? "" : " in a terminal, and choose the pending deletion";
  return `To leave it alone and only forget it here: "pulumi state delete <urn>"${which}.`;
}

/**
 * Arguments as far as they count while an update has not succeeded: one that fails must not leave a weaker guard.
 *
 * @param olds the state, with the guard that was applied last
 */
export function harmlessUntilDone<Inputs extends Partial<RetentionInputs>>(
  news: Inputs,
  { retentionMode, allowShorten, forceDelete }: Partial<RetentionInputs>,
): Inputs {
  return { ...news, retentionMode, allowShorten, forceDelete };
}

/** How much is left, e.g. " (31 days more)". */
function left(end: number, now: number): string {
  if (end === Number.POSITIVE_INFINITY) return "";
  const minutes = Math.ceil((end - now) / 60_000);
  const [amount, unit] =
    minutes < 120
      ? [minutes, "minute"]
      : minutes < 2880
        ? [Math.floor(minutes / 60), "hour"]
        : [Math.floor(minutes / 1440), "day"];
  return ` (${amount} ${unit}${amount === 1 ? "" : "s"} more)`;
}
