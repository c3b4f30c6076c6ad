import { realCountdowns, type World } from "../../../../emulator/index";

/** Something that happened on the recorded server besides the requests, before the exchange with this index. */
export interface BackstageStep {
  scenario: string;
  before: number;
  what: string;
  run: (world: World) => void;
}

function only<T>(rows: T[]): T {
  const row = rows[0];
  if (row === undefined) throw new Error("the replay expected an object that is not there");
  return row;
}

function tenantOf(world: World) {
  return only([...world.tenants.values()].filter(({ name }) => name === "prod"));
}

function limit(name: string, room: number): (world: World) => void {
  return (world) => {
    const { quotas } = tenantOf(world);
    for (const [other, limits] of savedLimits) Object.assign(quotas[other] ?? {}, { limit: limits });
    savedLimits.clear();
    const quota = quotas[name];
    if (quota === undefined) return;
    savedLimits.set(name, quota.limit);
    quota.limit = name.startsWith("gigabytes") ? 0 : quota.usage + room;
  };
}

const savedLimits = new Map<string, number>();

/** What the recorder (or an earlier take of a scenario) did behind the server's back. */
export const backstage: BackstageStep[] = [
  {
    scenario: "10",
    before: 16,
    what: "the recorder emptied the snapshot's backend_id",
    run: (world) => void Object.assign(only(world.snapshotsNamed("pullme")), { backendId: null }),
  },
  {
    scenario: "15",
    before: 0,
    what: "scenarios 12 to 14 had run on this database before they were recorded again on the second one",
    run: (world) => {
      const { quotas } = tenantOf(world);
      const volume = (name: string) => only(world.volumesNamed(name));
      const types = new Map([...world.volumeTypes.values()].map(({ name, uuid }) => [name, uuid]));
      const extended = volume("data-3");
      extended.size = 21504;
      volume("attached-1").size = 11264;
      Object.assign(volume("FAIL_EXTEND FAIL_UPDATE FAIL_RETYPE FAIL_ATTACH vol"), {
        size: 20480,
        state: "Erred",
      });
      volume("no-type").typeUuid = types.get("hdd") ?? null;
      // Healed by the pull of scenario 10, this one could be extended and retyped in that take.
      Object.assign(volume("q"), { size: 40960, typeUuid: types.get("hdd") ?? null });
      const during = world.newRow("snapshot", "during-extend");
      const model = only(world.snapshotsNamed("seed-snap-1"));
      world.snapshots.set(during.uuid, { ...model, ...during, size: 21505, sourceVolumeUuid: extended.uuid });
      const used = { snapshots: 1, snapshots_size: 21505, storage: 1025 + 1024 + 10240 + 30720 };
      const retyped = { gigabytes_hdd: 1 + 10 + 40, gigabytes_ssd: 1 + 10 + 30 - 40 };
      for (const [name, delta] of Object.entries({ ...used, ...retyped })) {
        const quota = quotas[name];
        if (quota !== undefined) quota.usage += delta;
      }
    },
  },
  { scenario: "17", before: 0, what: "the recorder set a limit", run: limit("snapshots", 0) },
  { scenario: "17", before: 1, what: "the recorder set a limit", run: limit("snapshots_size", 5) },
  { scenario: "17", before: 2, what: "the recorder set a limit", run: limit("volumes", 0) },
  { scenario: "17", before: 4, what: "the recorder set a limit", run: limit("storage", 5) },
  { scenario: "17", before: 6, what: "the recorder set a limit", run: limit("gigabytes_hdd", 0) },
  { scenario: "17", before: 7, what: "the recorder lifted its limits", run: limit("", 0) },
  {
    scenario: "17",
    before: 8,
    what: "the recorder put 320 snapshots into another project",
    run: (world) => {
      const model = only(world.snapshotsNamed("other-snap"));
      for (let i = 0; i < 320; i += 1) {
        const row = world.newRow("snapshot", `bulk-${`${i}`.padStart(3, "0")}`);
        world.snapshots.set(row.uuid, { ...model, ...row });
      }
    },
  },
  {
    scenario: "18",
    before: 5,
    what: "the recorder set the volume's state to Erred",
    run: (world) => void Object.assign(only(world.volumesNamed("drift-1")), { state: "Erred" }),
  },
  {
    scenario: "18",
    before: 18,
    what: "the snapshot vanished from the cloud",
    run: (world) =>
      void world.cloud.snapshots.delete(only(world.snapshotsNamed("drift-snap")).backendId ?? ""),
  },
  {
    scenario: "18",
    before: 29,
    what: "the snapshot vanished from the cloud",
    run: (world) =>
      void world.cloud.snapshots.delete(only(world.snapshotsNamed("drift-snap2")).backendId ?? ""),
  },
  {
    scenario: "18",
    before: 34,
    what: "the volume vanished from the cloud",
    run: (world) => void world.cloud.volumes.delete(only(world.volumesNamed("drift-1")).backendId ?? ""),
  },
  {
    scenario: "22",
    before: 0,
    what: "the server ran with its own countdowns and with the pull of snapshots patched",
    run: (world) => Object.assign(world.rules, { countdowns: realCountdowns, snapshotPullWorks: true }),
  },
];
