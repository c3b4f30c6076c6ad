import type { Call, Handler } from "../api/call";
import { notFound, TrilioRefusal } from "../api/errors";
import type { TrilioSnapshot, Workload } from "../model";
import { parseTimestamp } from "../timestamps";
import { workloadShow, workloadSummary } from "../workload/serialize";
import { snapshotShow, snapshotSummary } from "./serialize";

/** The snapshot of the path. @throws TrilioRefusal 404 */
export function snapshotAt({ world, token, params }: Call): TrilioSnapshot {
  const { snapshotId = "", workloadId } = params;
  const snapshot = world.snapshots.get(snapshotId);
  if (snapshot === undefined || snapshot.projectId !== token.projectId) {
    throw notFound("Snapshot", snapshotId);
  }
  const wrongWorkload = workloadId !== undefined && workloadId !== snapshot.workloadId;
  if (wrongWorkload && world.guesses.nestedPathWorkload === "checked") throw notFound("Workload", workloadId);
  return snapshot;
}

/** Whether somebody asks for every project's objects, and may. @throws TrilioRefusal 403 by the guess */
function everyProject({ world, token, query }: Call, parameter: string): boolean {
  if (!["true", "1"].includes((query.get(parameter) ?? "").toLowerCase())) return false;
  if (token.roles.includes("admin")) return true;
  if (world.guesses.allByNonAdmin === "ignored") return false;
  throw new TrilioRefusal(403, "Policy doesn't allow the objects of all projects to be listed.");
}

/** `GET /snapshots`, by workload, host and date (contract 2). */
export const listSnapshots: Handler = (call) => {
  const { world, token, query } = call;
  const all = everyProject(call, "all");
  const { timeOffsetMinutes, snapshotDates, snapshotOrder } = world.guesses;
  const boundary = (name: string): number | undefined =>
    parseTimestamp(query.get(name) ?? "", timeOffsetMinutes);
  const [from, to] = [boundary("date_from"), boundary("date_to")];
  const before = (a: number, b: number): boolean => (snapshotDates === "inclusive" ? a <= b : a < b);
  const snapshots = [...world.snapshots.values()].filter(
    (snapshot) =>
      (all || snapshot.projectId === token.projectId) &&
      (query.get("workload_id") ?? snapshot.workloadId) === snapshot.workloadId &&
      (query.get("host") ?? snapshot.host) === snapshot.host &&
      (from === undefined || before(from, snapshot.createdAt)) &&
      (to === undefined || before(snapshot.createdAt, to)),
  );
  snapshots.sort((a, b) => a.createdAt - b.createdAt);
  if (snapshotOrder === "newest") snapshots.reverse();
  return { status: 200, body: { snapshots: snapshots.map((snapshot) => snapshotSummary(world, snapshot)) } };
};

/** `GET /snapshots/{snapshotId}` and its nested form. */
export const showSnapshot: Handler = (call) => ({
  status: 200,
  body: { snapshot: snapshotShow(call.world, snapshotAt(call)) },
});

function workloadsOf(call: Call): Workload[] {
  const all = everyProject(call, "all_workloads");
  return [...call.world.workloads.values()].filter(
    ({ projectId }) => all || projectId === call.token.projectId,
  );
}

/** `GET /workloads`. */
export const listWorkloads: Handler = (call) => ({
  status: 200,
  body: { workloads: workloadsOf(call).map((workload) => workloadSummary(call.world, workload)) },
});

/** `GET /workloads/detail`. */
export const listWorkloadDetails: Handler = (call) => ({
  status: 200,
  body: { workloads: workloadsOf(call).map((workload) => workloadShow(call.world, workload)) },
});

/** `GET /workloads/{workloadId}`. */
export const showWorkload: Handler = (call) => {
  const id = call.params.workloadId ?? "";
  const workload = call.world.workloads.get(id);
  if (workload === undefined || workload.projectId !== call.token.projectId) throw notFound("Workload", id);
  return { status: 200, body: { workload: workloadShow(call.world, workload) } };
};
