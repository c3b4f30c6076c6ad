import { type CloudObject, type CloudOperation, cloudFailure } from "../cloud";
import type { CloudRow, ResourceState } from "../model";
import type { Step } from "../plan";
import { bookQuotas, type Demand } from "../quotas";
import { startPlan } from "../tasks";
import type { World } from "../world";

/** A volume or snapshot, with what its tasks need to know of its kind. */
export interface StorageObject<Row extends CloudRow = CloudRow> {
  world: World;
  row: Row;
  kind: "volume" | "snapshot";
  /** The cloud's objects of this kind, by `backend_id`. */
  inCloud: Map<string, CloudObject>;
  /** What it takes of its tenant's quotas. */
  demand(): Demand;
  /** Tells the marketplace, where the kind is known there, that the record changed. */
  follow(state?: ResourceState): void;
  /** Removes the record. */
  drop(): void;
}

/** How long a state lasts that the recorder's polls (every 0.2 s) mostly missed, in seconds. */
export const moment = 0.15;

/** What the server keeps of a Python traceback; the recordings shortened it to this. */
const traceback = "Traceback (most recent call last): ...";

/** Ends a task with `OK`. */
export function settle({ world, row, follow }: StorageObject): void {
  world.touch(row, { state: "OK", action: "", actionDetails: {} });
  follow("OK");
}

/** Ends a task with `Erred`; an empty message leaves no traceback either (recording 09). */
export function fail(
  { world, row, follow }: StorageObject,
  message: string,
  resourceState: ResourceState = "Erred",
): void {
  world.touch(row, {
    state: "Erred",
    errorMessage: message,
    errorTraceback: message === "" ? row.errorTraceback : traceback,
    action: "",
    actionDetails: {},
  });
  follow(resourceState);
}

/** The object in the cloud, or undefined. */
export function cloudObjectOf({ row, inCloud }: StorageObject): CloudObject | undefined {
  return inCloud.get(row.backendId ?? "");
}

/** The first task of most operations. */
export function updating({ world, row }: StorageObject): Step {
  return {
    after: world.rules.countdowns.start,
    run: () => void world.touch(row, { state: "Updating" }),
  };
}

/** Starts the tasks of an operation. @param failed what a fault that wants it to fail does */
export function begin(
  object: StorageObject,
  steps: Step[],
  failed = (message: string): void => fail(object, message),
): void {
  startPlan(object.world, object.row.uuid, { kind: object.kind, steps, fail: failed });
}

/** Books what it takes of quotas; -1 gives it back. */
export function book({ world, row, demand }: StorageObject, times: 1 | -1): void {
  bookQuotas(world, row.tenantUuid, demand(), times);
}

/** The tasks of an operation that the cloud fails. */
export function failing(object: StorageObject, operation: CloudOperation): Step[] {
  return [updating(object), { after: moment, run: () => fail(object, cloudFailure(operation)) }];
}
