import { invariants, type Report, type Schedule, type Step } from "./schedule";

const names = { own: "", same: "with one name", none: "without names" };

/** What the program of a schedule declares, and on which server. */
function program({ type, front, count, kept, approvalMs, pageLength, ...schedule }: Schedule): string {
  const parts = [
    `${count} ${type} through the ${front} front`,
    names[schedule.names],
    kept ? "kept for 30 days" : "",
    approvalMs === undefined ? "" : `orders approved after ${approvalMs / 1000} s`,
    pageLength === undefined ? "" : `pages of ${pageLength}`,
  ];
  return parts.filter(Boolean).join(", ");
}

function run({ act, variant, gapMs, skewMs, limit }: Step): string {
  const parts = [
    `  after ${gapMs / 1000} s: ${act}`,
    act === "up" && variant > 0 ? `changed (${variant})` : "",
    skewMs === 0 ? "" : `local clock off by ${skewMs / 1000} s`,
    limit === undefined ? "" : `limit ${limit} s`,
  ];
  return parts.filter(Boolean).join(", ");
}

/** A schedule in words. */
export function described(schedule: Schedule): string {
  const hits = schedule.faults.map(
    ({ kind, label, scope, skip, times }) =>
      `  ${kind}: ${label}; ${scope} requests, after ${skip}, ${times} times`,
  );
  const head = `seed ${schedule.seed}: ${program(schedule)}`;
  return [head, ...schedule.steps.map(run), "faults:", ...hits].join("\n");
}

/** What a schedule broke. */
export function broken({ violations }: Report): string {
  return violations.map(({ invariant, what }) => `${invariants[invariant]}: ${what}`).join("\n");
}

/** How to see all of it. */
export function replayOf({ seed }: Schedule): string {
  return `npm run faults -- --seed ${seed}`;
}
