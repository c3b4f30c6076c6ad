import { afterEach, describe, expect, it } from "vitest";
import {
  getRestore,
  getRestores,
  getSnapshot,
  getSnapshots,
  getWorkload,
} from "../../../provider/trilio/lookups";
import { scheduleOf } from "../../../provider/trilio/schedule";
import { TrilioStage } from "../../support/trilioStage";

let stage: TrilioStage;
afterEach(() => stage?.close());

const web = "18b809de-d7c8-41e2-867d-4a306407fb11";
const databases = "6c2f1b7a-0d9e-4f35-b8a4-1e7d2c3b5a69";
const taken = "2e56d167-bad7-43c7-8ede-a613c3fe7844";

describe("restores", () => {
  it("are listed newest first, by snapshot and status, with what the list alone shows", async () => {
    stage = await TrilioStage.start({ guesses: { restoreOrder: "oldest" } });
    const { restores } = await stage.ask(getRestores, {});
    expect(restores.map(({ status }) => status)).toEqual(["available", "error"]);
    expect(restores[0]?.metadata).toMatchObject({ restore_user_selected_value: "Oneclick Restore" });
    const failed = await stage.ask(getRestores, { snapshot: taken.replaceAll("-", ""), status: ["error"] });
    expect(failed.restores).toMatchObject([
      { name: "OneClick Restore", errorMessage: expect.stringContaining("Failed") },
    ]);
    const none = await stage.ask(getRestores, { snapshot: "ed4f29e8-7544-4e1c-af8a-a76031211926" });
    expect(none.restores).toEqual([]);
  });

  it("are found by their id", async () => {
    stage = await TrilioStage.start();
    const id = stage.emulator.id("restores", "finished");
    expect(await stage.ask(getRestore, { id })).toMatchObject({ id, workload: web, kind: "one-click" });
    await expect(stage.ask(getRestore, { id: taken })).rejects.toThrow(`there is no restore ${taken}`);
  });
});

describe("snapshots", () => {
  it("are listed newest first, and filtered whether or not the server does it", async () => {
    stage = await TrilioStage.start();
    const names = async (args: object) =>
      (await stage.ask(getSnapshots, { ...args })).snapshots.map(({ name }) => name);
    expect(await names({})).toEqual(["nightly", "before upgrade", "failed nightly", "API taken 2"]);
    expect(await names({ workload: web, status: ["available"] })).toEqual(["API taken 2"]);
    expect(await names({ latestAvailable: true })).toEqual(["before upgrade"]);
    expect(await names({ dateFrom: "2020-11-05", dateTo: "2020-11-08T03:00:00+01:00" })).toEqual([
      "before upgrade",
      "failed nightly",
    ]);
    const asked = stage.emulator.requests.at(-1)?.path;
    expect(asked).toMatch(/\/snapshots$/);
    expect(await names({ name: "night" })).toEqual([]);
  });

  it("are found with their instances: by id, or the newest of a workload that can be restored", async () => {
    stage = await TrilioStage.start({ guesses: { snapshotFlavorNumbers: "string" } });
    const latest = await stage.ask(getSnapshot, { workload: databases, mostRecent: true });
    expect(latest).toMatchObject({ name: "before upgrade", workload: databases, status: "available" });
    expect(latest.instances?.[0]).toMatchObject({
      name: "db-a",
      availabilityZone: "nova",
      flavor: { vcpus: 1, ram: 512 },
      nics: [{ networkName: "internal", cidr: "10.10.1.0/24" }],
      volumes: [{ image: expect.any(String) }, { name: "db-a-data", type: "iscsi" }],
    });
    expect(await stage.ask(getSnapshot, { id: taken })).toMatchObject({ id: taken, name: "API taken 2" });
    await expect(stage.ask(getSnapshot, { id: taken, workload: web })).rejects.toThrow("not both");
    await expect(stage.ask(getSnapshot, { name: "nightly" })).rejects.toThrow(
      "no snapshot that can be restored",
    );
    await expect(stage.ask(getSnapshot, {})).rejects.toThrow("2 snapshots match {}; narrow it down");
  });
});

describe("a workload's schedule", () => {
  const keys = { enabled: true, timezone: "UTC", startDate: "11/04/2020", startTime: "02:00 AM" };

  it.each([{}, { retentionValue: "string", jobscheduleEnabled: "string" }] as const)(
    "is told in our terms where it is flat: %j",
    async (guesses) => {
      stage = await TrilioStage.start({ guesses: { ...guesses, jobschedule: "flat" } as object });
      expect(await stage.ask(getWorkload, { id: web })).toMatchObject({
        name: "web",
        status: "available",
        schedule: {
          ...keys,
          fullBackupInterval: -1,
          retention: [{ schedule: "interval", intervalHours: 24, keepSnapshots: 30 }],
        },
      });
      expect((await stage.ask(getWorkload, { id: databases })).schedule).toMatchObject({
        fullBackupInterval: 7,
        retention: [{ schedule: "interval", intervalHours: 8, retainFor: "P14D" }],
      });
    },
  );

  it("is told in our terms where it has an entry for each period", async () => {
    stage = await TrilioStage.start({ guesses: { jobschedule: "nested" } as object });
    const { schedule } = await stage.ask(getWorkload, { id: databases });
    expect(schedule).toMatchObject(keys);
    expect(schedule?.retention).toEqual([
      { schedule: "hourly", intervalHours: 8, keepSnapshots: 42, snapshotType: "incremental" },
      { schedule: "weekly", keepSnapshots: 4, snapshotType: "full" },
      { schedule: "manual", keepSnapshots: 42, retainFor: "P14D" },
    ]);
  });

  it("may say nothing", () => {
    expect(scheduleOf(undefined)).toBeUndefined();
    expect(scheduleOf({ enabled: "false" })).toEqual({ enabled: false, retention: [] });
  });

  it("is not to be had where there is no workload", async () => {
    stage = await TrilioStage.start();
    await expect(stage.ask(getWorkload, { id: taken })).rejects.toThrow(`there is no workload ${taken}`);
  });
});
