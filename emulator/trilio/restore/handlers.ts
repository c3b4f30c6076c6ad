import { checkWorkload, requireMember } from "../api/access";
import type { Call, Handler } from "../api/call";
import { notFound } from "../api/errors";
import type { Restore } from "../model";
import { cancelRestore, deleteRestore } from "./lifecycle";
import { restoreDetail, restoreShow, restoreSummary } from "./serialize";

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
  const { snapshotId } = params;
  if (snapshotId !== undefined && snapshotId !== restore.snapshotId) throw notFound("Restore", id);
  checkWorkload(call, restore.workloadId);
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
  if (!call.world.guesses.readerMayCancel) requireMember(call, "restore:restore_cancel");
  cancelRestore(call.world, restoreAt(call), call.trouble);
  return { status: 200 };
};

function remove(call: Call): void {
  requireMember(call, "restore:restore_delete");
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
