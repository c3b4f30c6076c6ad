import { checkWorkload, everyProject } from "../api/access";
import type { Call, Handler } from "../api/call";
import { notFound } from "../api/errors";
import type { TrilioSnapshot } from "../model";
import { parseTimestamp } from "../timestamps";
import { snapshotShow, snapshotSummary } from "./serialize";

/** The snapshot of the path. @throws TrilioRefusal 404 */
export function snapshotAt(call: Call): TrilioSnapshot {
  const { world, token, params } = call;
  const { snapshotId = "" } = params;
  const snapshot = world.snapshots.get(snapshotId);
  if (snapshot === undefined || snapshot.projectId !== token.projectId) {
    throw notFound("Snapshot", snapshotId);
  }
  checkWorkload(call, snapshot.workloadId);
  return snapshot;
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
