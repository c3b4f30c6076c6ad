import type { Reply } from "../../http/reply";
import { findToWrite, requireState } from "../api/access";
import type { Call } from "../api/call";
import { crash } from "../api/errors";
import { bodyObject, FieldErrors, text } from "../api/fields";
import type { Snapshot, Volume } from "../model";
import { projectOf } from "../permissions";
import { checkQuotas, typeOf, volumeDemand } from "../quotas";
import { volumeDetails } from "../resource/follow";
import { addResource, volumeOffering } from "../resource/record";
import { startRestoredVolume } from "../volume/lifecycle";
import { addVolume } from "../volume/record";
import { volumeBody } from "../volume/serialize";
import type { World } from "../world";
import { snapshotKind } from "./listing";

/**
 * `POST /api/openstack-snapshots/{uuid}/restore/`: answers the new volume. The snapshot stays as it is, so several
 * restores may run at once (recordings 09, 23).
 */
export function restoreSnapshot(call: Call): Reply {
  const { world, view } = call;
  const snapshot = findToWrite(call, snapshotKind);
  requireState(snapshot, "OK");
  const body = bodyObject(call.body);
  const errors = new FieldErrors();
  const name = text(body, "name", { required: true }, errors) ?? "";
  const description = text(body, "description", { blank: true }, errors);
  errors.raise();
  // Nothing checks the lengths here, and the database crashes on them (recording 09).
  if ([...name].length > 150 || [...(description ?? "")].length > 2000) throw crash();
  const typeUuid = world.volumes.get(snapshot.sourceVolumeUuid ?? "")?.typeUuid ?? null;
  const { uuid, size, tenantUuid } = snapshot;
  checkQuotas(world, tenantUuid, volumeDemand(size, typeOf(world, typeUuid)));
  const volume = addVolume(world, {
    name,
    description: description ?? `Restored from snapshot ${snapshot.name}`,
    size,
    tenantUuid,
    typeUuid,
    sourceSnapshotUuid: uuid,
  });
  noteRestoration(world, snapshot, volume);
  startRestoredVolume(world, volume);
  return { status: world.rules.answers.restoreStatus, body: volumeBody(view, volume) };
}

/** Adds the record of the restoration, and what the marketplace has of the volume. */
function noteRestoration(world: World, snapshot: Snapshot, volume: Volume): void {
  const { name, description, tenantUuid } = volume;
  const row = world.newRow("restoration", name);
  const restoration = { ...row, snapshotUuid: snapshot.uuid, volumeUuid: volume.uuid, description };
  world.restorations.set(row.uuid, restoration);
  const offering = volumeOffering(world, tenantUuid);
  if (offering === undefined) return;
  addResource(world, offering, {
    name,
    projectUuid: projectOf(world, tenantUuid),
    volumeUuid: volume.uuid,
    backendMetadata: volumeDetails(world, volume),
  });
}
