import type { Json, JsonObject } from "../../http/json";
import type { Schedule, Workload } from "../model";
import { linksOf } from "../restore/serialize";
import { timestamp } from "../timestamps";
import type { TrilioWorld } from "../world";

/** A workload in `GET /workloads` (contract 6.2). */
export function workloadSummary(world: TrilioWorld, workload: Workload): JsonObject {
  const created = timestamp(workload.createdAt, world.guesses.timeOffsetMinutes);
  return {
    project_id: workload.projectId,
    user_id: workload.userId,
    id: workload.id,
    name: workload.name,
    snapshots_info: "",
    description: workload.description,
    workload_type_id: "f82ce76f-17fe-438b-aa37-7a023058e50d",
    status: workload.status,
    created_at: created,
    updated_at: created,
    scheduler_trust: null,
    links: linksOf(workload.projectId, "workloads", workload.id),
  };
}

/** A workload in `GET /workloads/{id}`: with its schedule. */
export function workloadShow(world: TrilioWorld, workload: Workload): JsonObject {
  return { ...workloadSummary(world, workload), jobschedule: scheduleView(world, workload.schedule) };
}

function scheduleView({ guesses }: TrilioWorld, schedule: Schedule): JsonObject {
  const value = (number: number): Json => (guesses.retentionValue === "string" ? String(number) : number);
  const { keep } = schedule;
  const common = {
    enabled: guesses.jobscheduleEnabled === "string" ? String(schedule.enabled) : schedule.enabled,
    start_date: schedule.startDate,
    end_date: "No End",
    start_time: schedule.startTime,
    timezone: schedule.timezone,
  };
  if (guesses.jobschedule === "nested") {
    const hourly = schedule.intervalHours < 24;
    const kept = "snapshots" in keep ? keep.snapshots : Math.ceil((keep.days * 24) / schedule.intervalHours);
    const regular = { retention: value(kept), snapshot_type: "incremental" };
    return {
      ...common,
      ...(hourly ? { hourly: { interval: value(schedule.intervalHours), ...regular } } : { daily: regular }),
      ...(schedule.fullBackupInterval < 0 ? {} : { weekly: { retention: value(4), snapshot_type: "full" } }),
      manual: { retention: value(kept), retention_days_to_keep: value("days" in keep ? keep.days : 30) },
    };
  }
  return {
    ...common,
    interval: `${schedule.intervalHours} hr`,
    fullbackup_interval: `${schedule.fullBackupInterval}`,
    retention_policy_type:
      "snapshots" in keep ? "Number of Snapshots to Keep" : "Number of days to retain Snapshots",
    retention_policy_value: value("snapshots" in keep ? keep.snapshots : keep.days),
  };
}
