import type { Reply } from "../../http/reply";
import { find, findToWrite, requireStaff, requireState } from "../api/access";
import type { Call } from "../api/call";
import { badRequest } from "../api/errors";
import { bodyObject, boolean, FieldErrors, text } from "../api/fields";
import { startPull, startUpdate } from "../storage/operations";
import { storedVolume } from "./lifecycle";
import { volumeKind } from "./listing";
import { volumeBody } from "./serialize";

/** `PATCH` and `PUT` of a volume: name, description and bootable; anything else is ignored (recording 11). */
export function updateVolume(call: Call): Reply {
  const { world, view } = call;
  const volume = findToWrite(call, volumeKind);
  requireState(volume, "OK");
  const body = bodyObject(call.body);
  const errors = new FieldErrors();
  const name = text(body, "name", { required: call.method === "PUT", max: 150 }, errors) ?? volume.name;
  const description = text(body, "description", { blank: true, max: 2000 }, errors) ?? volume.description;
  const bootable = boolean(body, "bootable", errors) ?? volume.bootable;
  errors.raise();
  const changesCloud = name !== volume.name || description !== volume.description;
  world.touch(volume, { name, description, bootable });
  startUpdate(storedVolume(world, volume), changesCloud);
  return { status: 200, body: volumeBody(view, volume) };
}

/** `POST .../pull/`: from OK and Erred, which it heals (recordings 10, 18). */
export function pullVolume(call: Call): Reply {
  const volume = findToWrite(call, volumeKind);
  requireState(volume, "OK", "Erred");
  if (volume.backendId === null) throw badRequest(["Resource does not have backend ID."]);
  startPull(storedVolume(call.world, volume));
  return call.world.rules.answers.pull;
}

/** `POST .../unlink/`: staff only; snapshots of the volume go with it (recordings 10, 18). */
export function unlinkVolume(call: Call): Reply {
  requireStaff(call);
  call.world.dropVolume(find(call, volumeKind).uuid);
  return call.world.rules.answers.unlink;
}

/** `POST` to the list and `DELETE` of a volume are refused without a body (recording 02). */
export function refuseMethod(): Reply {
  return { status: 405 };
}
