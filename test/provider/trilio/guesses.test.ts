import { afterEach, describe, expect, test } from "vitest";
import {
  type Guess,
  guessNames,
  guessTable,
  parseGuess,
  startTrilio,
  type TrilioEmulator,
} from "../../../emulator/index";
import { PartialError } from "../../../provider/core/errors";
import { trilio } from "../../../provider/trilio/backend";
import { getSnapshots, getWorkload } from "../../../provider/trilio/lookups";
import {
  snapshotRestorationLifecycle as lifecycle,
  type SnapshotRestorationInputs,
} from "../../../provider/trilio/snapshotRestoration";
import type { TrilioContext } from "../../../provider/trilio/waits";
import { cirros1, databases } from "../../emulator/trilio/support/bench";
import { SkippingClock } from "../../support/skippingClock";

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

let emulator: TrilioEmulator;

afterEach(() => emulator.close());

/** A context factory for an emulator with this guess; time passes only where the provider waits. */
async function stage(words?: string): Promise<(seconds?: number) => TrilioContext> {
  const clock = new SkippingClock();
  const guesses = words === undefined ? {} : parseGuess(words);
  emulator = await startTrilio({ clock, speed: 20, guesses });
  const env = emulator.env();
  const client = trilio.connect(
    {
      authUrl: env.OS_AUTH_URL,
      username: env.OS_USERNAME,
      password: env.OS_PASSWORD,
      userDomainName: env.OS_USER_DOMAIN_NAME,
      projectName: env.OS_PROJECT_NAME,
      projectDomainName: env.OS_PROJECT_DOMAIN_NAME,
    },
    clock,
  );
  return (seconds = 7200) => {
    const end = clock.now() + seconds * 1000;
    return {
      client,
      clock,
      identity: { project: "shop", stack: "test", name: "drill" },
      get timeoutMs() {
        return end - clock.now();
      },
      progress: () => undefined,
      warn: () => undefined,
    };
  };
}

function selective(): SnapshotRestorationInputs {
  const network = {
    id: "5fb7027d-a2ac-4a21-9ee1-438c281d2b26",
    subnet: "b7b54304-aa82-4d50-91e6-66445ab56db4",
  };
  return {
    snapshot: emulator.id("snapshots", "API taken 2"),
    kind: "selective",
    name: "drill",
    description: "quarterly",
    options: {
      instances: [{ id: cirros1.id, name: "cirros-1-drill", volumes: [{ id: cirros1.volume }] }],
      networksMapping: [{ snapshotNetwork: network, targetNetwork: network }],
    },
  };
}

function inPlace(snapshot: string): SnapshotRestorationInputs {
  const [{ id, volume }] = databases;
  return {
    snapshot: emulator.id("snapshots", snapshot),
    kind: "in-place",
    name: "back",
    confirmOverwrite: true,
    onInterrupt: "cancel",
    options: { instances: [{ id, volumes: [{ id: volume }] }] },
  };
}

const cancels = () => emulator.counts()["GET /v1/{tenant}/restores/{id}/cancel"] ?? 0;

describe("a restore does not depend on guesses:", () => {
  test.each(["defaults", ...cases])("%s", async (words) => {
    const context = await stage(words === "defaults" ? undefined : words);
    const inputs = selective();
    emulator.faults.add({ method: "POST", path: /\/snapshots\//, action: { kind: "dropAnswer" } });
    const { id, outputs } = await lifecycle.create(inputs, context());
    expect(emulator.faults.remaining).toBe(0);
    expect(emulator.world.restoresNamed("drill")).toHaveLength(1);
    const made = emulator.world.restoredInstances.filter(({ restoreId }) => restoreId === id);
    expect(made.map(({ name }) => name)).toEqual(["cirros-1-drill"]);

    const writes = emulator.writes.length;
    expect(lifecycle.diff(outputs, inputs)).toEqual([]);
    emulator.keystone.revokeTokens();
    for (const prior of [outputs, undefined]) {
      const found = await lifecycle.read(id, context(), prior);
      expect(found?.id).toBe(id);
      expect(found && lifecycle.diff(found.outputs, inputs)).toEqual([]);
    }
    expect(emulator.writes).toHaveLength(writes);
    await lifecycle.delete(id, outputs, context());
    expect(await lifecycle.read(id, context(), outputs)).toBeUndefined();

    // Out of time in the middle, with a cancel; then destroyed while it may still run.
    const error = await lifecycle.create(inPlace("before upgrade"), context(10)).then(
      () => undefined,
      (e) => e,
    );
    expect(error).toBeInstanceOf(PartialError);
    expect(cancels()).toBe(1);
    await lifecycle.delete(error.id, error.outputs, context());
    expect(await lifecycle.read(error.id, context(), error.outputs)).toBeUndefined();
    expect(emulator.world.overwrittenVolumes).toEqual([]);

    const { client, clock } = context();
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
      const context = await stage(`busySnapshotInstances=${shown}`);
      const { id } = await lifecycle.create(inPlace("nightly"), context());
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
