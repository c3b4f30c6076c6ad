import type { Readings } from "../http/witnesses";
import { wrongArguments } from "../resource/check";
import type { Change } from "../resource/lifecycle";
import { judgeChange } from "./change";
import type { Observed } from "./differences";
import { checkNewRetention, type RetentionInputs } from "./fields";
import { refuseDeletion } from "./guard";
import type { Kept } from "./kept";

/** Something that is kept, as a backend has just read it. */
export interface Looked {
  kept: Kept;
  /** It is certain that its creation failed, so there is nothing that could be kept. */
  neverMade: boolean;
  /** The arguments, with what is ignored of them as it is. */
  wanted: Partial<RetentionInputs>;
  /** What it differs in from the arguments. */
  changes: () => Parameters<typeof judgeChange>[2];
}

/**
 * Judges a change before it is made, by what the server says at that moment. For a lifecycle's `permit`.
 *
 * @param olds the state
 * @param news the arguments
 * @param changes what the state differs in
 * @param look asks the server for the object, where that is needed
 * @param read asks the clocks, where that is needed
 * @throws UserError for what its retention forbids, and for a new one in its place that would be over at once
 */
export async function permitRetention(
  olds: Observed,
  news: Partial<RetentionInputs>,
  changes: readonly Change[],
  look: () => Promise<Looked | undefined>,
  read: () => Promise<Readings>,
): Promise<void> {
  const replaces = changes.some(({ kind }) => kind === "replace");
  if (!replaces && (olds.retentionMode ?? "none") === "none") return;
  const now = await look();
  if (!replaces) {
    if (now) await judgeChange(now.kept, now.wanted, now.changes(), read);
    return;
  }
  const wrong = news.keptUntil === undefined ? [] : checkNewRetention(news, await read());
  if (wrong.length > 0) throw wrongArguments(wrong);
  if (now && !now.neverMade)
    await refuseDeletion(now.kept, { verb: "replaced", forced: olds.forceDelete }, read);
}
