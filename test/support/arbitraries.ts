import fc from "fast-check";
import { seeded } from "./virtualClock";

/** Time limits up to ten minutes, those of nothing at all included. */
export const timeLimits = fc.oneof(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 600_000 }));

/** How long an operation is expected to take, if anything is known of it. */
export const expectations = fc.option(fc.integer({ min: 1, max: 900_000 }), { nil: undefined });

/** Sources of jitter: fair ones, and those that always give one end. */
export const jitters: fc.Arbitrary<() => number> = fc.oneof(
  fc.integer().map(seeded),
  fc.constantFrom(0, 0.5, 0.999999).map((value) => () => value),
);
