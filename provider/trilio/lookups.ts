import { z } from "zod";
import { UserError } from "../core/errors";
import type { Lookup } from "../core/resource/lifecycle";
import { timestampField } from "../core/retention";
import { defined, timestampOf } from "../core/values";
import { trilio } from "./backend";
import type { TrilioClient } from "./client";
import { idOf, reference, sameReference } from "./references";
import { type RestoreRow, restoreRow, rowOf } from "./restoration/row";
import { scheduleFields, scheduleOf } from "./schedule";
import { type SnapshotRow, snapshotOf, snapshotRow } from "./snapshot";
import { timestamp } from "./wire";

type Ctx = { client: TrilioClient; signal?: AbortSignal | undefined };

const statuses = z.array(z.string()).describe("Statuses, e.g. available; default: every one").optional();

const restoreArgs = z.object({ id: reference("ID of the restore.") });
const restoresArgs = z.object({
  snapshot: reference("Only restores of this snapshot.").optional(),
  status: statuses,
});

const snapshotFilters = {
  workload: reference("Only snapshots of this workload.").optional(),
  name: z.string().describe("Only snapshots of exactly this name.").optional(),
  dateFrom: timestampField.describe("Only snapshots taken at or after this instant.").optional(),
  dateTo: timestampField.describe("Only snapshots taken at or before this instant.").optional(),
};
const snapshotsArgs = z.object({
  ...snapshotFilters,
  status: statuses,
  latestAvailable: z
    .boolean()
    .describe("Only the newest that can be restored: at most one. Default: false.")
    .optional(),
  allProjects: z.boolean().describe("Those of all projects; for administrators. Default: false.").optional(),
});
const snapshotArgs = z.object({
  id: reference("ID of the snapshot; instead of filters.").optional(),
  ...snapshotFilters,
  mostRecent: z
    .boolean()
    .describe("Where several match, take the one that was taken last. Default: false.")
    .optional(),
});

const workloadArgs = z.object({ id: reference("ID of the workload.") });
const workloadRow = z.object({
  id: z.string().describe("ID of the workload"),
  name: z.string().optional().describe("Name"),
  description: z.string().optional().describe("Description"),
  status: z.string().describe("available, error, or busy in some way"),
  createdAt: z.string().optional().describe("Time of creation, ISO 8601"),
  updatedAt: z.string().optional().describe("Time of the last change, ISO 8601"),
  projectId: z.string().optional().describe("ID of the project"),
  instances: z.array(z.string()).optional().describe("IDs of its instances, where the server shows them"),
  schedule: scheduleFields.optional(),
});
type WorkloadRow = z.output<typeof workloadRow>;

/** Restores of the project, or of one snapshot. API page: List Restores. */
export const getRestores: Lookup<TrilioClient, z.output<typeof restoresArgs>, { restores: RestoreRow[] }> = {
  type: "trilio:getRestores",
  description: "Lists restores, the newest first. Without arguments: all of the project.",
  backend: trilio,
  inputs: restoresArgs,
  outputs: z.object({ restores: z.array(restoreRow).describe("The restores") }),
  async invoke({ snapshot, status }, { client, signal }) {
    const rows = (await client.restores(snapshot && idOf(snapshot), signal)).map(rowOf);
    return { restores: newestFirst(rows.filter((row) => !status || status.includes(row.status))) };
  },
};

/** One restore. API page: Get Restore. @throws UserError where there is none */
export const getRestore: Lookup<TrilioClient, z.output<typeof restoreArgs>, RestoreRow> = {
  type: "trilio:getRestore",
  description: "Finds a restore by its id.",
  backend: trilio,
  inputs: restoreArgs,
  outputs: restoreRow,
  async invoke({ id }, { client, signal }) {
    const restore = await client.restore(idOf(id), signal);
    if (restore === undefined) throw new UserError(`there is no restore ${id}`);
    return rowOf(restore);
  },
};

/** Snapshots. Contract, section 2, row 10. */
export const getSnapshots: Lookup<
  TrilioClient,
  z.output<typeof snapshotsArgs>,
  { snapshots: Omit<SnapshotRow, "instances">[] }
> = {
  type: "trilio:getSnapshots",
  description: "Lists snapshots of whole instances, the newest first.",
  backend: trilio,
  inputs: snapshotsArgs,
  outputs: z.object({
    snapshots: z.array(snapshotRow.omit({ instances: true })).describe("The snapshots"),
  }),
  invoke: async (args, ctx) => ({ snapshots: await list(args, ctx) }),
};

/** One snapshot with its instances. @throws UserError where none, or more than one, matches */
export const getSnapshot: Lookup<TrilioClient, z.output<typeof snapshotArgs>, SnapshotRow> = {
  type: "trilio:getSnapshot",
  description: "Finds one snapshot that can be restored, with its instances: by its id or by filters.",
  backend: trilio,
  inputs: snapshotArgs,
  outputs: snapshotRow,
  async invoke({ id, mostRecent, ...filters }, ctx) {
    const words = JSON.stringify(filters);
    if (id !== undefined && words !== "{}")
      throw new UserError("getSnapshot takes an id or filters, not both");
    if (id !== undefined) return show(id, ctx);
    const [first, ...more] = await list({ ...filters, status: ["available"] }, ctx);
    if (first === undefined) throw new UserError(`no snapshot that can be restored matches ${words}`);
    if (more.length > 0 && !mostRecent) {
      const count = more.length + 1;
      throw new UserError(`${count} snapshots match ${words}; narrow it down, or set mostRecent`);
    }
    return show(first.id, ctx);
  },
};

/** A workload and how long its snapshots stay. Contract, 6.2. @throws UserError where there is none */
export const getWorkload: Lookup<TrilioClient, z.output<typeof workloadArgs>, WorkloadRow> = {
  type: "trilio:getWorkload",
  description: "Finds a workload by its id, with the schedule and the retention of its snapshots.",
  backend: trilio,
  inputs: workloadArgs,
  outputs: workloadRow,
  async invoke({ id }, { client, signal }) {
    const workload = await client.workload(idOf(id), signal);
    if (workload === undefined) throw new UserError(`there is no workload ${id}`);
    const { status, name, description } = workload;
    return defined({
      id: workload.id,
      name,
      description,
      status,
      createdAt: timestamp(workload.created_at),
      updatedAt: timestamp(workload.updated_at),
      projectId: workload.project_id,
      instances: workload.instances?.map((instance) => instance.id),
      schedule: scheduleOf(workload.jobschedule),
    }) as WorkloadRow;
  },
};

async function show(id: string, { client, signal }: Ctx) {
  const snapshot = await client.snapshot(idOf(id), signal);
  if (snapshot === undefined) throw new UserError(`there is no snapshot ${id}`);
  return snapshotOf(snapshot);
}

/** The filters are applied here too: which of them a server knows, and how it takes a date, is not public. */
async function list(args: z.output<typeof snapshotsArgs>, { client, signal }: Ctx) {
  const { workload, name, dateFrom, dateTo, status, latestAvailable, allProjects } = args;
  const [from, to] = [dateFrom, dateTo].map((text) => (text === undefined ? undefined : timestampOf(text)));
  const query = {
    workload_id: workload && idOf(workload),
    date_from: wireDate(from),
    date_to: wireDate(to),
    all: allProjects ? "True" : undefined,
  };
  const rows = (await client.snapshots(query, signal)).map(snapshotOf).filter((row) => {
    const taken = timestampOf(row.createdAt ?? "");
    return (
      (workload === undefined || sameReference(row.workload, workload)) &&
      (name === undefined || row.name === name) &&
      (from === undefined || (taken !== undefined && taken >= from)) &&
      (to === undefined || (taken !== undefined && taken <= to)) &&
      (status === undefined || status.includes(row.status)) &&
      (!latestAvailable || row.status === "available")
    );
  });
  // Lists show no instances.
  const sorted = newestFirst(rows).map(({ instances: _none, ...row }) => row);
  return latestAvailable ? sorted.slice(0, 1) : sorted;
}

/** `YYYY-MM-DDTHH:MM:SS`, UTC. */
function wireDate(timestamp: number | undefined): string | undefined {
  return timestamp === undefined ? undefined : new Date(timestamp).toISOString().slice(0, 19);
}

function newestFirst<T extends { createdAt?: string | undefined }>(rows: readonly T[]): T[] {
  const age = (row: T) => timestampOf(row.createdAt ?? "") ?? 0;
  return [...rows].sort((a, b) => age(b) - age(a));
}
