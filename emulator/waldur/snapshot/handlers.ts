import type { JsonObject } from "../../http/json";
import type { Reply } from "../../http/reply";
import { find, findToWrite, requireStaff, requireState } from "../api/access";
import type { Call } from "../api/call";
import { badRequest } from "../api/errors";
import { bodyObject, dateTime, FieldErrors, given, text } from "../api/fields";
import type { Snapshot } from "../model";
import { checkQuotas, snapshotDemand } from "../quotas";
import { startDeletion, startUpdate } from "../storage/operations";
import { volumeKind } from "../volume/listing";
import { writableFields } from "./fields";
import { startSnapshotCreation, startSnapshotPull, storedSnapshot } from "./lifecycle";
import { snapshotKind } from "./listing";
import { addSnapshot } from "./record";
import { restorationBody, snapshotBody } from "./serialize";

/** The writable fields; unknown and read-only ones are ignored (recordings 06, 07, 08). @throws Refusal 400 */
function readFields(body: JsonObject, nameRequired: boolean): Partial<Snapshot> {
  const errors = new FieldErrors();
  const changes = writableFields.map(([name, { key, kind, required, ...rules }]) => {
    if (kind === "text") {
      return [name, text(body, key, { ...rules, required: nameRequired && required === true }, errors)];
    }
    if (kind === "dateTime") return [name, dateTime(body, key, errors)];
    return [name, given(body, key, {}, errors)];
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
  const { uuid: sourceVolumeUuid, size, tenantUuid } = findToWrite(call, volumeKind);
  checkQuotas(world, tenantUuid, snapshotDemand(size));
  const snapshot = addSnapshot(world, { name: "", ...fields, size, tenantUuid, sourceVolumeUuid });
  startSnapshotCreation(world, snapshot);
  return { status: 201, body: snapshotBody(view, snapshot) };
}

/** `PATCH` and `PUT` of a snapshot: the new values at once, then an update cycle, whatever was sent (recording 08). */
export function updateSnapshot(call: Call): Reply {
  const { world, view } = call;
  const snapshot = findToWrite(call, snapshotKind);
  requireState(snapshot, "OK");
  const changes = readFields(bodyObject(call.body), call.method === "PUT");
  const { name, description } = snapshot;
  world.touch(snapshot, changes);
  const changesCloud = snapshot.name !== name || snapshot.description !== description;
  startUpdate(storedSnapshot(world, snapshot), changesCloud);
  return { status: 200, body: snapshotBody(view, snapshot) };
}

/** `DELETE` of a snapshot: allowed from OK and Erred, restorations or not (recordings 07, 09). */
export function deleteSnapshot(call: Call): Reply {
  const snapshot = findToWrite(call, snapshotKind);
  requireState(snapshot, "OK", "Erred");
  startDeletion(storedSnapshot(call.world, snapshot));
  return call.world.rules.answers.deleteSnapshot;
}

/** `POST .../pull/` (recording 10). */
export function pullSnapshot(call: Call): Reply {
  const snapshot = findToWrite(call, snapshotKind);
  requireState(snapshot, "OK", "Erred");
  if (snapshot.backendId === null) throw badRequest(["Resource does not have backend ID."]);
  startSnapshotPull(call.world, snapshot);
  return call.world.rules.answers.pull;
}

/** `POST .../unlink/`: staff only, in any state, nothing happens in the cloud or to quotas (recordings 01, 10, 15). */
export function unlinkSnapshot(call: Call): Reply {
  requireStaff(call);
  call.world.dropSnapshot(find(call, snapshotKind).uuid);
  return call.world.rules.answers.unlink;
}

/** `GET .../restorations/`: a plain array; `field` and paging have no effect (recording 09). */
export function listRestorations(call: Call): Reply {
  const { uuid } = find(call, snapshotKind);
  const rows = call.world.restorationsOf(uuid);
  return { status: 200, body: rows.map((row) => restorationBody(call.view, row)) };
}
