import { randomUUID } from "node:crypto";
import { cloudSize, overLimit, triggers } from "../cloud";
import type { CloudRow } from "../model";
import { provisioningIsFull } from "../tasks";
import { begin, book, type StorageObject, settle } from "./object";

/** What a creation differs in between snapshots, ordered volumes and restored ones. */
export interface Creation {
  /** From `Creating` to the poll that finds it available, seconds. */
  poll: number;
  /** From there to `OK`, seconds. */
  settle: number;
  /** Whether the cloud refuses it at once, beside what its name asks for. */
  refused?(): boolean;
  /** What becomes of it then; it fails if not given. */
  refuse?(): void;
  fail(message: string): void;
  /** Whether it fails without a message at the poll (recording 09). */
  silent?: boolean;
  /** What the record has when the cloud is done, beside its runtime state. */
  available?: Partial<CloudRow>;
  done?(): void;
}

/** Creation Scheduled -> Creating -> OK, or Erred at once (`FAIL`) or at the poll (`FAIL_ASYNC`) (recording 07). */
export function startCreation(object: StorageObject, creation: Creation): void {
  const { world, row } = object;
  const wait = world.rules.countdowns;
  const slow = triggers(row.name, "SLOW") ? wait.slow : 0;
  book(object, 1);
  begin(
    object,
    [
      { after: wait.start, run: () => requestCreation(object, creation) },
      { after: creation.poll + slow, run: () => pollCreation(object, creation) },
      {
        after: creation.settle,
        run: () => {
          settle(object);
          creation.done?.();
        },
      },
    ],
    creation.fail,
  );
}

function requestCreation(
  object: StorageObject,
  { refused, refuse, fail }: Creation,
): number | "end" | undefined {
  const { world, row, kind, inCloud, follow } = object;
  if (provisioningIsFull(world, kind)) return world.rules.countdowns.throttleRetry;
  if (triggers(row.name, "FAIL") || refused?.()) {
    if (refuse === undefined) fail(overLimit);
    else refuse();
    return "end";
  }
  const backendId = randomUUID();
  inCloud.set(backendId, {
    name: row.name,
    description: row.description,
    size: cloudSize(row.size),
    status: triggers(row.name, "FAIL_ASYNC") ? "error" : "available",
  });
  world.touch(row, { state: "Creating", runtimeState: "creating", backendId });
  follow();
  return undefined;
}

function pollCreation(object: StorageObject, { fail, silent, available }: Creation): "end" | undefined {
  const { world, row, kind, follow } = object;
  if (triggers(row.name, "FAIL_ASYNC")) {
    row.runtimeState = "error";
    const model = kind === "volume" ? "Volume" : "Snapshot";
    fail(silent ? "" : `${model} (PK: ${row.pk}) runtime state become erred: error`);
    return "end";
  }
  world.touch(row, { runtimeState: "available", ...available });
  follow("OK");
  return undefined;
}
