import { cloudFailure, notFoundInCloud, triggers } from "../cloud";
import { begin, book, cloudObjectOf, fail, moment, type StorageObject, settle, updating } from "./object";

/** What an order wants to hear about its volume. */
export interface Outcome {
  done(): void;
  /** `late`: the message reaches the order only a moment after its state (recordings 15, 23). */
  erred(message: string, late: boolean): void;
}

/**
 * Update Scheduled -> Updating -> OK. Only a changed name or description goes to the cloud; anything else is over
 * in a moment (recordings 08, 11).
 */
export function startUpdate(object: StorageObject, changesCloud: boolean): void {
  const { world, row, follow } = object;
  world.touch(row, { state: "Update Scheduled", errorMessage: "" });
  follow();
  const fails = changesCloud && (cloudObjectOf(object) === undefined || triggers(row.name, "FAIL_UPDATE"));
  const finish = (): void => {
    const there = cloudObjectOf(object);
    if (changesCloud && there === undefined) fail(object, notFoundInCloud);
    else if (fails) fail(object, cloudFailure("UPDATE"));
    else {
      if (there !== undefined) Object.assign(there, { name: row.name, description: row.description });
      settle(object);
    }
  };
  const seconds = changesCloud && !fails ? world.rules.countdowns.cloud : moment;
  begin(object, [updating(object), { after: seconds, run: finish }]);
}

/** Deletion Scheduled -> Deleting -> gone; at once when the cloud has nothing to delete (recordings 07, 16, 18). */
export function startDeletion(object: StorageObject, outcome?: Outcome): void {
  const { world, row, inCloud, follow } = object;
  const wait = world.rules.countdowns;
  const backendId = row.backendId ?? "";
  world.touch(row, { state: "Deletion Scheduled", errorMessage: "" });
  follow("Terminating");
  const failed = (message: string): void => {
    // A failed deletion leaves the resource OK, and the order without a message (recordings 16, 23).
    fail(object, message, "OK");
    outcome?.erred("", false);
  };
  const drop = (): void => {
    // What never reached the cloud is not given back to the quota (recording 15: 23 booked, 20 left).
    if (backendId !== "") book(object, -1);
    inCloud.delete(backendId);
    object.drop();
    if (outcome !== undefined) world.after(moment, () => outcome.done());
  };
  const start = (): "end" | undefined => {
    if (inCloud.has(backendId)) {
      world.touch(row, { state: "Deleting" });
      return undefined;
    }
    drop();
    return "end";
  };
  const fails = triggers(row.name, "FAIL_DELETE");
  const finish = (): void => (fails ? failed(cloudFailure("DELETE")) : drop());
  begin(
    object,
    [
      { after: wait.start, run: start },
      { after: fails ? moment : wait.poll, run: finish },
    ],
    failed,
  );
}

/**
 * Update Scheduled with `action: "Pull"` -> Updating -> OK, which heals what was Erred (recordings 10, 18, 22).
 * @param bug why the server cannot pull objects of this kind, if it cannot
 */
export function startPull(object: StorageObject, bug?: string): void {
  const { world, row, follow } = object;
  world.touch(row, { state: "Update Scheduled", action: "Pull", actionDetails: {}, errorMessage: "" });
  follow();
  const finish = (): void => {
    const problem = bug ?? (pull(object) ? undefined : notFoundInCloud);
    if (problem === undefined) settle(object);
    else fail(object, problem);
  };
  begin(object, [updating(object), { after: moment, run: finish }]);
}

/**
 * Overwrites the record with the cloud's, its size too (recording 12); metadata is never sent there, so it comes back
 * empty. False: it is not there.
 */
export function pull(object: StorageObject): boolean {
  const there = cloudObjectOf(object);
  if (there === undefined) return false;
  const { name, description, size, status } = there;
  object.world.touch(object.row, { name, description, size, runtimeState: status, metadata: {} });
  return true;
}
