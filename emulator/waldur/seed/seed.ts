import type { Actor } from "../permissions";

/** A volume to start with. Sizes in MiB. */
export interface SeedVolume {
  name: string;
  /** 32 hex digits; drawn when absent. */
  uuid?: string;
  size: number;
  /** Name of its type. */
  type?: string;
  bootable?: boolean;
  erred?: boolean;
  /** Name of the instance it is attached to, and where. */
  instance?: string;
  device?: string;
  backendId?: string;
  imageName?: string;
  /** Whether the tenant's quotas count it: the recorded server did not count the disks that came with an instance. */
  uncounted?: boolean;
}

/** A snapshot to start with. */
export interface SeedSnapshot {
  name: string;
  uuid?: string;
  /** Name of its source volume. */
  volume: string;
  description?: string;
  /** ISO 8601, UTC. */
  keptUntil?: string;
  state?: "OK" | "Erred" | "Creating";
  runtimeState?: string;
  errorMessage?: string;
  backendId?: string;
  scheduleUuid?: string;
  backupUuid?: string;
}

/** One project with its tenant and what is in it. */
export interface SeedProject {
  name: string;
  customer: string;
  tenant: string;
  /** The offering of volumes in the tenant. */
  offering: string;
  instances: { name: string; runtimeState: "SHUTOFF" | "ACTIVE" | "PAUSED"; uuid?: string }[];
  volumes: SeedVolume[];
  snapshots: SeedSnapshot[];
  /** Limits by quota name, MiB and GiB; -1 for none. */
  limits: Record<string, number>;
}

/** What a server holds when it starts. */
export interface Seed {
  customers: { name: string; abbreviation: string; uuid?: string }[];
  /** Types by name; a hidden one is not visible in any tenant (recording 13). */
  types: { name: string; hidden?: boolean; uuid?: string }[];
  images: { name: string; minDisk: number; uuid?: string }[];
  /** The first is the one that the actors belong to. */
  projects: SeedProject[];
  /** Ids of the things that there is one of, for a replay that needs the recorded ones. */
  uuids: Partial<Record<SingleId, string>>;
  /** Tokens by actor; drawn when absent. */
  tokens: Partial<Record<Actor, string>>;
}

/** What `Seed.uuids` can name: things of the first project, and the second one. */
type SingleId =
  | "project"
  | "otherProject"
  | "tenant"
  | "settings"
  | "offering"
  | "plan"
  | "parentPlan"
  | "category";

/** Quota limits of the recorded tenant (recording 15). */
export const recordedLimits = {
  gigabytes_hdd: -1,
  volumes_size: 2_048_000,
  snapshots: 200,
  volumes: 200,
  storage: 4_096_000,
  snapshots_size: 2_048_000,
  gigabytes_ssd: -1,
};

/** The volumes of the recorded tenant in the order of their creation (recordings 04, 05). */
const recordedVolumes: SeedVolume[] = [
  { name: "data-1", size: 10240, type: "ssd" },
  { name: "data-2", size: 10240, type: "ssd" },
  { name: "data-3", size: 20480, type: "hdd" },
  { name: "no-type", size: 10240 },
  { name: "bootable-1", size: 10240, type: "ssd", bootable: true },
  { name: "erred-1", size: 10240, type: "ssd", erred: true },
  { name: "FAIL_EXTEND FAIL_UPDATE FAIL_RETYPE FAIL_ATTACH vol", size: 10240, type: "ssd" },
  ...["shutoff", "active", "paused"].flatMap((power): SeedVolume[] => [
    {
      name: `vm-${power}-system`,
      size: 10240,
      bootable: true,
      instance: `vm-${power}`,
      device: "/dev/vda",
      backendId: `vm-${power}-system`,
      imageName: `vm-${power}-image-name`,
      uncounted: true,
    },
    {
      name: `vm-${power}-data`,
      size: 20480,
      instance: `vm-${power}`,
      device: "/dev/vda",
      backendId: `vm-${power}-data`,
      uncounted: true,
    },
  ]),
  { name: "attached-1", size: 10240, type: "ssd", instance: "vm-shutoff", device: "/dev/vdc" },
];

/** The snapshots of the recorded tenant (recordings 03, 04). */
function recordedSnapshots(): SeedSnapshot[] {
  return [
    { name: "seed-snap-1", volume: "data-1" },
    {
      name: "seed-snap-2",
      volume: "data-1",
      description: "with retention",
      keptUntil: "2035-01-01T00:00:00Z",
    },
    {
      name: "erred-snap",
      volume: "data-1",
      state: "Erred",
      runtimeState: "error",
      errorMessage: "fake error",
    },
    { name: "stuck-snap", volume: "data-1", state: "Creating", runtimeState: "creating" },
    { name: "backup-snap", volume: "vm-shutoff-data", backupUuid: "d12a46bcda80472d969bf2193eb98dc9" },
    { name: "scheduled-snap", volume: "data-1", scheduleUuid: "6088b9954482420cabe92041c9b54769" },
  ];
}

/** The world of the recordings: Acme's project Backups with its tenant prod, and another organisation's project. */
export function recordedSeed(): Seed {
  return {
    customers: [
      { name: "Acme", abbreviation: "Cust0" },
      { name: "Other", abbreviation: "Cust1" },
    ],
    types: [{ name: "ssd" }, { name: "hdd" }, { name: "hidden", hidden: true }],
    images: [{ name: "debian-12", minDisk: 10240 }],
    projects: [
      {
        name: "Backups",
        customer: "Acme",
        tenant: "prod",
        offering: "Volume in prod",
        instances: [
          { name: "vm-shutoff", runtimeState: "SHUTOFF" },
          { name: "vm-active", runtimeState: "ACTIVE" },
          { name: "vm-paused", runtimeState: "PAUSED" },
        ],
        volumes: recordedVolumes.map((volume) => ({ ...volume })),
        snapshots: recordedSnapshots(),
        limits: { ...recordedLimits },
      },
      {
        name: "Other project",
        customer: "Other",
        tenant: "other",
        offering: "Volume in other",
        instances: [],
        volumes: [{ name: "other-vol", size: 10240 }],
        snapshots: [{ name: "other-snap", volume: "other-vol" }],
        limits: { ...recordedLimits },
      },
    ],
    uuids: {},
    tokens: {},
  };
}
