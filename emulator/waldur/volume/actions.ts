import type { Reply } from "../../http/reply";
import type { Call } from "../api/call";
import { badRequest, conflict, wrongRuntimeState, wrongState } from "../api/errors";
import { bodyObject, FieldErrors, hyperlink, integer } from "../api/fields";
import { findVolume, requireWriter } from "../api/lookup";
import type { Volume } from "../model";
import { projectOf, seesProject } from "../permissions";
import { checkQuotas, extendDemand, retypeDemand, typeOf } from "../quotas";
import { startAttach, startDetach, startExtend, startRetype } from "./actionLifecycles";

function target(call: Call): Volume {
  const volume = findVolume(call);
  requireWriter(call, volume.tenantUuid);
  return volume;
}

function requireState(volume: Volume): void {
  if (volume.state !== "OK") throw wrongState(["OK"]);
}

function requireRuntime(volume: Volume, state: string): void {
  if (volume.runtimeState !== state) throw wrongRuntimeState([state]);
}

function refuseBootable(volume: Volume): void {
  if (volume.bootable) throw conflict("Volume cannot be bootable.");
}

/** `POST .../extend/` `{disk_size}` in MiB, at least 1024 more than now (recording 12). */
export function extendVolume(call: Call): Reply {
  const { world } = call;
  const volume = target(call);
  refuseBootable(volume);
  const instance = world.instances.get(volume.instanceUuid ?? "");
  if (instance !== undefined && instance.state !== "OK")
    throw conflict("Volume instance should be in OK state.");
  if (instance !== undefined && instance.runtimeState !== "SHUTOFF") {
    throw conflict("Volume instance should be in shutoff state.");
  }
  requireState(volume);
  const errors = new FieldErrors();
  const size = integer(bodyObject(call.body), "disk_size", { required: true, min: 1 }, errors) ?? 0;
  errors.raise();
  const least = volume.size + 1024;
  if (size < least) throw badRequest({ disk_size: [`Disk size should be greater or equal to ${least}`] });
  const tenant = world.tenants.get(volume.tenantUuid);
  const demand = extendDemand(size - volume.size, typeOf(world, volume.typeUuid));
  if (tenant !== undefined) checkQuotas(tenant, demand);
  startExtend(world, volume, size);
  return world.rules.answers.volumeAction("extend");
}

/** `POST .../retype/` `{type: url}`; runtime state is checked before state (recordings 13, 18). */
export function retypeVolume(call: Call): Reply {
  const { world } = call;
  const volume = target(call);
  requireRuntime(volume, "available");
  requireState(volume);
  const errors = new FieldErrors();
  const find = (uuid: string) => world.volumeTypes.get(uuid);
  const type = hyperlink(
    bodyObject(call.body),
    "type",
    "openstack-volume-types",
    find,
    { required: true },
    errors,
  );
  errors.raise();
  if (type === undefined) throw badRequest({ type: ["This field is required."] });
  if (type.uuid === volume.typeUuid) throw badRequest({ type: ["Volume already has requested type."] });
  if (!type.tenantUuids.includes(volume.tenantUuid)) {
    throw badRequest({ type: ["Volume type is not visible in tenant."] });
  }
  const tenant = world.tenants.get(volume.tenantUuid);
  if (tenant !== undefined)
    checkQuotas(tenant, retypeDemand(volume.size, typeOf(world, volume.typeUuid), type));
  startRetype(world, volume, type.uuid);
  return world.rules.answers.volumeAction("retype");
}

/** `POST .../attach/` `{instance: url}`; a device in the body is ignored (recording 14). */
export function attachVolume(call: Call): Reply {
  const { world, user } = call;
  const volume = target(call);
  requireRuntime(volume, "available");
  requireState(volume);
  const errors = new FieldErrors();
  const find = (uuid: string) => {
    const instance = world.instances.get(uuid);
    const seen = instance !== undefined && seesProject(world, user, projectOf(world, instance.tenantUuid));
    return seen ? instance : undefined;
  };
  const body = bodyObject(call.body);
  const instance = hyperlink(body, "instance", "openstack-instances", find, { required: true }, errors);
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
  const volume = target(call);
  refuseBootable(volume);
  if (volume.instanceUuid === null) throw conflict("Volume is not attached to an instance.");
  requireRuntime(volume, "in-use");
  requireState(volume);
  startDetach(world, volume, world.instances.get(volume.instanceUuid));
  return world.rules.answers.volumeAction("detach");
}
