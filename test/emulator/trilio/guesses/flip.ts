import type { Answer, Body } from "../../support/client";
import type { TrilioBench } from "../support/bench";

/** What a test does to see a guess, and what it sees for each value. */
export interface Flip {
  probe: (bench: TrilioBench) => Promise<unknown>;
  /** Value of the guess, then what the probe gives. */
  sees: [value: string | number | boolean, expected: unknown][];
}

/** Shorthand. */
export function flip(probe: Flip["probe"], ...sees: Flip["sees"]): Flip {
  return { probe, sees };
}

/** The status of an answer and, where a restore was made, how it ended. */
export async function outcome(bench: TrilioBench, created: Answer): Promise<unknown[]> {
  return created.status === 202 ? [202, (await bench.ended(created)).status] : [created.status];
}

/** What a one-click restore of the page shows after some seconds. */
export async function running(bench: TrilioBench, seconds = 290): Promise<Body> {
  const created = await bench.restore();
  bench.clock.advanceSeconds(seconds);
  return bench.shown(created);
}

/** A one-click restore of the page that was cancelled in the middle, when all is over. */
export async function cancelled(bench: TrilioBench): Promise<Body> {
  const created = await bench.restore();
  bench.clock.advanceSeconds(290);
  await bench.cancel(created);
  return bench.ended(created);
}
