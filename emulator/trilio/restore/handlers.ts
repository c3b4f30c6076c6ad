import { newBackendId } from "../../ids";
import type { Call, Handler } from "../api/call";
import { notFound, TrilioRefusal } from "../api/errors";
import type { Restore, TrilioSnapshot } from "../model";
import { snapshotAt } from "../snapshot/handlers";
import { cancelRestore, deleteRestore, startRestore } from "./lifecycle";
import { planRestore } from "./plan";
import { parseRestoreRequest } from "./request";
import { createdRestore, restoreDetail, restoreShow, restoreSummary } from "./serialize";

/** Refuses who may only read (contract 7). */
function wantMember({ world, token }: Call, policy: string): void {
  if (token.roles.some((role) => role !== "reader")) return;
  const { policyStatus } = world.guesses;
  throw new TrilioRefusal(policyStatus, `Policy doesn't allow ${policy} to be performed.`);
}

/** The restore of the path. @throws TrilioRefusal 404 */
function restoreAt(call: Call): Restore {
  const { world, token, params } = call;
  const id = params.id ?? "";
  const restore = world.restores.get(id);
  if (restore === undefined || restore.projectId !== token.projectId) throw notFound("Restore", id);
  if (restore.deletion === "done" && world.guesses.showAfterDelete === 404) throw notFound("Restore", id);
  const misses = restore.trouble.missingReads ?? 0;
  if (misses > 0) {
    restore.trouble.missingReads = misses - 1;
    throw notFound("Restore", id);
  }
  const { workloadId, snapshotId } = params;
  if (snapshotId !== undefined && snapshotId !== restore.snapshotId) throw notFound("Restore", id);
  const wrongWorkload = workloadId !== undefined && workloadId !== restore.workloadId;
  if (wrongWorkload && world.guesses.nestedPathWorkload === "checked") throw notFound("Workload", workloadId);
  return restore;
}

function listed({ world, token, query }: Call): Restore[] {
  const snapshotId = query.get("snapshot_id");
  const restores = [...world.restores.values()].filter(
    (restore) =>
      restore.projectId === token.projectId &&
      (snapshotId === null || restore.snapshotId === snapshotId) &&
      (restore.deletion !== "done" || world.guesses.listAfterDelete === "listed") &&
      (restore.trouble.missingReads ?? 0) === 0,
  );
  restores.sort((a, b) => a.createdAt - b.createdAt);
  return world.guesses.restoreOrder === "newest" ? restores.reverse() : restores;
}

/** `GET /restores/detail`. */
export const listRestoreDetails: Handler = (call) => ({
  status: 200,
  body: { restores: listed(call).map((restore) => restoreDetail(call.world, restore)) },
});

/** `GET /restores`. */
export const listRestores: Handler = (call) => ({
  status: 200,
  body: { restores: listed(call).map((restore) => restoreSummary(call.world, restore)) },
});

/** `GET /restores/{id}`. */
export const showRestore: Handler = (call) => ({
  status: 200,
  body: { restore: restoreShow(call.world, restoreAt(call)) },
});

/** `GET /workloads/{workloadId}/snapshots/{snapshotId}/restores/{id}`. */
export const showNestedRestore: Handler = (call) => {
  const { world } = call;
  const view = world.guesses.nestedShow === "show" ? restoreShow : restoreDetail;
  return { status: 200, body: { restore: view(world, restoreAt(call)) } };
};

/** `GET /restores/{id}/cancel`: a request, though the method promises none (contract 5). */
export const cancel: Handler = (call) => {
  if (!call.world.guesses.readerMayCancel) wantMember(call, "restore:restore_cancel");
  cancelRestore(call.world, restoreAt(call), call.trouble);
  return { status: 200 };
};

function remove(call: Call): void {
  wantMember(call, "restore:restore_delete");
  const seconds = call.fault?.kind === "slowDelete" ? call.fault.seconds : undefined;
  deleteRestore(call.world, restoreAt(call), seconds);
}

/** `DELETE /restores/{id}`. */
export const destroyRestore: Handler = (call) => {
  remove(call);
  return { status: call.world.guesses.deleteStatus };
};

/** `DELETE /workloads/{workloadId}/snapshots/{snapshotId}/restores/{id}`. */
export const destroyNestedRestore: Handler = (call) => {
  remove(call);
  return { status: call.world.guesses.nestedDeleteStatus };
};

/** `POST /snapshots/{snapshotId}` and its nested form: starts a restore (contract 3). */
export const createRestore: Handler = (call) => {
  wantMember(call, "snapshot:snapshot_restore");
  const { world, token, trouble, fault, params, body } = call;
  if (fault?.kind === "snapshotGone") world.dropSnapshot(params.snapshotId ?? "");
  const snapshot = snapshotAt(call);
  const request = parseRestoreRequest(world, body);
  const plan = planRestore(world, snapshot, request);
  const failure = plan.failure ?? failureOf(call, snapshot);
  const restore: Restore = {
    id: newBackendId(),
    snapshotId: snapshot.id,
    workloadId: snapshot.workloadId,
    projectId: token.projectId,
    userId: token.userId,
    kind: request.kind,
    name: request.name,
    description: request.description,
    status: "restoring",
    cancelling: false,
    deletion: "none",
    createdAt: world.now(),
    micros: world.newMicros(),
    finishedAt: null,
    endsAt: world.now(),
    percent: 0,
    host: "TVM2",
    size: snapshot.restoreSize,
    progressMessage: null,
    warningMessage: null,
    errorMessage: null,
    options: request.options,
    planned: plan.instances,
    instances: [],
    overwrites: plan.overwrites,
    topology: plan.topology,
    metadata: [],
    goneSnapshot: undefined,
    trouble: failure === undefined ? trouble : { failWith: { message: failure }, ...trouble },
  };
  world.restores.set(restore.id, restore);
  startRestore(world, restore);
  return { status: 202, body: { restore: createdRestore(world, restore) } };
};

/** What the snapshot's own status means for a restore of it. @throws TrilioRefusal when it is refused */
function failureOf({ world }: Call, snapshot: TrilioSnapshot): string | undefined {
  const status = world.statusOf(snapshot);
  if (status === "available") return undefined;
  const { createOnBusySnapshot, createOnFailedSnapshot, badStateStatus } = world.guesses;
  const ended = status === "error" || status === "cancelled";
  const how = ended ? createOnFailedSnapshot : createOnBusySnapshot;
  if (how === "accepted") return undefined;
  const message = `Snapshot ${snapshot.id} is ${status} and cannot be restored`;
  if (how === "refused") throw new TrilioRefusal(badStateStatus, `${message}.`);
  return `Failed restoring snapshot: ${message}`;
}
