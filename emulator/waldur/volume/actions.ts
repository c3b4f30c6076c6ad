import type { Reply } from "../../http/reply";
import { findToWrite, inTenant, requireState } from "../api/access";
import type { Call } from "../api/call";
import { badRequest, conflict, wrongRuntimeState } from "../api/errors";
import { bodyObject, FieldErrors, integer } from "../api/fields";
import { hyperlink } from "../api/hyperlink";
import type { Volume } from "../model";
import { checkQuotas, extendDemand, retypeDemand, typeOf } from "../quotas";
import { startAttach, startDetach, startExtend, startRetype } from "./actionLifecycles";
import { volumeKind } from "./listing";

function requireRuntime(volume: Volume, state: string): void {
  if (volume.runtimeState !== state) throw wrongRuntimeState([state]);
}

function refuseBootable(volume: Volume): void {
  if (volume.bootable) throw conflict("Volume cannot be bootable.");
}

/** `POST .../extend/` `{disk_size}` in MiB, at least 1024 more than now (recording 12). */
export function extendVolume(call: Call): Reply {
  const { world } = call;
  const volume = findToWrite(call, volumeKind);
  refuseBootable(volume);
  const instance = world.instances.get(volume.instanceUuid ?? "");
  if (instance !== undefined && instance.state !== "OK")
    throw conflict("Volume instance should be in OK state.");
  if (instance !== undefined && instance.runtimeState !== "SHUTOFF") {
    throw conflict("Volume instance should be in shutoff state.");
  }
  requireState(volume, "OK");
  const errors = new FieldErrors();
  const size = integer(bodyObject(call.body), "disk_size", { required: true, min: 1 }, errors) ?? 0;
  errors.raise();
  const least = volume.size + 1024;
  if (size < least) throw badRequest({ disk_size: [`Disk size should be greater or equal to ${least}`] });
  const demand = extendDemand(size - volume.size, typeOf(world, volume.typeUuid));
  checkQuotas(world, volume.tenantUuid, demand);
  startExtend(world, volume, size);
  return world.rules.answers.volumeAction("extend");
}

/** `POST .../retype/` `{type: url}`; runtime state is checked before state (recordings 13, 18; contract "retype"). */
export function retypeVolume(call: Call): Reply {
  const { world } = call;
  const volume = findToWrite(call, volumeKind);
  refuseBootable(volume);
  requireRuntime(volume, "available");
  requireState(volume, "OK");
  const errors = new FieldErrors();
  const find = (uuid: string) => world.volumeTypes.get(uuid);
  const rules = { required: true, collection: "openstack-volume-types", find };
  const type = hyperlink(bodyObject(call.body), "type", rules, errors);
  errors.raise();
  if (type === undefined) throw badRequest({ type: ["This field is required."] });
  if (type.uuid === volume.typeUuid) throw badRequest({ type: ["Volume already has requested type."] });
  if (!type.tenantUuids.includes(volume.tenantUuid)) {
    throw badRequest({ type: ["Volume type is not visible in tenant."] });
  }
  checkQuotas(world, volume.tenantUuid, retypeDemand(volume.size, typeOf(world, volume.typeUuid), type));
  startRetype(world, volume, type);
  return world.rules.answers.volumeAction("retype");
}

/** `POST .../attach/` `{instance: url}`; a device in the body is ignored (recording 14). */
export function attachVolume(call: Call): Reply {
  const { world } = call;
  const volume = findToWrite(call, volumeKind);
  requireRuntime(volume, "available");
  requireState(volume, "OK");
  const errors = new FieldErrors();
  const find = (uuid: string) => {
    const instance = world.instances.get(uuid);
    return instance !== undefined && inTenant(call, instance) ? instance : undefined;
  };
  const rules = { required: true, collection: "openstack-instances", find };
  const instance = hyperlink(bodyObject(call.body), "instance", rules, errors);
  errors.raise();
  const powered = instance?.runtimeState === "SHUTOFF" || instance?.runtimeState === "ACTIVE";
  if (instance === undefined || !powered || instance.state !== "OK") {
    throw badRequest({
      instance: ["Volume can be attached only to shutoff or active instance in OK state."],
    });
  }
  startAttach(world, volume, instance);
  return world.rules.answers.volumeAction("attach");
}

/** `POST .../detach/` (recordings 14, 18). */
export function detachVolume(call: Call): Reply {
  const { world } = call;
  const volume = findToWrite(call, volumeKind);
  refuseBootable(volume);
  if (volume.instanceUuid === null) throw conflict("Volume is not attached to an instance.");
  requireRuntime(volume, "in-use");
  requireState(volume, "OK");
  startDetach(world, volume, world.instances.get(volume.instanceUuid));
  return world.rules.answers.volumeAction("detach");
}
