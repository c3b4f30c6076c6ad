import { newBackendId, newUuid } from "../../ids";
import { cloudSize } from "../cloud";
import type { Instance, Offering, Tenant } from "../model";
import { bookQuotas, snapshotDemand, typeOf, volumeDemand } from "../quotas";
import { makeResource, makeSnapshot, makeVolume } from "../records";
import type { World } from "../world";
import type { SeedIds } from "./plant";
import type { SeedProject, SeedSnapshot, SeedVolume } from "./seed";

/** Puts a project's instances, volumes and snapshots into its tenant. */
export function plantContents(
  world: World,
  entry: SeedProject,
  tenant: Tenant,
  offering: Offering,
  ids: SeedIds,
): void {
  for (const { name, runtimeState, uuid } of entry.instances) {
    const instance: Instance = {
      ...world.newRow("instance", name),
      state: "OK",
      runtimeState,
      tenantUuid: tenant.uuid,
      resourceUuid: newUuid(),
      backendId: newBackendId(),
    };
    instance.uuid = uuid ?? instance.uuid;
    world.instances.set(instance.uuid, instance);
    ids.instances[name] = instance.uuid;
  }
  for (const volume of entry.volumes) plantVolume(world, volume, tenant, offering, ids);
  for (const snapshot of entry.snapshots) plantSnapshot(world, snapshot, tenant, ids);
}

function plantVolume(
  world: World,
  entry: SeedVolume,
  tenant: Tenant,
  offering: Offering,
  ids: SeedIds,
): void {
  const backendId = entry.backendId ?? newUuid();
  const typeUuid = entry.type === undefined ? null : (ids.types[entry.type] ?? null);
  const volume = makeVolume(world, {
    name: entry.name,
    size: entry.size,
    tenantUuid: tenant.uuid,
    ...(entry.uuid === undefined ? {} : { uuid: entry.uuid }),
    state: entry.erred ? "Erred" : "OK",
    runtimeState: entry.erred ? "error" : entry.instance === undefined ? "available" : "in-use",
    bootable: entry.bootable ?? false,
    typeUuid,
    instanceUuid: entry.instance === undefined ? null : (ids.instances[entry.instance] ?? null),
    device: entry.device ?? "",
    imageName: entry.imageName ?? "",
    backendId,
  });
  ids.volumes[entry.name] = volume.uuid;
  world.cloud.volumes.set(backendId, {
    name: volume.name,
    description: "",
    size: cloudSize(volume.size),
    status: volume.runtimeState,
  });
  if (!entry.uncounted) bookQuotas(tenant, volumeDemand(volume.size, typeOf(world, typeUuid)));
  makeResource(world, offering, {
    name: volume.name,
    projectUuid: tenant.projectUuid,
    // The disks that came with an instance stayed `Creating` in the marketplace (recording 05).
    state: entry.uncounted ? "Creating" : "OK",
    planUuid: entry.uncounted ? null : offering.planUuid,
    volumeUuid: volume.uuid,
    backendId,
    slug: volume.name,
  });
}

function plantSnapshot(world: World, entry: SeedSnapshot, tenant: Tenant, ids: SeedIds): void {
  const source = world.volumes.get(ids.volumes[entry.volume] ?? "");
  if (source === undefined)
    throw new Error(`the seed has no volume ${entry.volume} for its snapshot ${entry.name}`);
  const backendId = entry.backendId ?? `snap-${newUuid()}`;
  const snapshot = makeSnapshot(world, {
    name: entry.name,
    size: source.size,
    tenantUuid: tenant.uuid,
    sourceVolumeUuid: source.uuid,
    ...(entry.uuid === undefined ? {} : { uuid: entry.uuid }),
    description: entry.description ?? "",
    keptUntil: entry.keptUntil ?? null,
    state: entry.state ?? "OK",
    runtimeState: entry.runtimeState ?? "available",
    errorMessage: entry.errorMessage ?? "",
    metadata: {},
    backendId,
    scheduleUuid: entry.scheduleUuid ?? null,
    backupUuid: entry.backupUuid ?? null,
  });
  ids.snapshots[entry.name] = snapshot.uuid;
  world.cloud.snapshots.set(backendId, {
    name: snapshot.name,
    description: snapshot.description,
    size: cloudSize(snapshot.size),
    status: snapshot.runtimeState,
  });
  bookQuotas(tenant, snapshotDemand(snapshot.size));
}
