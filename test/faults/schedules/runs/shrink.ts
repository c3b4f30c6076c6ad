import { runSchedule } from "./run";
import type { Report, Schedule } from "./schedule";

/** Simpler schedules than one, the boldest first. */
function* simpler(schedule: Schedule): Generator<Schedule> {
  const { faults, steps } = schedule;
  for (const fault of faults) yield { ...schedule, faults: faults.filter((other) => other !== fault) };
  for (const step of steps.slice(1)) yield { ...schedule, steps: steps.filter((other) => other !== step) };
  if (schedule.count > 1) yield { ...schedule, count: 1 };
  if (schedule.kept) yield { ...schedule, kept: false };
  if (schedule.approvalMs !== undefined) yield { ...schedule, approvalMs: undefined };
  if (schedule.pageLength !== undefined) yield { ...schedule, pageLength: undefined };
  for (const fault of faults)
    if (fault.times > 1)
      yield {
        ...schedule,
        faults: faults.map((other) => (other === fault ? { ...fault, times: 1 } : other)),
      };
  for (const step of steps)
    if (step.skewMs !== 0 || step.limit !== undefined || step.variant !== 0) {
      const plain = { ...step, skewMs: 0, limit: undefined, variant: 0 };
      yield { ...schedule, steps: steps.map((other) => (other === step ? plain : other)) };
    }
}

/**
 * Takes out of a schedule what is not needed for it to fail.
 *
 * @param failed what came of it
 * @returns what comes of the simplest that breaks one of the same invariants
 */
export async function shrink(failed: Report): Promise<Report> {
  const broken = new Set(failed.violations.map(({ invariant }) => invariant));
  for (const schedule of simpler(failed.schedule)) {
    const report = await runSchedule(schedule);
    if (report.violations.some(({ invariant }) => broken.has(invariant))) return shrink(report);
  }
  return failed;
}
