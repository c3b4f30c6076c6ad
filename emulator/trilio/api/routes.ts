import type { Route } from "../../http/service";
import { createRestore } from "../restore/create";
import {
  cancel,
  destroyNestedRestore,
  destroyRestore,
  listRestoreDetails,
  listRestores,
  showNestedRestore,
  showRestore,
} from "../restore/handlers";
import { listSnapshots, showSnapshot } from "../snapshot/handlers";
import { listWorkloadDetails, listWorkloads, showWorkload } from "../workload/handlers";
import type { Handler } from "./call";

/** One row of the table of endpoints (contract 2). */
export interface TrilioRoute extends Route {
  /** `GET /v1/{tenant}/restores/{id}`. */
  name: string;
  handler: Handler;
  /** Query parameters that are known. */
  query: readonly string[];
  /** Whether it changes something, whatever its method. */
  writes: boolean;
}

const nested = "/workloads/{workloadId}/snapshots/{snapshotId}";

function route(method: string, path: string, handler: Handler, query = ""): TrilioRoute {
  const template = `/v1/{tenant}${path}`;
  return {
    name: `${method} ${template}`,
    method,
    path: template.replace(/\{(\w+)\}/g, ":$1"),
    handler,
    query: query.split(" "),
    // Cancel is a GET with a side effect (contract 5).
    writes: method !== "GET" || path.endsWith("/cancel"),
  };
}

/** All of them; of several that fit a path the first counts. */
export const routes: readonly TrilioRoute[] = [
  route("GET", "/restores/detail", listRestoreDetails, "snapshot_id"),
  route("GET", "/restores", listRestores, "snapshot_id"),
  route("GET", "/restores/{id}", showRestore),
  route("GET", `${nested}/restores/{id}`, showNestedRestore),
  route("POST", "/snapshots/{snapshotId}", createRestore),
  route("POST", `${nested}/restores`, createRestore),
  route("DELETE", "/restores/{id}", destroyRestore),
  route("DELETE", `${nested}/restores/{id}`, destroyNestedRestore),
  route("GET", "/restores/{id}/cancel", cancel),
  route("GET", "/snapshots", listSnapshots, "workload_id host date_from date_to all"),
  route("GET", "/snapshots/{snapshotId}", showSnapshot),
  route("GET", nested, showSnapshot),
  route("GET", "/workloads", listWorkloads, "all_workloads nfs_share detail"),
  route("GET", "/workloads/detail", listWorkloadDetails, "all_workloads nfs_share"),
  route("GET", "/workloads/{workloadId}", showWorkload),
];
