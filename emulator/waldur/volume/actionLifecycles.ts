import type { JsonObject } from "../../http/json";
import { cloudSize, triggers } from "../cloud";
import type { Instance, Volume, VolumeType } from "../model";
import type { Step } from "../plan";
import { bookQuotas, extendDemand, retypeDemand, typeOf } from "../quotas";
import { learnDetails } from "../resource/follow";
import { begin, cloudObjectOf, failing, settle } from "../storage/object";
import type { World } from "../world";
import { storedVolume } from "./lifecycle";

/** The device at which the recorded cloud put an attached volume (recording 14). */
const attachedDevice = "/dev/vdb";

/** The actions as the record has them, with what the cloud calls them. */
const operations = { Extend: "EXTEND", Retype: "RETYPE", Attach: "ATTACH", Detach: "DETACH" } as const;

/** What differs between the four actions on a volume. */
interface Action {
  name: keyof typeof operations;
  details: JsonObject;
  steps: Step[];
}

/** Update Scheduled with `action` -> Updating -> OK, or Erred where the volume's name asks for it. */
function startAction(world: World, volume: Volume, { name, details, steps }: Action): void {
  world.touch(volume, { state: "Update Scheduled", action: name, actionDetails: details, errorMessage: "" });
  learnDetails(world, volume);
  const operation = operations[name];
  const object = storedVolume(world, volume);
  begin(object, triggers(volume.name, `FAIL_${operation}`) ? failing(object, operation) : steps);
}

/** A step that shows itself in the record. */
function showing(world: World, volume: Volume, after: number, changes: Partial<Volume>): Step {
  return { after, run: () => show(world, volume, changes) };
}

/** The last step. */
function finishing(world: World, volume: Volume, after: number, changes: Partial<Volume>): Step {
  return {
    after,
    run: () => {
      show(world, volume, changes);
      settle(storedVolume(world, volume));
    },
  };
}

function show(world: World, volume: Volume, changes: Partial<Volume>): void {
  const object = cloudObjectOf(storedVolume(world, volume));
  if (object !== undefined && changes.runtimeState !== undefined) object.status = changes.runtimeState;
  world.touch(volume, changes);
  learnDetails(world, volume);
}

/** What a volume shows while it is taken off its instance. */
const detaching: Partial<Volume> = {
  state: "Updating",
  runtimeState: "detaching",
  instanceUuid: null,
  device: "",
};

/** Extends to `size` MiB. The record has the new size at once, and keeps it when the cloud refuses (recording 12). */
export function startExtend(world: World, volume: Volume, size: number): void {
  const { start, poll } = world.rules.countdowns;
  const { size: oldSize, instanceUuid, device } = volume;
  bookQuotas(world, volume.tenantUuid, extendDemand(size - oldSize, typeOf(world, volume.typeUuid)));
  volume.size = size;
  const growing = (after: number): Step => ({
    after,
    run: () => {
      const object = cloudObjectOf(storedVolume(world, volume));
      if (object !== undefined) object.size = cloudSize(size);
      show(world, volume, { state: "Updating", runtimeState: "extending" });
    },
  });
  // An attached volume is taken off its stopped instance and put back (recording 12).
  const steps =
    instanceUuid === null
      ? [growing(start), finishing(world, volume, poll, { runtimeState: "available" })]
      : [
          showing(world, volume, start, detaching),
          growing(poll),
          showing(world, volume, poll, { runtimeState: "attaching", instanceUuid, device }),
          finishing(world, volume, poll, { runtimeState: "in-use" }),
        ];
  const message = `Extend volume from ${oldSize} MB to ${size} MB`;
  startAction(world, volume, {
    name: "Extend",
    details: { message, old_size: oldSize, new_size: size },
    steps,
  });
}

/** Changes the type, shown at once (recording 13). */
export function startRetype(world: World, volume: Volume, to: VolumeType): void {
  const { start, retypePoll } = world.rules.countdowns;
  const from = typeOf(world, volume.typeUuid);
  bookQuotas(world, volume.tenantUuid, retypeDemand(volume.size, from, to));
  volume.typeUuid = to.uuid;
  const steps = [
    showing(world, volume, start, { state: "Updating" }),
    // A retype ends with a pull, an extension does not (recordings 12, 13).
    finishing(world, volume, retypePoll, { metadata: {} }),
  ];
  startAction(world, volume, { name: "Retype", details: {}, steps });
}

/** Attaches to an instance, shown at once; the device comes with `in-use` (recording 14). */
export function startAttach(world: World, volume: Volume, instance: Instance): void {
  const { start, poll } = world.rules.countdowns;
  volume.instanceUuid = instance.uuid;
  volume.device = "";
  const steps = [
    showing(world, volume, start, { state: "Updating", runtimeState: "attaching" }),
    finishing(world, volume, poll, { runtimeState: "in-use", device: attachedDevice }),
  ];
  const message = `Attach volume to instance ${instance.name}`;
  startAction(world, volume, { name: "Attach", details: { message }, steps });
}

/** Detaches from its instance, which disappears from the record with `detaching` (recording 14). */
export function startDetach(world: World, volume: Volume, instance: Instance | undefined): void {
  const { start, poll } = world.rules.countdowns;
  const steps = [
    showing(world, volume, start, detaching),
    finishing(world, volume, poll, { runtimeState: "available" }),
  ];
  const message = `Detach volume from instance ${instance?.name ?? ""}`;
  startAction(world, volume, { name: "Detach", details: { message }, steps });
}
