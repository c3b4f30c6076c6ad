import type { JsonObject } from "../../http/json";
import type { Reply } from "../../http/reply";
import type { Call } from "../api/call";
import { badRequest, wrongState } from "../api/errors";
import { bodyObject, dateTime, FieldErrors, text } from "../api/fields";
import { findSnapshot, findVolume, requireStaff, requireWriter } from "../api/lookup";
import { listReply, oneReply } from "../list/listing";
import type { Snapshot } from "../model";
import { projectOf, seesProject } from "../permissions";
import { checkQuotas, snapshotDemand } from "../quotas";
import { makeSnapshot } from "../records";
import { snapshotFilters, snapshotKeys } from "../storage/filters";
import { restorationBody, snapshotBody } from "../storage/serialize";
import { writableFields } from "./fields";
import {
  startSnapshotCreation,
  startSnapshotDeletion,
  startSnapshotPull,
  startSnapshotUpdate,
} from "./lifecycle";

/** Refuses what is neither settled nor failed. */
function requireSettled(row: { state: string }, spelled: readonly string[] = ["OK", "Erred"]): void {
  if (!spelled.includes(row.state)) throw wrongState(spelled);
}

/** `GET /api/openstack-snapshots/` (recordings 03, 04). */
export function listSnapshots(call: Call): Reply {
  const { world, view, user } = call;
  const rows = [...world.snapshots.values()].filter((row) =>
    seesProject(world, user, projectOf(world, row.tenantUuid)),
  );
  return listReply(call, rows, {
    filters: snapshotFilters(call),
    keys: snapshotKeys(world),
    standard: "name",
    body: (row) => snapshotBody(view, row),
  });
}

/** `GET /api/openstack-snapshots/{uuid}/`. */
export function readSnapshot(call: Call): Reply {
  return oneReply(call, snapshotBody(call.view, findSnapshot(call)));
}

/** The writable fields; unknown and read-only ones are ignored (recordings 06, 07, 08). */
function readFields(body: JsonObject, nameRequired: boolean): Partial<Snapshot> {
  const errors = new FieldErrors();
  const changes = writableFields.map(([name, { key, kind, required, ...rules }]) => {
    if (kind === "text") {
      return [name, text(body, key, { ...rules, required: nameRequired && required === true }, errors)];
    }
    if (kind === "dateTime") return [name, dateTime(body, key, errors)];
    if (body[key] === null) errors.add(key, "This field may not be null.");
    return [name, body[key]];
  });
  errors.raise();
  return Object.fromEntries(changes.filter(([, value]) => value !== undefined));
}

/**
 * `POST /api/openstack-volumes/{uuid}/snapshot/`. The body is checked before the volume is looked up, and the
 * volume's state is not checked at all (recordings 01, 06, 07).
 */
export function createSnapshot(call: Call): Reply {
  const { world, view } = call;
  const fields = readFields(bodyObject(call.body), true);
  const volume = findVolume(call);
  requireWriter(call, volume.tenantUuid);
  const tenant = world.tenants.get(volume.tenantUuid);
  if (tenant !== undefined) checkQuotas(tenant, snapshotDemand(volume.size));
  const snapshot = makeSnapshot(world, {
    name: "",
    ...fields,
    size: volume.size,
    tenantUuid: volume.tenantUuid,
    sourceVolumeUuid: volume.uuid,
  });
  startSnapshotCreation(world, snapshot, volume);
  return { status: 201, body: snapshotBody(view, snapshot) };
}

/** `PATCH` and `PUT` of a snapshot: the new values at once, then an update cycle, whatever was sent (recording 08). */
export function updateSnapshot(call: Call): Reply {
  const { world, view } = call;
  const snapshot = findSnapshot(call);
  requireWriter(call, snapshot.tenantUuid);
  requireSettled(snapshot, ["OK"]);
  const changes = readFields(bodyObject(call.body), call.method === "PUT");
  const inCloud =
    (changes.name ?? snapshot.name) !== snapshot.name ||
    (changes.description ?? snapshot.description) !== snapshot.description;
  world.touch(snapshot, changes);
  startSnapshotUpdate(world, snapshot, inCloud);
  return { status: 200, body: snapshotBody(view, snapshot) };
}

/** `DELETE` of a snapshot: allowed from OK and Erred, restorations or not (recordings 07, 09). */
export function deleteSnapshot(call: Call): Reply {
  const snapshot = findSnapshot(call);
  requireWriter(call, snapshot.tenantUuid);
  requireSettled(snapshot);
  startSnapshotDeletion(call.world, snapshot);
  return call.world.rules.answers.deleteSnapshot;
}

/** `POST .../pull/` (recording 10). */
export function pullSnapshot(call: Call): Reply {
  const snapshot = findSnapshot(call);
  requireWriter(call, snapshot.tenantUuid);
  requireSettled(snapshot);
  if (snapshot.backendId === null) throw badRequest(["Resource does not have backend ID."]);
  startSnapshotPull(call.world, snapshot);
  return call.world.rules.answers.pull;
}

/** `POST .../unlink/`: staff only, in any state, nothing happens in the cloud or to quotas (recordings 01, 10, 15). */
export function unlinkSnapshot(call: Call): Reply {
  requireStaff(call);
  call.world.dropSnapshot(findSnapshot(call).uuid);
  return call.world.rules.answers.unlink;
}

/** `GET .../restorations/`: a plain array; `field` and paging have no effect (recording 09). */
export function listRestorations(call: Call): Reply {
  const snapshot = findSnapshot(call);
  const rows = call.world.restorationsOf(snapshot.uuid);
  return { status: 200, body: rows.map((row) => restorationBody(call.view, row)) };
}
