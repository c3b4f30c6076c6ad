import type { Reply } from "../../http/reply";
import type { Call } from "../api/call";
import { crash, wrongState } from "../api/errors";
import { bodyObject, FieldErrors, text } from "../api/fields";
import { findSnapshot, requireWriter } from "../api/lookup";
import { projectOf } from "../permissions";
import { checkQuotas, typeOf, volumeDemand } from "../quotas";
import { makeResource, makeVolume, volumeOffering } from "../records";
import { volumeDetails } from "../resource/follow";
import { volumeBody } from "../storage/serialize";
import { startVolumeCreation } from "../volume/lifecycle";

/**
 * `POST /api/openstack-snapshots/{uuid}/restore/`: answers the new volume. The snapshot stays as it is, so several
 * restores may run at once (recordings 09, 23).
 */
export function restoreSnapshot(call: Call): Reply {
  const { world, view } = call;
  const snapshot = findSnapshot(call);
  requireWriter(call, snapshot.tenantUuid);
  if (snapshot.state !== "OK") throw wrongState(["OK"]);
  const body = bodyObject(call.body);
  const errors = new FieldErrors();
  const name = text(body, "name", { required: true }, errors) ?? "";
  const description = text(body, "description", { blank: true }, errors);
  errors.raise();
  // Nothing checks the lengths here, and the database crashes on them (recording 09).
  if ([...name].length > 150 || [...(description ?? "")].length > 2000) throw crash();
  const source = world.volumes.get(snapshot.sourceVolumeUuid ?? "");
  const typeUuid = source?.typeUuid ?? null;
  const tenant = world.tenants.get(snapshot.tenantUuid);
  if (tenant !== undefined) checkQuotas(tenant, volumeDemand(snapshot.size, typeOf(world, typeUuid)));
  const volume = makeVolume(world, {
    name,
    description: description ?? `Restored from snapshot ${snapshot.name}`,
    size: snapshot.size,
    tenantUuid: snapshot.tenantUuid,
    typeUuid,
    sourceSnapshotUuid: snapshot.uuid,
  });
  const restoration = {
    ...world.newRow("restoration", name),
    snapshotUuid: snapshot.uuid,
    volumeUuid: volume.uuid,
    description: volume.description,
  };
  world.restorations.set(restoration.uuid, restoration);
  const offering = volumeOffering(world, snapshot.tenantUuid);
  if (offering !== undefined) {
    const projectUuid = projectOf(world, snapshot.tenantUuid);
    const backendMetadata = volumeDetails(world, volume);
    makeResource(world, offering, { name, projectUuid, volumeUuid: volume.uuid, backendMetadata });
  }
  startVolumeCreation(world, volume, undefined);
  return { status: world.rules.answers.restoreStatus, body: volumeBody(view, volume) };
}
