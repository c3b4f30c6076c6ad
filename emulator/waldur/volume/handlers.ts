import type { Reply } from "../../http/reply";
import type { Call } from "../api/call";
import { badRequest, wrongState } from "../api/errors";
import { bodyObject, boolean, FieldErrors, text } from "../api/fields";
import { findVolume, requireStaff, requireWriter } from "../api/lookup";
import { listReply, oneReply } from "../list/listing";
import { projectOf, seesProject } from "../permissions";
import { volumeFilters, volumeKeys } from "../storage/filters";
import { volumeBody } from "../storage/serialize";
import { startVolumePull, startVolumeUpdate } from "./lifecycle";

/** `GET /api/openstack-volumes/` (recordings 04, 05). */
export function listVolumes(call: Call): Reply {
  const { world, view, user } = call;
  const rows = [...world.volumes.values()].filter((row) =>
    seesProject(world, user, projectOf(world, row.tenantUuid)),
  );
  return listReply(call, rows, {
    filters: volumeFilters(call),
    keys: volumeKeys(world),
    standard: "name",
    body: (row) => volumeBody(view, row),
  });
}

/** `GET /api/openstack-volumes/{uuid}/`. */
export function readVolume(call: Call): Reply {
  return oneReply(call, volumeBody(call.view, findVolume(call)));
}

/** `PATCH` and `PUT` of a volume: name, description and bootable; anything else is ignored (recording 11). */
export function updateVolume(call: Call): Reply {
  const { world, view } = call;
  const volume = findVolume(call);
  requireWriter(call, volume.tenantUuid);
  if (volume.state !== "OK") throw wrongState(["OK"]);
  const body = bodyObject(call.body);
  const errors = new FieldErrors();
  const name = text(body, "name", { required: call.method === "PUT", max: 150 }, errors) ?? volume.name;
  const description = text(body, "description", { blank: true, max: 2000 }, errors) ?? volume.description;
  const bootable = boolean(body, "bootable", errors) ?? volume.bootable;
  errors.raise();
  const inCloud = name !== volume.name || description !== volume.description;
  world.touch(volume, { name, description, bootable });
  startVolumeUpdate(world, volume, inCloud);
  return { status: 200, body: volumeBody(view, volume) };
}

/** `POST .../pull/`: from OK and Erred, which it heals (recordings 10, 18). */
export function pullVolume(call: Call): Reply {
  const volume = findVolume(call);
  requireWriter(call, volume.tenantUuid);
  if (volume.state !== "OK" && volume.state !== "Erred") throw wrongState(["OK", "Erred"]);
  if (volume.backendId === null) throw badRequest(["Resource does not have backend ID."]);
  startVolumePull(call.world, volume);
  return call.world.rules.answers.pull;
}

/** `POST .../unlink/`: staff only; snapshots of the volume go with it (recordings 10, 18). */
export function unlinkVolume(call: Call): Reply {
  requireStaff(call);
  call.world.dropVolume(findVolume(call).uuid);
  return call.world.rules.answers.unlink;
}

/** `POST` to the list and `DELETE` of a volume are refused without a body (recording 02). */
export function refuseMethod(): Reply {
  return { status: 405 };
}
