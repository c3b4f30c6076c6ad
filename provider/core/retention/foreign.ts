import { appliedKey, type State } from "../resource/diff";
import { isRecord } from "../values";
import { readEnd } from "./instants";
import type { ForeignEnd } from "./kept";

/**
 * Keys of the metadata of snapshots in which other tools keep the end of a retention, and whose they are. Each tool
 * deletes by its own key alone.
 *
 * - `kept_until`: this provider's own, where an object is seen through another backend.
 * - `expire_at`: a date, 00:00 UTC (github.com/Gandi/cinder-snapshooter).
 * - `x-snapsentry-snapshot-expiry-date`: RFC 3339 (github.com/aravindh-murugesan/openstack-snapsentry-go).
 */
const tools: ReadonlyMap<string, string> = new Map([
  ["kept_until", "a stack that manages it through Cinder"],
  ["expire_at", "cinder-snapshooter"],
  ["x-snapsentry-snapshot-expiry-date", "SnapSentry"],
]);

/**
 * The retention that another tool has written into an object's metadata; of several the one that ends last.
 *
 * @param metadata as the server shows it
 * @param state tells which keys this stack declares itself: those are its own business
 */
export function foreignEnd(metadata: unknown, state: State): ForeignEnd | undefined {
  const given = isRecord(metadata) ? metadata : {};
  const own = state[appliedKey] ?? {};
  const found = [...tools].flatMap(([key, tool]) => {
    const value = given[key];
    return typeof value === "string" && readEnd(value) !== "none" && !(`metadata.${key}` in own)
      ? [{ key, value, tool }]
      : [];
  });
  return found.sort((one, other) => rank(other) - rank(one))[0];
}

/** What cannot be read ends later than anything. */
function rank({ value }: ForeignEnd): number {
  const end = readEnd(value);
  return typeof end === "number" ? end : Number.MAX_SAFE_INTEGER;
}

/** Whether this stack declares how long an object is kept. */
export function declaresRetention(state: State): boolean {
  const own = state[appliedKey] ?? {};
  return "keptUntil" in own || "retainFor" in own;
}
