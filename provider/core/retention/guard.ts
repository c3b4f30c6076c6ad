import { UserError } from "../errors";
import type { Difference } from "../resource/diff";
import { hasUnknown } from "../values";
import type { RetentionInputs, RetentionMode } from "./fields";
import { retentionModes } from "./fields";
import { endOf, isoInstant, spoken } from "./instants";

/** Something that is kept for a time, as the server says now. */
export interface Kept {
  /** In the user's words, e.g. `snapshot "nightly" (9f3c...)`. */
  what: string;
  /** The instant in any spelling; absent: no end. */
  keptUntil?: string | undefined;
  /** The mode in force: the one that was applied last. */
  mode?: RetentionMode | undefined;
}

/** The stricter one of two modes: where the server keeps it, neither it nor the state alone can soften it. */
export function stricterMode(one: unknown, other: unknown): RetentionMode {
  return retentionModes[Math.max(strictness(one), strictness(other))] ?? "none";
}

/**
 * Whether its retention still runs. What was never given an end is guarded in the modes "governance" and
 * "compliance" only: servers say the same of what is to be kept for ever and of what nobody said anything about.
 *
 * @param now the server's time in milliseconds since the epoch
 */
export function isGuarded({ keptUntil, mode }: Kept, now: number): boolean {
  const end = endOf(keptUntil);
  return now < end && (end !== Number.POSITIVE_INFINITY || strictness(mode) > 0);
}

/**
 * Lets a deletion pass, or what comes to the same.
 *
 * @param verb what is about to happen to it
 * @param forced `forceDelete` as it was applied last
 * @param now the server's time in milliseconds since the epoch
 * @throws UserError before the end of the retention, with the end and the ways out
 */
export function refuseDeletion(
  kept: Kept,
  verb: "deleted" | "unlinked" | "replaced",
  forced: boolean | undefined,
  now: number,
): void {
  const compliance = kept.mode === "compliance";
  if (!isGuarded(kept, now) || (forced && !compliance)) return;
  const end = endOf(kept.keptUntil);
  const until = `${kept.what} is kept ${spoken(end)}${left(end, now)}, so it is not ${verb}`;
  throw new UserError(
    compliance
      ? `${until}: its retentionMode is "compliance", which nothing here can shorten or force. ${elsewhere}`
      : `${until} before. Two ways out: set forceDelete: true and run "pulumi up" first; or shorten keptUntil ` +
          `in the same way, if your policies let you. ${elsewhere}`,
  );
}

const elsewhere = 'To leave it alone and only forget it here: "pulumi state delete <urn>".';

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

/**
 * Judges what a change does to a retention.
 *
 * @param kept as the server says now
 * @param news the arguments
 * @param changes what is about to be changed
 * @param now the server's time in milliseconds since the epoch
 * @returns warnings for what is allowed but loses something
 * @throws UserError for what the mode in force forbids
 */
export function judgeChange(
  kept: Kept,
  news: Partial<RetentionInputs>,
  changes: readonly Pick<Difference, "property" | "wanted">[],
  now: number,
): string[] {
  const { what, mode = "none" } = kept;
  const running = isGuarded(kept, now);
  const free = !running || mode === "none" || (mode === "governance" && news.allowShorten === true);
  const wantedMode = hasUnknown(news.retentionMode) ? mode : (news.retentionMode ?? "none");
  const from = endOf(kept.keptUntil);
  if (!free && strictness(wantedMode) < strictness(mode)) {
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
    return [`${what}: the server keeps it for ever from now on, but it may be deleted here at any time`];
  }
  if (to >= from) return [];
  if (!free) {
    throw new UserError(
      `${what} is kept ${spoken(from)} in the mode "${mode}", which is not shortened to ` +
        `${isoInstant(to)}. Declare ${spoken(from)} or later. ${wayOut(mode)}`,
      "keptUntil",
    );
  }
  const past = to <= now ? "; that is past, so a server that removes what is over removes it soon" : "";
  return [
    `${what}: its retention is shortened: kept until ${isoInstant(to)} instead of ${spoken(from)}${past}`,
  ];
}

function wayOut(mode: RetentionMode): string {
  return mode === "governance" ? "Or set allowShorten: true." : "There is no way around this.";
}

function strictness(mode: unknown): number {
  return Math.max(0, retentionModes.indexOf(mode as RetentionMode));
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
