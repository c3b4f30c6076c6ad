import { disagree, earliest, latest, type Readings, timeOf } from "../http/witnesses";
import { isoTimestamp } from "../values";
import type { RetentionMode } from "./fields";
import { type Kept, lastMoment, strictness } from "./kept";

/** The clocks of one cloud's own machines are this close to each other, in milliseconds. */
const sameCloudMs = 60_000;

/**
 * Why the clocks are not believed that something is over; `undefined` where they are. One clock alone never is, and
 * neither are clocks that disagree. In the strict modes the service that keeps the object has to be among them.
 */
export function doubtAbout(readings: Readings, mode?: RetentionMode): string | undefined {
  if (disagree(readings))
    return `the clocks disagree: ${sayClocks(readings)}. Set the one right that is wrong`;
  const [here, ...others] = readings.all;
  const needed = strictness(mode) > 0 ? readings.service : others[0];
  if (needed !== undefined) return undefined;
  const why = others.length > 0 ? `, which the mode "${mode}" needs` : "";
  return (
    `the service tells no time${why}: its answers have no Date header, which a proxy may have taken out. The clock of ` +
    `${here.of}, ${isoTimestamp(here.at)}, is not believed alone`
  );
}

/** What each clock says, for people. */
export function sayClocks({ all }: Readings): string {
  return all.map(({ of, at }) => `${of} says ${isoTimestamp(at)}`).join(", ");
}

/** Whether a retention runs by any of the clocks. */
export function runs(kept: Kept, readings: Readings): boolean {
  return earliest(readings.all) < lastMoment(kept);
}

/** Whether a retention is over: by every clock, and the clocks are believed. */
export function isOver(kept: Kept, readings: Readings): boolean {
  return !runs(kept, readings) && doubtAbout(readings, kept.mode) === undefined;
}

/**
 * Whether the end of a retention had come when a server removed what is over, which it does by its own clock.
 *
 * @returns `undefined` where the clocks cannot tell
 */
export function wasOver(kept: Kept, readings: Readings): boolean | undefined {
  const end = lastMoment(kept);
  if (latest(readings.all) + sameCloudMs < end) return false;
  if (doubtAbout(readings) !== undefined) return undefined;
  return timeOf(readings).at + sameCloudMs >= end;
}
