import { dateResolutionMs } from "../core/http/serverClock";
import { instantOf } from "../core/values";
import type { WaldurClient } from "./client";

/** Whether a row can have been created since a moment of our clock (ms), by the server's clock. */
export function isRecent(
  { http }: WaldurClient,
  { created }: { created?: string | undefined },
  since: number,
): boolean {
  return (instantOf(created ?? "") ?? 0) >= since + http.serverClock.aheadMs - dateResolutionMs;
}
