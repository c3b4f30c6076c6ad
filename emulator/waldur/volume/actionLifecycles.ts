import type { JsonObject } from "../../http/json";
import { cloudFailure, cloudSize, type Trigger, triggers } from "../cloud";
import type { Instance, Volume } from "../model";
import { bookQuotas, extendDemand, retypeDemand, typeOf } from "../quotas";
import { learnDetails } from "../resource/follow";
import { type Step, startPlan } from "../tasks";
import type { World } from "../world";
import { errVolume, moment, settleVolume } from "./lifecycle";

/** The device at which the recorded cloud put an attached volume (recording 14). */
const attachedDevice = "/dev/vdb";

function schedule(world: World, volume: Volume, action: string, details: JsonObject): void {
  world.touch(volume, { state: "Update Scheduled", action, actionDetails: details, errorMessage: "" });
  learnDetails(world, volume);
}

function show(world: World, volume: Volume, changes: Partial<Volume>): void {
  const object = world.cloud.volumes.get(volume.backendId ?? "");
  if (object !== undefined && changes.runtimeState !== undefined) object.status = changes.runtimeState;
  world.touch(volume, changes);
  learnDetails(world, volume);
}

function begin(
  world: World,
  volume: Volume,
  trigger: Trigger,
  operation: Parameters<typeof cloudFailure>[0],
  steps: Step[],
): void {
  const fail = (message: string): void => errVolume(world, volume, message);
  const broken: Step[] = [
    { after: world.rules.countdowns.start, run: () => void world.touch(volume, { state: "Updating" }) },
    { after: moment, run: () => fail(cloudFailure(operation)) },
  ];
  startPlan(world, volume.uuid, "volume", triggers(volume.name, trigger) ? broken : steps, fail);
}

/** Extends to `size` MiB. The record has the new size at once, and keeps it when the cloud refuses (recording 12). */
export function startExtend(world: World, volume: Volume, size: number): void {
  const wait = world.rules.countdowns;
  const tenant = world.tenants.get(volume.tenantUuid);
  if (tenant !== undefined)
    bookQuotas(tenant, extendDemand(size - volume.size, typeOf(world, volume.typeUuid)));
  schedule(world, volume, "Extend", {
    message: `Extend volume from ${volume.size} MB to ${size} MB`,
    old_size: volume.size,
    new_size: size,
  });
  volume.size = size;
  learnDetails(world, volume);
  const grow = (): void => {
    const object = world.cloud.volumes.get(volume.backendId ?? "");
    if (object !== undefined) object.size = cloudSize(size);
    show(world, volume, { state: "Updating", runtimeState: "extending" });
  };
  const finish = (runtimeState: string): void => {
    show(world, volume, { runtimeState });
    settleVolume(world, volume);
  };
  const { instanceUuid, device } = volume;
  // An attached volume is taken off its stopped instance and put back (recording 12).
  const steps: Step[] =
    instanceUuid === null
      ? [
          { after: wait.start, run: grow },
          { after: wait.poll, run: () => finish("available") },
        ]
      : [
          {
            after: wait.start,
            run: () =>
              show(world, volume, {
                state: "Updating",
                runtimeState: "detaching",
                instanceUuid: null,
                device: "",
              }),
          },
          { after: wait.poll, run: grow },
          {
            after: wait.poll,
            run: () => show(world, volume, { runtimeState: "attaching", instanceUuid, device }),
          },
          { after: wait.poll, run: () => finish("in-use") },
        ];
  begin(world, volume, "FAIL_EXTEND", "EXTEND", steps);
}

/** Changes the type, shown at once (recording 13). */
export function startRetype(world: World, volume: Volume, typeUuid: string): void {
  const wait = world.rules.countdowns;
  const tenant = world.tenants.get(volume.tenantUuid);
  const to = typeOf(world, typeUuid);
  if (tenant !== undefined && to !== undefined) {
    bookQuotas(tenant, retypeDemand(volume.size, typeOf(world, volume.typeUuid), to));
  }
  volume.typeUuid = typeUuid;
  schedule(world, volume, "Retype", {});
  begin(world, volume, "FAIL_RETYPE", "RETYPE", [
    { after: wait.start, run: () => show(world, volume, { state: "Updating" }) },
    {
      after: wait.retypePoll,
      run: () => {
        // A retype ends with a pull, an extension does not (recordings 12, 13).
        volume.metadata = {};
        settleVolume(world, volume);
      },
    },
  ]);
}

/** Attaches to an instance, shown at once; the device comes with `in-use` (recording 14). */
export function startAttach(world: World, volume: Volume, instance: Instance): void {
  const wait = world.rules.countdowns;
  volume.instanceUuid = instance.uuid;
  volume.device = "";
  schedule(world, volume, "Attach", { message: `Attach volume to instance ${instance.name}` });
  begin(world, volume, "FAIL_ATTACH", "ATTACH", [
    { after: wait.start, run: () => show(world, volume, { state: "Updating", runtimeState: "attaching" }) },
    {
      after: wait.poll,
      run: () => {
        show(world, volume, { runtimeState: "in-use", device: attachedDevice });
        settleVolume(world, volume);
      },
    },
  ]);
}

/** Detaches from its instance, which disappears from the record with `detaching` (recording 14). */
export function startDetach(world: World, volume: Volume, instance: Instance | undefined): void {
  const wait = world.rules.countdowns;
  schedule(world, volume, "Detach", { message: `Detach volume from instance ${instance?.name ?? ""}` });
  begin(world, volume, "FAIL_DETACH", "DETACH", [
    {
      after: wait.start,
      run: () =>
        show(world, volume, { state: "Updating", runtimeState: "detaching", instanceUuid: null, device: "" }),
    },
    {
      after: wait.poll,
      run: () => {
        show(world, volume, { runtimeState: "available" });
        settleVolume(world, volume);
      },
    },
  ]);
}
