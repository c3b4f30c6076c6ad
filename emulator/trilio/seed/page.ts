import type { JsonObject } from "../../http/json";
import type { BackedUpInstance, Schedule } from "../model";
import type { SeedRestore, SeedSnapshot, TrilioSeed } from "./seed";

const network = {
  id: "5fb7027d-a2ac-4a21-9ee1-438c281d2b26",
  name: "internal",
  subnet: { id: "b7b54304-aa82-4d50-91e6-66445ab56db4", name: "internal-subnet", cidr: "10.10.1.0/24" },
};

function instance(
  id: string,
  name: string,
  address: number,
  vdisks: BackedUpInstance["vdisks"],
): BackedUpInstance {
  return {
    id,
    name,
    flavor: { vcpus: 1, ram: 512, disk: 1, ephemeral: 0, swap: 0 },
    availabilityZone: "nova",
    nics: [
      {
        mac_address: `fa:16:3e:00:00:${address.toString(16).padStart(2, "0")}`,
        ip_address: `10.10.1.${address}`,
        network,
      },
    ],
    vdisks,
  };
}

function volume(id: string, name: string): BackedUpInstance["vdisks"][number] {
  return { volume_id: id, volume_name: name, volume_type: "iscsi", availability_zone: "nova" };
}

const bootDisk = { image_id: "4e9a2ff7-7d73-4bb5-9c1e-3b1a0d9e0c11" };

const cirros2 = instance("67d6a100-fee6-4aa5-83a1-66b070d2eabe", "cirros-2", 12, [bootDisk]);
const cirros1 = instance("e33c1eea-c533-4945-864d-0da1fc002070", "cirros-1", 11, [
  bootDisk,
  volume("365ad75b-ca76-46cb-8eea-435535fd2e22", "cirros-1-data"),
]);
const databaseA = instance("7c1bb5d2-aa5a-44f7-abcd-2d76b819b4c8", "db-a", 21, [
  bootDisk,
  volume("f6b3fef6-4b0e-487e-84b5-47a14da716ca", "db-a-data"),
]);
const databaseB = instance("08dab61c-6efd-44d3-a9ed-8e789d338c1b", "db-b", 22, [
  bootDisk,
  volume("53204f34-019d-4ba8-ada1-e6ab7b8e5b43", "db-b-data"),
]);

const gib = 2 ** 30;
const at = (text: string): number => Date.parse(`${text}Z`);

function snapshot(
  id: string,
  name: string,
  createdAt: string,
  instances: BackedUpInstance[],
  more: Partial<SeedSnapshot> = {},
): SeedSnapshot {
  return {
    id,
    name,
    description: "",
    type: "full",
    status: "available",
    createdAt: at(createdAt),
    finishedAt: at(createdAt) + 428_000,
    size: 44_171_264,
    restoreSize: 2 * gib,
    host: "TVM1",
    timeTaken: 428,
    errorMessage: null,
    instances,
    ...more,
  };
}

const sampleOptions: JsonObject = {
  name: "OneClick Restore",
  oneclickrestore: true,
  restore_type: "oneclick",
  openstack: {
    instances: [cirros2, cirros1].map(({ name, id }) => ({ name, id, availability_zone: "nova" })),
  },
  type: "openstack",
  description: "-",
};

function sampleMetadata(...ids: [string, string, string]): SeedRestore["metadata"] {
  return [
    { id: ids[0], key: "data_transfer_time", value: "0" },
    { id: ids[1], key: "object_store_transfer_time", value: "0" },
    { id: ids[2], key: "restore_user_selected_value", value: "Oneclick Restore" },
  ];
}

const sampleSnapshot = "2e56d167-bad7-43c7-8ede-a613c3fe7844";
const sampleRestore = {
  snapshot: sampleSnapshot,
  name: "OneClick Restore",
  description: "-",
  host: "TVM2",
  size: 2 * gib,
  options: sampleOptions,
};

/** The two restores of the API page. */
const sampleRestores: SeedRestore[] = [
  {
    ...sampleRestore,
    id: "4673d962-f6a5-4209-8d3e-b9f2e9115f07",
    key: "failed",
    status: "error",
    createdAt: at("2020-11-04T14:37:31"),
    finishedAt: at("2020-11-04T14:45:27"),
    progressMessage: "",
    errorMessage: "Failed restoring snapshot: Error creating instance e271bd6e-f53e-4ebc-875a-5787cc4dddf7",
    instances: [],
    metadata: sampleMetadata(
      "be6dc7e2-1be2-476b-9338-aed986be3b55",
      "2e4330b7-6389-4e21-b31b-2503b5441c3e",
      "561c806b-e38a-496c-a8de-dfe96cb3e956",
    ),
  },
  {
    ...sampleRestore,
    id: "29fdc1f8-1d53-4a10-bb45-e539a64cdbfc",
    key: "finished",
    status: "available",
    createdAt: at("2020-11-05T10:17:40"),
    finishedAt: at("2020-11-05T10:27:20"),
    progressMessage: "Restore from snapshot is complete",
    errorMessage: null,
    instances: [
      { id: "1fb104bf-7e2b-4cb6-84f6-96aabc8f1dd2", name: "cirros-2", originalId: cirros2.id },
      { id: "b083bb70-e384-4107-b951-8e9e7bbac380", name: "cirros-1", originalId: cirros1.id },
    ],
    metadata: sampleMetadata(
      "91ab2495-1903-4d75-982b-08a4e480835b",
      "e0e01eec-24e0-4abd-9b8c-19993a320e9f",
      "eb909267-ba9b-41d1-8861-a9ec22d6fd84",
    ),
  },
];

const schedule: Schedule = {
  enabled: true,
  intervalHours: 24,
  startDate: "11/04/2020",
  startTime: "02:00 AM",
  timezone: "UTC",
  fullBackupInterval: -1,
  keep: { snapshots: 30 },
};

/**
 * The world of the API page: its project, its two restores and the snapshots that its samples restore, and the
 * instances that their bodies name. What the page does not show (addresses, names of volumes) is made up. The
 * originals of `API taken 2` are gone, so that a one-click restore works; those of `before upgrade` exist.
 */
export function pageSeed(): TrilioSeed {
  return {
    project: { id: "c76b3355a164498aa95ddbc960adc238", name: "demo" },
    otherProject: { id: "9f0c1d2e3b4a59687786a5b4c3d2e1f0", name: "elsewhere" },
    liveInstances: [databaseA.id, databaseB.id],
    ports: ["a1c9d7f2-34d5-4b0e-9a56-0c1f2e3d4b5a"],
    workloads: [
      {
        id: "18b809de-d7c8-41e2-867d-4a306407fb11",
        name: "web",
        description: "web servers",
        createdAt: at("2020-11-04T13:50:02"),
        schedule,
        restores: sampleRestores,
        snapshots: [
          snapshot(sampleSnapshot, "API taken 2", "2020-11-04T13:58:37", [cirros2, cirros1], {
            description: "API taken description 2",
            updatedAt: at("2020-11-05T10:27:22"),
            finishedAt: at("2020-11-04T14:06:03"),
            progressMessage: "Creating Instance: cirros-2",
          }),
          snapshot(
            "5d3f4a0c-7f0d-4c8e-8c37-3a1d5f0e9b21",
            "failed nightly",
            "2020-11-05T02:00:00",
            [cirros2, cirros1],
            {
              status: "error",
              errorMessage: "Failed uploading snapshot: the backup target is full",
              size: 0,
            },
          ),
        ],
      },
      {
        id: "6c2f1b7a-0d9e-4f35-b8a4-1e7d2c3b5a69",
        name: "databases",
        description: "",
        createdAt: at("2020-11-06T08:00:00"),
        schedule: { ...schedule, intervalHours: 8, fullBackupInterval: 7, keep: { days: 14 } },
        restores: [],
        snapshots: [
          snapshot("ed4f29e8-7544-4e1c-af8a-a76031211926", "before upgrade", "2020-11-08T02:00:00", [
            databaseA,
            databaseB,
          ]),
          snapshot(
            "f07b6f6c-2a1e-4d7b-9b63-8d5e4c3a2b10",
            "nightly",
            "2020-11-09T02:00:00",
            [databaseA, databaseB],
            { type: "incremental", busy: true },
          ),
        ],
      },
    ],
  };
}
