import { z } from "zod";
import { defined } from "../core/values";
import { timestamp, type WireSnapshot } from "./wire";

const text = (description: string) => z.string().optional().describe(description);
const number = (description: string) => z.number().optional().describe(description);

const flavor = z
  .object({
    id: text("ID of the flavor"),
    name: text("Name of the flavor"),
    vcpus: number("Number of virtual processors"),
    ram: number("Memory in MiB"),
    disk: number("Root disk in GiB"),
    ephemeral: number("Ephemeral disk in GiB"),
    swap: number("Swap in MiB"),
  })
  .meta({ title: "SnapshotFlavorRow", description: "The size of an instance." });

const nic = z
  .object({
    macAddress: text("MAC address"),
    ipAddress: text("IP address"),
    network: text("ID of the network"),
    networkName: text("Name of the network"),
    subnet: text("ID of the subnet"),
    subnetName: text("Name of the subnet"),
    cidr: text("Addresses of the subnet"),
  })
  .meta({ title: "SnapshotNicRow", description: "A port of an instance." });

const volume = z
  .object({
    id: text("ID of the volume; absent for a boot disk that came from an image"),
    name: text("Name of the volume"),
    type: text("Type of the volume"),
    size: number("Size in GiB"),
    availabilityZone: text("Availability zone of the volume"),
    image: text("ID of the image that the disk came from"),
  })
  .meta({ title: "SnapshotVolumeRow", description: "A disk of an instance." });

const instance = z
  .object({
    id: z.string().describe("ID of the instance"),
    name: text("Name of the instance"),
    availabilityZone: text("Availability zone of the instance"),
    flavor: flavor.optional(),
    nics: z.array(nic).describe("Its ports"),
    volumes: z.array(volume).describe("Its disks"),
  })
  .meta({ title: "SnapshotInstanceRow", description: "An instance as it was when the snapshot was taken." });

/** A snapshot of whole instances, in our terms. Contract, 6.1. */
export const snapshotRow = z.object({
  id: z.string().describe("ID of the snapshot"),
  name: text("Name"),
  description: text("Description"),
  status: z.string().describe("available, error, cancelled, mounted; any other is busy"),
  type: text("full or incremental"),
  workload: text("ID of the workload"),
  createdAt: text("When it was taken, ISO 8601"),
  finishedAt: text("When that was done, ISO 8601; not in lists"),
  size: number("Bytes that it takes; not in lists"),
  restoreSize: number("Bytes to restore; not in lists"),
  host: text("The node of Trilio that took it"),
  projectId: text("ID of the project"),
  errorMessage: text("Why it failed"),
  instances: z.array(instance).optional().describe("The instances that it holds"),
});

/** A snapshot of whole instances, in our terms. */
export type SnapshotRow = z.output<typeof snapshotRow>;

/** A snapshot as the server shows it, in our terms. */
export function snapshotOf(snapshot: WireSnapshot): SnapshotRow {
  return defined({
    id: snapshot.id,
    name: snapshot.name,
    description: snapshot.description,
    status: snapshot.status,
    type: snapshot.snapshot_type,
    workload: snapshot.workload_id,
    createdAt: timestamp(snapshot.created_at),
    finishedAt: timestamp(snapshot.finished_at),
    size: snapshot.size,
    restoreSize: snapshot.restore_size,
    host: snapshot.host,
    projectId: snapshot.project_id,
    errorMessage: snapshot.error_msg || undefined,
    instances: snapshot.instances?.map(({ id, name, flavor: size, metadata, nics = [], vdisks = [] }) =>
      defined({
        id,
        name,
        availabilityZone: metadata?.availability_zone,
        flavor: size && defined(size),
        nics: nics.map(({ mac_address, ip_address, network }) =>
          defined({
            macAddress: mac_address,
            ipAddress: ip_address,
            network: network?.id,
            networkName: network?.name,
            subnet: network?.subnet?.id,
            subnetName: network?.subnet?.name,
            cidr: network?.subnet?.cidr,
          }),
        ),
        volumes: vdisks.map((disk) =>
          defined({
            id: disk.volume_id,
            name: disk.volume_name,
            type: disk.volume_type,
            size: disk.volume_size,
            availabilityZone: disk.availability_zone,
            image: disk.image_id,
          }),
        ),
      }),
    ),
  }) as SnapshotRow;
}
