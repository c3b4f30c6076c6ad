import { everyProject } from "../api/access";
import type { Call, Handler } from "../api/call";
import { notFound } from "../api/errors";
import type { Workload } from "../model";
import { workloadShow, workloadSummary } from "./serialize";

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
