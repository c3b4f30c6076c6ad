import { expect } from "vitest";
import type { objectGuesses } from "../../../../emulator/trilio/guesses/objects";
import type { Body } from "../../support/client";
import { sample, type TrilioBench } from "../support/bench";
import { cancelled, type Flip, flip, running } from "./flip";

async function schedule(bench: TrilioBench, workload = "web"): Promise<Body> {
  const { body } = await bench.get(`/workloads/${bench.emulator.id("workloads", workload)}`);
  return body.workload.jobschedule;
}

/** The names of the listed snapshots. */
async function names(bench: TrilioBench, query = ""): Promise<string[]> {
  return (await bench.list(`/snapshots${query}`)).map(({ name }) => name);
}

async function afterFailure(bench: TrilioBench): Promise<Body> {
  bench.emulator.faults.add({ method: "POST", action: { kind: "fail", message: "no" } });
  return bench.ended(await bench.restore());
}

/** Guesses on what objects look like when they are read. */
export const objectFlips: Record<keyof typeof objectGuesses, Flip> = {
  fractionOnRead: flip(
    async (bench) => {
      const created = await bench.restore();
      const { created_at } = await bench.shown(created);
      return [created_at === created.body.restore.created_at, created_at.endsWith(".000000")];
    },
    ["dropped", [false, true]],
    ["kept", [true, false]],
  ),
  timeOffsetMinutes: flip(
    async (bench) => {
      const { created_at } = await running(bench);
      // The query is in the server's time too.
      const found = await names(bench, `?date_from=${created_at.slice(0, 19)}`);
      return [created_at, found];
    },
    [0, ["2026-01-01T00:00:00.000000", ["nightly"]]],
    [120, ["2026-01-01T02:00:00.000000", ["nightly"]]],
    [-90, ["2025-12-31T22:30:00.000000", ["nightly"]]],
  ),
  restoreOptionsOnRead: flip(
    async (bench) => (await bench.ended(await bench.restore())).restore_options,
    ["echoed", sample("oneclick").restore.options],
    [
      "filled",
      {
        ...sample("oneclick").restore.options,
        name: "One Click Restore",
        description: "One Click Restore",
        openstack: {
          instances: [
            { name: "cirros-2", id: "67d6a100-fee6-4aa5-83a1-66b070d2eabe", availability_zone: "nova" },
            { name: "cirros-1", id: "e33c1eea-c533-4945-864d-0da1fc002070", availability_zone: "nova" },
          ],
        },
      },
    ],
  ),
  summaryFields: flip(
    async (bench) => {
      const [first] = await bench.list("/restores");
      return ["id", "status", "restore_options"].filter((key) => key in first);
    },
    ["summary", ["id", "status"]],
    ["detail", ["id", "status", "restore_options"]],
    ["id", ["id"]],
  ),
  restoreOrder: flip(
    async (bench) => (await bench.list("/restores/detail")).map(({ status }) => status),
    ["newest", ["available", "error"]],
    ["oldest", ["error", "available"]],
  ),
  runningMessages: flip(
    async (bench) => (await running(bench)).progress_msg,
    ["phases", "Creating Instance: cirros-1"],
    ["none", null],
  ),
  runningHost: flip(async (bench) => (await running(bench)).host, ["set", "TVM2"], ["empty", ""]),
  runningSize: flip(
    async (bench) => {
      const { size, uploaded_size } = await running(bench);
      return [size, uploaded_size];
    },
    ["zero", [0, 0]],
    ["known", [2 ** 31, 2 ** 30]],
  ),
  runningTime: flip(async (bench) => (await running(bench)).time_taken, ["zero", 0], ["counts", 290]),
  failedInstances: flip(
    async (bench) => [
      (await cancelled(bench)).instances.length,
      (await afterFailure(bench)).instances.length,
      bench.emulator.world.restoredInstances.length - 2,
    ],
    ["none", [0, 0, 0]],
    ["partial", [1, 1, 2]],
  ),
  kindInMetadata: flip(
    async (bench) => {
      await bench.ended(await bench.restoreInPlace());
      const [listed] = await bench.list("/restores/detail");
      return listed.metadata.map(({ value }: Body) => value);
    },
    [true, ["0", "0", "Inplace Restore"]],
    [false, ["0", "0"]],
  ),
  topologyItems: flip(
    async (bench) => {
      const created = await bench.restoreSelected((openstack) => {
        openstack.restore_topology = true;
        openstack.networks_mapping = { networks: [] };
      });
      const { status, networks, subnets, routers } = await bench.ended(created);
      return [status, networks.length, subnets.length, routers.length];
    },
    ["none", ["available", 0, 0, 0]],
    ["listed", ["available", 1, 1, 1]],
  ),
  goneSnapshotDetails: flip(
    async (bench) => {
      bench.emulator.world.dropSnapshot(bench.snapshotId("API taken 2"));
      const { body } = await bench.get(`/restores/${bench.emulator.id("restores", "finished")}`);
      const { snapshot_details: details = "absent" } = body.restore;
      return details?.display_name === undefined ? details : [details.deleted, details.display_name];
    },
    ["kept", [true, "API taken 2"]],
    ["null", null],
    ["absent", "absent"],
  ),
  snapshotBusyStatus: flip(
    async (bench) => (await bench.snapshot("nightly")).status,
    ["executing", "executing"],
    ["uploading", "uploading"],
  ),
  busySnapshotInstances: flip(
    async (bench) => {
      const before = await bench.snapshot("nightly");
      bench.clock.advanceSeconds(428);
      const after = await bench.snapshot("nightly");
      return [before.instances.length, after.instances.length];
    },
    ["listed", [2, 2]],
    ["none", [0, 2]],
  ),
  snapshotShowFields: flip(
    async (bench) => Object.keys(await bench.snapshot("API taken 2")).includes("host"),
    ["all", true],
    ["known", false],
  ),
  snapshotFlavorNumbers: flip(
    async (bench) => (await bench.snapshot("API taken 2")).instances[0].flavor.ram,
    ["number", 512],
    ["string", "512"],
  ),
  snapshotOrder: flip(
    (bench) => names(bench),
    ["newest", ["nightly", "before upgrade", "failed nightly", "API taken 2"]],
    ["oldest", ["API taken 2", "failed nightly", "before upgrade", "nightly"]],
  ),
  snapshotDates: flip(
    (bench) => names(bench, "?date_from=2020-11-04T13:58:37&date_to=2020-11-08T02:00:00"),
    ["inclusive", ["before upgrade", "failed nightly", "API taken 2"]],
    ["exclusive", ["failed nightly"]],
  ),
  allByNonAdmin: flip(
    async (bench) => [
      (await bench.get("/snapshots?all=True")).status,
      (await bench.get("/snapshots?all=True", { person: "admin" })).status,
    ],
    ["ignored", [200, 200]],
    ["refused", [403, 200]],
  ),
  jobschedule: flip(
    async (bench) => [await schedule(bench), await schedule(bench, "databases")],
    [
      "flat",
      [
        expect.objectContaining({
          interval: "24 hr",
          fullbackup_interval: "-1",
          retention_policy_type: "Number of Snapshots to Keep",
          retention_policy_value: "30",
        }),
        expect.objectContaining({
          interval: "8 hr",
          fullbackup_interval: "7",
          retention_policy_type: "Number of days to retain Snapshots",
          retention_policy_value: "14",
        }),
      ],
    ],
    [
      "nested",
      [
        expect.objectContaining({
          daily: { retention: "30", snapshot_type: "incremental" },
          manual: { retention: "30", retention_days_to_keep: "30" },
        }),
        expect.objectContaining({
          hourly: { interval: "8", retention: "42", snapshot_type: "incremental" },
          weekly: { retention: "4", snapshot_type: "full" },
          manual: { retention: "42", retention_days_to_keep: "14" },
        }),
      ],
    ],
  ),
  jobscheduleEnabled: flip(
    async (bench) => (await schedule(bench)).enabled,
    ["boolean", true],
    ["string", "true"],
  ),
  retentionValue: flip(
    async (bench) => (await schedule(bench)).retention_policy_value,
    ["string", "30"],
    ["number", 30],
  ),
};
