import { UserError } from "../errors";
import { latest, type Readings } from "../http/witnesses";
import type { Difference } from "../resource/diff";
import { hasUnknown, isoTimestamp } from "../values";
import type { RetentionInputs, RetentionMode } from "./fields";
import { isGuarded } from "./guard";
import { endOf, spoken } from "./instants";
import { isKept, type Kept, promisedEnd, strictness } from "./kept";

/**
 * Judges what a change does to a retention.
 *
 * @param kept as the server says now
 * @param news the arguments
 * @param changes what is about to be changed
 * @param read asks the clocks, where that is needed
 * @returns warnings for what is allowed but loses something
 * @throws UserError for what the mode in force forbids
 */
export async function judgeChange(
  kept: Kept,
  news: Partial<RetentionInputs>,
  changes: readonly Pick<Difference, "property" | "wanted">[],
  read: () => Promise<Readings>,
): Promise<string[]> {
  const { what, mode = "none" } = kept;
  const open = mode === "none" || (mode === "governance" && news.allowShorten === true);
  const isFree = async () => open || !isGuarded(kept, await read());
  const wantedMode = hasUnknown(news.retentionMode) ? mode : (news.retentionMode ?? "none");
  const from = promisedEnd(kept);
  if (strictness(wantedMode) < strictness(mode) && !(await isFree())) {
    throw new UserError(
      `${what} is kept ${spoken(from)} in the mode "${mode}", which is not taken back to ` +
        `"${wantedMode}" before. ${wayOut(mode)}`,
      "retentionMode",
    );
  }
  const change = changes.find(({ property }) => property === "keptUntil");
  if (change === undefined || hasUnknown(change.wanted)) return [];
  const to = endOf(change.wanted);
  if (to > from && strictness(wantedMode) === 0 && to === Number.POSITIVE_INFINITY) {
    return [
      `${what}: no retention is promised any more: the server never removes it, and a destroy deletes it`,
    ];
  }
  if (to >= from) return [];
  if (!(await isFree())) {
    throw new UserError(
      `${what} is kept ${spoken(from)} in the mode "${mode}", which is not shortened to ` +
        `${isoTimestamp(to)}. Declare ${lastingFrom(from)}. ${wayOut(mode)}`,
      "keptUntil",
    );
  }
  const past =
    to <= latest((await read()).all)
      ? "; that is past, so a server that removes what is over removes it soon"
      : "";
  // What nobody has promised anything about is promised something now.
  if (!isKept(kept)) return past ? [`${what} is kept until ${isoTimestamp(to)}${past}`] : [];
  return [
    `${what}: its retention is shortened: kept until ${isoTimestamp(to)} instead of ${spoken(from)}${past}`,
  ];
}

/** Which ends shorten nothing, for people. */
function lastingFrom(end: number): string {
  return end === Number.POSITIVE_INFINITY ? "no end" : `${isoTimestamp(end)} or later`;
}

function wayOut(mode: RetentionMode): string {
  return mode === "governance" ? "Or set allowShorten: true." : "There is no way around this.";
}
