import { invariants, type Report, type Schedule } from "./schedule";

/** A schedule in words. */
export function described({
  seed,
  type,
  front,
  count,
  named,
  kept,
  pageLength,
  steps,
  faults,
}: Schedule): string {
  const program = [
    `${count} ${type} through the ${front} front`,
    named ? "" : "without names of their own",
    kept ? "kept for 30 days" : "",
    pageLength === undefined ? "" : `pages of ${pageLength}`,
  ];
  const runs = steps.map(({ act, variant, gapMs, skewMs, limit }) =>
    [
      `  after ${gapMs / 1000} s: ${act}`,
      act === "up" && variant > 0 ? `changed (${variant})` : "",
      skewMs === 0 ? "" : `local clock off by ${skewMs / 1000} s`,
      limit === undefined ? "" : `limit ${limit} s`,
    ]
      .filter(Boolean)
      .join(", "),
  );
  const hits = faults.map(
    ({ kind, label, scope, skip, times }) =>
      `  ${kind}: ${label}; ${scope} requests, after ${skip}, ${times} times`,
  );
  return [`seed ${seed}: ${program.filter(Boolean).join(", ")}`, ...runs, "faults:", ...hits].join("\n");
}

/** What a schedule broke. */
export function broken({ violations }: Report): string {
  return violations.map(({ invariant, what }) => `${invariants[invariant]}: ${what}`).join("\n");
}

/** How to see all of it. */
export function replayOf({ seed }: Schedule): string {
  return `npm run faults -- --seed ${seed}`;
}
