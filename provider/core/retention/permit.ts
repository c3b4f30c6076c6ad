import { wrongArguments } from "../resource/check";
import type { Change } from "../resource/lifecycle";
import type { Observed } from "./differences";
import { checkNewRetention, type RetentionInputs } from "./fields";
import { judgeChange, type Kept, refuseDeletion } from "./guard";

/** Something that is kept, as a backend has just read it. */
export interface Looked {
  kept: Kept;
  /** Its creation failed, so there is nothing that could be kept. */
  neverMade: boolean;
  /** What it differs in from the arguments. */
  changes: () => Parameters<typeof judgeChange>[2];
}

/**
 * Judges a change before it is made, by what the server says at that moment. For a lifecycle's `permit`.
 *
 * @param olds the state
 * @param news the arguments
 * @param changes what the state differs in
 * @param look asks the server, where that is needed: for the object, if it is there, and the time in ms since the epoch
 * @throws UserError for what its retention forbids, and for a new one in its place that would be over at once
 */
export async function permitRetention(
  olds: Observed,
  news: Partial<RetentionInputs>,
  changes: readonly Change[],
  look: () => Promise<{ now: Looked | undefined; at: number }>,
): Promise<void> {
  const replaces = changes.some(({ kind }) => kind === "replace");
  if (!replaces && (olds.retentionMode ?? "none") === "none") return;
  const { now, at } = await look();
  if (!replaces) {
    if (now) judgeChange(now.kept, news, now.changes(), at);
    return;
  }
  const wrong = checkNewRetention(news, at);
  if (wrong.length > 0) throw wrongArguments(wrong);
  if (now && !now.neverMade) refuseDeletion(now.kept, "replaced", olds.forceDelete, at);
}
