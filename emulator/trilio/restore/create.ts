import { randomUUID } from "node:crypto";
import { requireMember } from "../api/access";
import type { Call, Handler } from "../api/call";
import { TrilioRefusal } from "../api/errors";
import type { TrilioSnapshot } from "../model";
import { snapshotAt } from "../snapshot/handlers";
import { startRestore } from "./lifecycle";
import { planRestore } from "./plan";
import { newRestore } from "./record";
import { parseRestoreRequest } from "./request";
import { createdRestore } from "./serialize";

/** `POST /snapshots/{snapshotId}` and its nested form: starts a restore (contract 3). */
export const createRestore: Handler = (call) => {
  requireMember(call, "snapshot:snapshot_restore");
  const { world, token, trouble, fault, params, body } = call;
  if (fault?.kind === "snapshotGone") world.dropSnapshot(params.snapshotId ?? "");
  const snapshot = snapshotAt(call);
  const request = parseRestoreRequest(world, body);
  const plan = planRestore(world, snapshot, request);
  const failure = plan.failure ?? failureOf(call, snapshot);
  const restore = newRestore({
    id: randomUUID(),
    snapshotId: snapshot.id,
    workloadId: snapshot.workloadId,
    projectId: token.projectId,
    userId: token.userId,
    kind: request.kind,
    name: request.name,
    description: request.description,
    createdAt: world.now(),
    micros: world.newMicros(),
    host: "TVM2",
    size: snapshot.restoreSize,
    options: request.options,
    planned: plan.instances,
    overwrites: plan.overwrites,
    topology: plan.topology,
    trouble: failure === undefined ? trouble : { failWith: { message: failure }, ...trouble },
  });
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
