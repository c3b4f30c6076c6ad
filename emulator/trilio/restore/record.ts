import type { Restore } from "../model";

type Given =
  | "id"
  | "snapshotId"
  | "workloadId"
  | "projectId"
  | "userId"
  | "kind"
  | "name"
  | "description"
  | "createdAt"
  | "host"
  | "size"
  | "options"
  | "planned";

/** A restore's record before it runs, and what of it is known otherwise. */
export function newRestore(fields: Pick<Restore, Given> & Partial<Restore>): Restore {
  return {
    status: "restoring",
    cancelling: false,
    deletion: "none",
    micros: 0,
    finishedAt: null,
    endsAt: fields.createdAt,
    percent: 0,
    progressMessage: null,
    warningMessage: null,
    errorMessage: null,
    instances: [],
    overwrites: [],
    topology: false,
    metadata: [],
    goneSnapshot: undefined,
    trouble: {},
    ...fields,
  };
}
