import { randomUUID } from "node:crypto";
import { newUuid } from "../../ids";
import { cloudSize } from "../cloud";
import type { CloudRow, Tenant } from "../model";
import { addResource } from "../resource/record";
import { storedSnapshot } from "../snapshot/lifecycle";
import { addSnapshot } from "../snapshot/record";
import { book, type StorageObject } from "../storage/object";
import { storedVolume } from "../volume/lifecycle";
import { addVolume } from "../volume/record";
import type { World } from "../world";
import type { SeedIds } from "./ids";
import type { PopulatedProject } from "./projects";
import type { SeedProject, SeedSnapshot, SeedVolume } from "./seed";

/** Puts a project's instances, volumes and snapshots into its tenant. */
export function addContents(world: World, project: PopulatedProject, ids: SeedIds): void {
  const { entry, tenant } = project;
  for (const instance of entry.instances) addInstance(world, instance, tenant, ids);
  for (const volume of entry.volumes) addSeedVolume(world, volume, project, ids);
  for (const snapshot of entry.snapshots) addSeedSnapshot(world, snapshot, tenant, ids);
}

function addInstance(
  world: World,
  { name, runtimeState, uuid }: SeedProject["instances"][number],
  tenant: Tenant,
  ids: SeedIds,
): void {
  const row = world.newRow("instance", name);
  ids.instances[name] = uuid ?? row.uuid;
  world.instances.set(ids.instances[name], {
    ...row,
    uuid: ids.instances[name],
    state: "OK",
    runtimeState,
    tenantUuid: tenant.uuid,
    resourceUuid: newUuid(),
    backendId: randomUUID(),
  });
}

function addSeedVolume(
  world: World,
  entry: SeedVolume,
  { tenant, offering }: PopulatedProject,
  ids: SeedIds,
): void {
  const { name, size, instance, erred = false, uncounted = false } = entry;
  const backendId = entry.backendId ?? newUuid();
  const volume = addVolume(world, {
    name,
    size,
    tenantUuid: tenant.uuid,
    ...(entry.uuid === undefined ? {} : { uuid: entry.uuid }),
    state: erred ? "Erred" : "OK",
    runtimeState: erred ? "error" : instance === undefined ? "available" : "in-use",
    bootable: entry.bootable ?? false,
    typeUuid: ids.types[entry.type ?? ""] ?? null,
    instanceUuid: ids.instances[instance ?? ""] ?? null,
    device: entry.device ?? "",
    imageName: entry.imageName ?? "",
    backendId,
  });
  ids.volumes[name] = volume.uuid;
  settleInCloud(storedVolume(world, volume), backendId, uncounted);
  addResource(world, offering, {
    name,
    projectUuid: tenant.projectUuid,
    // The disks that came with an instance stayed `Creating` in the marketplace (recording 05).
    state: uncounted ? "Creating" : "OK",
    planUuid: uncounted ? null : offering.planUuid,
    volumeUuid: volume.uuid,
    backendId,
    slug: name,
  });
}

function addSeedSnapshot(world: World, entry: SeedSnapshot, tenant: Tenant, ids: SeedIds): void {
  const source = world.volumes.get(ids.volumes[entry.volume] ?? "");
  if (source === undefined)
    throw new Error(`the seed has no volume ${entry.volume} for its snapshot ${entry.name}`);
  const backendId = entry.backendId ?? `snap-${newUuid()}`;
  const snapshot = addSnapshot(world, {
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
  settleInCloud(storedSnapshot(world, snapshot), backendId, false);
}

/** Puts a record's object into the cloud, and books it. */
function settleInCloud(object: StorageObject<CloudRow>, backendId: string, uncounted: boolean): void {
  const { name, description, size, runtimeState: status } = object.row;
  object.inCloud.set(backendId, { name, description, size: cloudSize(size), status });
  if (!uncounted) book(object, 1);
}
