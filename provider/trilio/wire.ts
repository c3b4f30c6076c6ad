import { z } from "zod";
import { nullish } from "../core/http/wire";

/**
 * What Trilio answers, read more leniently than elsewhere: only an id is indispensable, and a field of another type
 * than expected is `undefined` too. Names are those of the wire.
 */
function lenient<T extends z.ZodType>(type: T) {
  return nullish(type).catch(undefined).optional();
}

const text = lenient(z.string());
const number = lenient(z.coerce.number());
const flag = lenient(
  z.preprocess((value) => (typeof value === "string" ? value.toLowerCase() === "true" : value), z.boolean()),
);
const json = lenient(z.array(z.json()));
const status = z
  .preprocess((value) => (typeof value === "string" ? value.trim().toLowerCase() : undefined), z.string())
  .catch("unknown");

/** Rows of a list; one that cannot be read is left out rather than losing them all. */
function rows<T extends z.ZodType>(row: T) {
  return lenient(
    z.array(z.unknown()).transform((items): z.output<T>[] =>
      items.flatMap((item) => {
        const { success, data } = row.safeParse(item);
        return success ? [data] : [];
      }),
    ),
  );
}

const subnet = lenient(z.object({ id: text }));
const network = lenient(z.object({ id: text, name: text, subnet }));

/** An instance in the options of a restore. Contract, 3.1 to 3.3. */
const optionsInstance = z.object({
  id: z.string(),
  include: flag,
  name: text,
  availability_zone: text,
  flavor: lenient(
    z.object({
      id: lenient(z.coerce.string()),
      vcpus: number,
      ram: number,
      disk: number,
      ephemeral: number,
      swap: number,
    }),
  ),
  nics: rows(z.object({ id: text, mac_address: text, ip_address: text, network })),
  vdisks: rows(
    z.object({ id: z.string(), new_volume_type: text, availability_zone: text, restore_cinder_volume: flag }),
  ),
  restore_boot_disk: flag,
  server_group: text,
});

/** The options of a restore, as the server echoes them. Contract, section 3. */
export const optionsFields = z.object({
  restore_type: text,
  oneclickrestore: flag,
  zone: text,
  description: text,
  openstack: lenient(
    z.object({
      instances: rows(optionsInstance),
      restore_topology: flag,
      networks_mapping: lenient(
        z.object({ networks: rows(z.object({ snapshot_network: network, target_network: network })) }),
      ),
    }),
  ),
});

/** A restore: list, show and the answer to its creation. API page: Restores; contract, section 4. */
export const restoreFields = z.object({
  id: z.string(),
  status,
  created_at: text,
  finished_at: text,
  project_id: text,
  user_id: text,
  snapshot_id: text,
  workload_id: text,
  name: text,
  description: text,
  host: text,
  size: number,
  uploaded_size: number,
  progress_percent: number,
  progress_msg: text,
  warning_msg: text,
  error_msg: text,
  time_taken: number,
  restore_options: lenient(optionsFields),
  metadata: rows(z.object({ key: z.string(), value: lenient(z.coerce.string()) })),
  instances: rows(
    z.object({
      id: z.string(),
      name: text,
      status: text,
      metadata: lenient(z.object({ instance_id: text })),
    }),
  ),
  networks: json,
  subnets: json,
  routers: json,
});

/** An instance as a snapshot holds it. Contract, 6.1. */
const snapshotInstance = z.object({
  id: z.string(),
  name: text,
  flavor: lenient(
    z.object({
      id: lenient(z.coerce.string()),
      name: text,
      vcpus: number,
      ram: number,
      disk: number,
      ephemeral: number,
      swap: number,
    }),
  ),
  metadata: lenient(z.object({ availability_zone: text })),
  nics: rows(
    z.object({
      mac_address: text,
      ip_address: text,
      network: lenient(
        z.object({ id: text, name: text, subnet: lenient(z.object({ id: text, name: text, cidr: text })) }),
      ),
    }),
  ),
  vdisks: rows(
    z.object({
      volume_id: text,
      volume_name: text,
      volume_type: text,
      volume_size: number,
      availability_zone: text,
      image_id: text,
    }),
  ),
});

/** A snapshot: list and show. Contract, 6.1. */
export const snapshotFields = z.object({
  id: z.string(),
  status,
  created_at: text,
  finished_at: text,
  snapshot_type: text,
  workload_id: text,
  project_id: text,
  name: text,
  description: text,
  host: text,
  size: number,
  restore_size: number,
  time_taken: number,
  progress_percent: number,
  progress_msg: text,
  warning_msg: text,
  error_msg: text,
  instances: rows(snapshotInstance),
});

/** A workload. Contract, 6.2; the schedule has two shapes, see `schedule.ts`. */
export const workloadFields = z.object({
  id: z.string(),
  status,
  name: text,
  description: text,
  project_id: text,
  user_id: text,
  workload_type_id: text,
  created_at: text,
  updated_at: text,
  instances: rows(z.object({ id: z.string(), name: text })),
  jobschedule: lenient(z.record(z.string(), z.json())),
});

/** The options of a restore, as the server echoes them. */
export type WireOptions = z.output<typeof optionsFields>;
/** A restore as Trilio answers it. */
export type WireRestore = z.output<typeof restoreFields>;
/** A snapshot as Trilio answers it. */
export type WireSnapshot = z.output<typeof snapshotFields>;
/** A workload as Trilio answers it. */
export type WireWorkload = z.output<typeof workloadFields>;

/**
 * A time of Trilio's, which has no zone and means UTC, in whole seconds: the fraction is there right after a
 * creation and gone in every later answer (contract, 3.4).
 *
 * @returns ISO 8601 with its zone, e.g. `2020-11-05T10:17:40Z`
 */
export function timestamp(wire: string | undefined): string | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})/.exec(wire ?? "");
  return match ? `${match[1]}T${match[2]}Z` : wire;
}

/** An object, and the request id of the answer that showed it. */
export type Answered<T> = T & { requestId?: string | undefined };
