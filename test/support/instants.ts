import fc from "fast-check";

/** Instants of this and the next century in milliseconds since the epoch: leap days, new years and any others. */
export const instants: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2199, 11, 31) }),
  fc.constantFrom(
    Date.UTC(2028, 1, 29),
    Date.UTC(2028, 1, 29, 23, 59, 59, 999),
    Date.UTC(2100, 1, 28, 23, 59, 59),
    Date.UTC(2026, 11, 31, 23, 59, 59, 500),
    // Clocks in Europe change at this instant.
    Date.UTC(2027, 2, 28, 1),
    Date.UTC(2027, 9, 31, 1),
  ),
);

const two = (value: number) => String(value).padStart(2, "0");

/** How an instant may be written: the zone's offset in minutes, and habits. */
const habits = fc.record({
  offset: fc.integer({ min: -14 * 60, max: 14 * 60 }),
  colon: fc.boolean(),
  zulu: fc.boolean(),
  space: fc.boolean(),
  lower: fc.boolean(),
  /** More digits than the three that count here. */
  zeros: fc.integer({ min: 0, max: 3 }),
  around: fc.constantFrom("", " ", "  "),
});

/** Ways to write instants: each is a function from milliseconds since the epoch to a text. */
export const spellings: fc.Arbitrary<(at: number) => string> = habits.map(
  (habit) => (at) => spell(at, habit),
);

type Habits = typeof habits extends fc.Arbitrary<infer T> ? T : never;

function spell(at: number, { offset, colon, zulu, space, lower, zeros, around }: Habits): string {
  const local = new Date(at + (zulu ? 0 : offset * 60_000)).toISOString();
  const size = Math.abs(offset);
  const sign = offset < 0 ? "-" : "+";
  const zone = zulu ? "Z" : `${sign}${two(Math.floor(size / 60))}${colon ? ":" : ""}${two(size % 60)}`;
  const fraction = at % 1000 === 0 && zeros === 0 ? "" : `${local.slice(19, 23)}${"0".repeat(zeros)}`;
  const text = `${local.slice(0, 10)}${space ? " " : "T"}${local.slice(11, 19)}${fraction}${zone}`;
  return around + (lower ? text.toLowerCase() : text) + around;
}

/** How far a clock may be off: by a quarter of an hour to either side. */
export const skews: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: -15 * 60_000, max: 15 * 60_000 }),
  fc.constantFrom(-15 * 60_000, 0, 15 * 60_000),
);

/** Distances between two moments: of milliseconds, of seconds, of hours, of years. */
export const distances: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.integer({ min: -2000, max: 2000 }),
  fc.integer({ min: -7_200_000, max: 7_200_000 }),
  fc.integer({ min: -100_000_000_000, max: 100_000_000_000 }),
);
