import { badRequest } from "./api/errors";
import type { VolumeType } from "./model";
import type { World } from "./world";

/** What an operation would add, by quota name. The first that does not fit is the one named in the error (recordings 15, 17). */
export type Demand = [quota: string, delta: number][];

/** The quota of a volume type, in GiB (`gigabytes_ssd`). */
function typeQuota(type: VolumeType): string {
  return `gigabytes_${type.name}`;
}

/** What a new volume needs. @param size MiB */
export function volumeDemand(size: number, type: VolumeType | undefined): Demand {
  const demand: Demand = [
    ["volumes", 1],
    ["volumes_size", size],
    ["storage", size],
  ];
  if (type !== undefined) demand.push([typeQuota(type), size / 1024]);
  return demand;
}

/** What a new snapshot needs: `storage` does not count snapshots (recording 15). @param size MiB */
export function snapshotDemand(size: number): Demand {
  return [
    ["snapshots", 1],
    ["snapshots_size", size],
  ];
}

/** What an extension by `growth` MiB needs: `volumes_size` is left alone (recordings 12, 15). */
export function extendDemand(growth: number, type: VolumeType | undefined): Demand {
  const demand: Demand = [["storage", growth]];
  if (type !== undefined) demand.push([typeQuota(type), growth / 1024]);
  return demand;
}

/** What another type for `size` MiB needs. */
export function retypeDemand(size: number, from: VolumeType | undefined, to: VolumeType): Demand {
  const demand: Demand = [[typeQuota(to), size / 1024]];
  if (from !== undefined) demand.push([typeQuota(from), -size / 1024]);
  return demand;
}

/** Refuses what does not fit into a tenant's quotas. @throws Refusal 400 with a bare list (recording 17) */
export function checkQuotas(world: World, tenantUuid: string, demand: Demand): void {
  for (const [name, delta] of demand) {
    const quota = world.tenants.get(tenantUuid)?.quotas[name];
    if (quota === undefined || quota.limit < 0 || delta <= 0) continue;
    const required = quota.usage + delta;
    if (required <= quota.limit) continue;
    // Python divides MiB into GiB as a float, hence `81.0` (recording 17).
    const text =
      name.startsWith("gigabytes_") && Number.isInteger(required) ? `${required}.0` : `${required}`;
    throw badRequest([
      `One or more quotas were exceeded: ${name} quota limit: ${quota.limit}, requires ${text}`,
    ]);
  }
}

/** Books a demand on a tenant's quotas. `times` -1 gives it back. */
export function bookQuotas(world: World, tenantUuid: string, demand: Demand, times: 1 | -1 = 1): void {
  for (const [name, delta] of demand) {
    const quota = world.tenants.get(tenantUuid)?.quotas[name];
    // Usage is kept in whole units: 21505 MiB add 1 GiB to a usage of 20 (recording 17).
    if (quota !== undefined) quota.usage = Math.trunc(quota.usage + times * delta);
  }
}

/** The type of a volume, if it has one. */
export function typeOf(world: World, typeUuid: string | null): VolumeType | undefined {
  return typeUuid === null ? undefined : world.volumeTypes.get(typeUuid);
}
