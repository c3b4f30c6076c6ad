import { z } from "zod";
import { defined, isRecord } from "../core/values";

const periods = ["hourly", "daily", "weekly", "monthly", "yearly", "manual"] as const;

/** How long snapshots of one schedule stay. */
const rule = z
  .object({
    schedule: z
      .enum(["interval", ...periods])
      .describe(
        'Which snapshots: those of the schedule of that name; "interval" is the one of older servers',
      ),
    intervalHours: z.number().optional().describe("Hours between two snapshots"),
    keepSnapshots: z.number().optional().describe("So many of the newest snapshots are kept"),
    retainFor: z.string().optional().describe('So long snapshots are kept, ISO 8601 duration, e.g. "P30D"'),
    snapshotType: z.string().optional().describe("full or incremental"),
  })
  .meta({ title: "RetentionRuleRow", description: "How long snapshots of one schedule stay." });

/** When Trilio takes snapshots of a workload by itself, and how long they stay. Contract, 6.2 and section 8. */
export const scheduleFields = z
  .object({
    enabled: z.boolean().describe("Whether snapshots are taken by themselves"),
    timezone: z.string().optional().describe("Time zone of dates and times"),
    startDate: z.string().optional().describe("First day, as the server writes it: MM/DD/YYYY"),
    endDate: z.string().optional().describe("Last day, as the server writes it"),
    startTime: z.string().optional().describe("Time of day, as the server writes it, e.g. 02:00 AM"),
    fullBackupInterval: z
      .number()
      .optional()
      .describe("Incremental snapshots between two full ones; 0: all are full; -1: only the first one is"),
    retention: z.array(rule).describe("How long snapshots stay: one rule for each schedule"),
  })
  .meta({ title: "WorkloadScheduleRow", description: "When snapshots are taken, and how long they stay." });

/** When snapshots are taken, and how long they stay. */
export type Schedule = z.output<typeof scheduleFields>;
type Rule = z.output<typeof rule>;

/** The sentences that are the values of `retention_policy_type` (contract, 6.2), told apart by a word of each. */
const byCount = /number of snapshots/i;
const byAge = /days/i;

/**
 * A workload's schedule in our terms.
 *
 * @param wire `jobschedule`: flat up to T4O 5, one entry for each period since 6 (contract, section 8)
 */
export function scheduleOf(wire: Record<string, unknown> | undefined): Schedule | undefined {
  if (wire === undefined || Object.keys(wire).length === 0) return undefined;
  const nested = periods.flatMap((period) => {
    const entry = wire[period];
    return isRecord(entry) ? [periodRule(period, entry)] : [];
  });
  const retention = nested.length > 0 ? nested : flatRule(wire);
  return defined({
    enabled: /^true$/i.test(String(wire.enabled)),
    timezone: word(wire.timezone),
    startDate: word(wire.start_date),
    endDate: word(wire.end_date),
    startTime: word(wire.start_time),
    fullBackupInterval: amount(wire.fullbackup_interval),
    retention,
  }) as Schedule;
}

function flatRule(wire: Record<string, unknown>): Rule[] {
  const type = String(wire.retention_policy_type ?? "");
  const value = amount(wire.retention_policy_value);
  if (value === undefined && wire.interval === undefined) return [];
  const kept = byCount.test(type)
    ? { keepSnapshots: value }
    : byAge.test(type)
      ? { retainFor: days(value) }
      : {};
  return [defined({ schedule: "interval" as const, intervalHours: amount(wire.interval), ...kept }) as Rule];
}

function periodRule(schedule: (typeof periods)[number], entry: Record<string, unknown>): Rule {
  return defined({
    schedule,
    intervalHours: schedule === "hourly" ? amount(entry.interval) : undefined,
    keepSnapshots: amount(entry.retention),
    retainFor: days(amount(entry.retention_days_to_keep)),
    snapshotType: word(entry.snapshot_type),
  }) as Rule;
}

const days = (count: number | undefined) => (count === undefined ? undefined : `P${count}D`);

/** The number at the beginning of a text such as `24 hr`. */
function amount(value: unknown): number | undefined {
  const digits = /^\s*(-?\d+(?:\.\d+)?)/.exec(String(value ?? ""))?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function word(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.map(String).join(", ") || undefined;
  return value === undefined || value === null || isRecord(value) || value === "" ? undefined : String(value);
}
