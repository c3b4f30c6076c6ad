import type { Keystone } from "../../keystone/keystone";
import type { RestoreKind } from "../model";
import { newRestore } from "../restore/record";
import type { TrilioWorld } from "../world";
import type { SeedRestore, SeedSnapshot, SeedWorkload, TrilioSeed } from "./seed";

/** People of the seed: one who may do everything in the project, one who may only read, one who sees all. */
export type Person = "member" | "reader" | "admin";

/** Ids of what the seed made, by name (restores: by key). */
export interface TrilioIds {
  project: string;
  otherProject: string;
  users: Record<Person, string>;
  workloads: Record<string, string>;
  snapshots: Record<string, string>;
  restores: Record<string, string>;
}

/** An application credential of the member. */
export interface SeedCredential {
  id: string;
  name: string;
  secret: string;
}

const people: Person[] = ["member", "reader", "admin"];
/** The user of the API page. */
const pageUser = "ccddc7e7a015487fa02920f4d4979779";

/** The password of a person of the seed. */
export function passwordOf(person: Person): string {
  return `trilio-password-of-${person}`;
}

/** Puts a seed into an empty world. */
export function populate(
  world: TrilioWorld,
  keystone: Keystone,
  seed: TrilioSeed,
): { ids: TrilioIds; credential: SeedCredential } {
  const project = keystone.addProject(seed.project.name, seed.project.id).id;
  const otherProject = keystone.addProject(seed.otherProject.name, seed.otherProject.id).id;
  const users = {} as Record<Person, string>;
  for (const person of people) {
    const roles = { [project]: [person], [otherProject]: [person] };
    const id = person === "member" ? pageUser : undefined;
    users[person] = keystone.addUser(person, passwordOf(person), roles, id).id;
  }
  const { id, name, secret } = keystone.addApplicationCredential(
    "restores",
    "trilio-application-credential-secret",
    users.member,
    project,
  );
  const ids: TrilioIds = { project, otherProject, users, workloads: {}, snapshots: {}, restores: {} };
  for (const instance of seed.liveInstances) world.liveInstances.add(instance);
  for (const port of seed.ports) world.ports.add(port);
  for (const workload of seed.workloads) addWorkload(world, ids, workload);
  return { ids, credential: { id, name, secret } };
}

function addWorkload(world: TrilioWorld, ids: TrilioIds, seed: SeedWorkload): void {
  const { snapshots, restores, ...workload } = seed;
  const owner = { projectId: ids.project, userId: ids.users.member };
  world.workloads.set(seed.id, { ...workload, ...owner, status: "available" });
  ids.workloads[seed.name] = seed.id;
  for (const snapshot of snapshots) addSnapshot(world, ids, seed.id, snapshot);
  for (const restore of restores) addRestore(world, ids, seed.id, restore);
}

function addSnapshot(world: TrilioWorld, ids: TrilioIds, workloadId: string, seed: SeedSnapshot): void {
  const { busy = false, ...given } = seed;
  const snapshot = {
    ...given,
    workloadId,
    projectId: ids.project,
    userId: ids.users.member,
    updatedAt: seed.updatedAt ?? seed.createdAt,
    progressMessage: seed.progressMessage ?? null,
  };
  world.snapshots.set(seed.id, snapshot);
  ids.snapshots[seed.name] = seed.id;
  if (!busy) return;
  Object.assign(snapshot, {
    status: world.guesses.snapshotBusyStatus,
    createdAt: world.now(),
    updatedAt: world.now(),
    finishedAt: null,
  });
  world.after(world.settings.durations.snapshot, () => {
    Object.assign(snapshot, { status: "available", finishedAt: world.now(), updatedAt: world.now() });
  });
}

function addRestore(world: TrilioWorld, ids: TrilioIds, workloadId: string, seed: SeedRestore): void {
  const { key, snapshot, metadata, instances, ...given } = seed;
  const restore = newRestore({
    ...given,
    snapshotId: snapshot,
    workloadId,
    projectId: ids.project,
    userId: ids.users.member,
    kind: seed.options.restore_type as RestoreKind,
    endsAt: seed.finishedAt,
    percent: 100,
    planned: instances,
    instances,
    metadata: metadata.map((row) => ({ ...row, createdAt: seed.finishedAt })),
  });
  world.restores.set(restore.id, restore);
  ids.restores[key] = seed.id;
  for (const instance of instances) {
    world.liveInstances.add(instance.id);
    world.restoredInstances.push({ ...instance, restoreId: seed.id });
  }
}
