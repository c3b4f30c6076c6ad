import { afterEach, describe, expect, test } from "vitest";
import { type Guess, guessNames, guessTable, parseGuess } from "../../../emulator/index";
import { PartialError } from "../../../provider/core/errors";
import { getSnapshots, getWorkload } from "../../../provider/trilio/lookups";
import { snapshotRestorationLifecycle as lifecycle } from "../../../provider/trilio/restoration/lifecycle";
import { databases } from "../../emulator/trilio/support/bench";
import { routes, TrilioStage } from "./support/stage";

/** What a guess without a list of values is set to here. */
const others: Record<string, (string | number)[]> = {
  catalogType: ["workloadmgr"],
  catalogName: ["workloadmgr"],
  timeOffsetMinutes: [120, -120],
};

/** Agents are told apart by their true name: a server that wants another's cannot be served. */
const beyond = ["userAgent=client"];

function otherValues(name: string, guess: Guess): (string | number | boolean)[] {
  if (typeof guess.values !== "string") return guess.values.filter((value) => value !== guess.default);
  return others[name] ?? (guess.values === "text" ? ["something-else"] : [7]);
}

const cases = guessNames
  .flatMap((name) => otherValues(name, guessTable[name]).map((value) => `${name}=${value}`))
  .filter((words) => !beyond.includes(words));

let stage: TrilioStage;

afterEach(() => stage.emulator.close());

describe("a restore does not depend on guesses:", () => {
  test.each(["defaults", ...cases])("%s", async (words) => {
    stage = await TrilioStage.start(words === "defaults" ? {} : parseGuess(words));
    const { emulator } = stage;
    const inputs = stage.selective();
    emulator.faults.add({ method: "POST", path: /\/snapshots\//, action: { kind: "dropAnswer" } });
    const { id, outputs } = await lifecycle.create(inputs, stage.context());
    expect(emulator.faults.remaining).toBe(0);
    expect(emulator.world.restoresNamed("drill")).toHaveLength(1);
    const made = emulator.world.restoredInstances.filter(({ restoreId }) => restoreId === id);
    expect(made.map(({ name }) => name)).toEqual(["cirros-1-drill"]);

    const writes = emulator.writes.length;
    expect(lifecycle.diff(outputs, inputs)).toEqual([]);
    emulator.keystone.revokeTokens();
    for (const prior of [outputs, undefined]) {
      const found = await lifecycle.read(id, stage.context(), prior);
      expect(found?.id).toBe(id);
      expect(found && lifecycle.diff(found.outputs, inputs)).toEqual([]);
    }
    expect(emulator.writes).toHaveLength(writes);
    await lifecycle.delete(id, outputs, stage.context());
    expect(await lifecycle.read(id, stage.context(), outputs)).toBeUndefined();

    // Out of time in the middle, with a cancel; then destroyed while it may still run.
    const error = await lifecycle.create(stage.inPlace(), stage.context(10)).then(
      () => undefined,
      (e) => e,
    );
    expect(error).toBeInstanceOf(PartialError);
    expect(stage.count(routes.cancel)).toBe(1);
    await lifecycle.delete(error.id, error.outputs, stage.context());
    expect(await lifecycle.read(error.id, stage.context(), error.outputs)).toBeUndefined();
    expect(emulator.world.overwrittenVolumes).toEqual([]);

    const { client, clock } = stage.context();
    const workload = emulator.id("workloads", "web");
    const latest = await getSnapshots.invoke({ workload, latestAvailable: true }, { client, clock });
    expect(latest).toMatchObject({ snapshots: [{ name: "API taken 2", status: "available" }] });
    const { schedule } = (await getWorkload.invoke({ id: workload }, { client, clock })) as {
      schedule: { enabled: boolean; retention: { keepSnapshots?: number }[] };
    };
    expect(schedule.enabled).toBe(true);
    expect(schedule.retention[0]?.keepSnapshots).toBe(30);
  });
});

describe("a snapshot that is being taken", () => {
  test.each(["listed", "none"])(
    "with its instances %s is waited for, and then known whole",
    async (shown) => {
      stage = await TrilioStage.start(parseGuess(`busySnapshotInstances=${shown}`));
      const { emulator } = stage;
      const { id } = await lifecycle.create(stage.inPlace("nightly"), stage.context());
      const sent = emulator.writes[0]?.body;
      expect(sent).toMatchObject({
        restore: {
          options: {
            openstack: {
              instances: [
                { id: databases[0].id, include: true },
                { id: databases[1].id, include: false },
              ],
            },
          },
        },
      });
      expect(emulator.world.overwrittenVolumes).toEqual([{ volumeId: databases[0].volume, restoreId: id }]);
    },
  );
});
