import { createHash } from "node:crypto";
import { cloudSize } from "./cloud";
import { newBackendId, newUuid } from "./identity";
import { makeResource, makeSnapshot, makeVolume } from "./making";
import type { Customer, Instance, Offering, Project, Role, Settings, Tenant, User } from "./model";
import { type Actor, actors } from "./people";
import { bookQuotas, snapshotDemand, typeOf, volumeDemand } from "./quotas";
import type { Seed, SeedProject, SeedSnapshot, SeedVolume } from "./seed";
import type { World } from "./world";

/** Ids of what the seed made, so that a test can say which volume it means. */
export interface SeedIds {
  customer: string;
  project: string;
  otherProject: string;
  tenant: string;
  settings: string;
  offering: string;
  plan: string;
  /** By name. */
  volumes: Record<string, string>;
  /** By name. */
  snapshots: Record<string, string>;
  /** By name. */
  types: Record<string, string>;
  /** By name. */
  instances: Record<string, string>;
  /** By name. */
  images: Record<string, string>;
}

/** Fills a new world with a seed. */
export function plant(world: World, seed: Seed): SeedIds {
  const ids: SeedIds = {
    customer: "",
    project: "",
    otherProject: "",
    tenant: "",
    settings: "",
    offering: "",
    plan: "",
    volumes: {},
    snapshots: {},
    types: {},
    instances: {},
    images: {},
  };
  const customers = seed.customers.map((entry, index): Customer => {
    const row = world.newRow("customer", entry.name);
    const uuid = entry.uuid ?? row.uuid;
    const customer = {
      ...row,
      uuid,
      abbreviation: entry.abbreviation,
      nativeName: "",
      slug: `cust-${index}`,
    };
    world.customers.set(uuid, customer);
    return customer;
  });
  ids.customer = customers[0]?.uuid ?? "";
  const settings: Settings = world.newRow("settings", "fake-cloud");
  settings.uuid = seed.uuids.settings ?? settings.uuid;
  world.settings.set(settings.uuid, settings);
  ids.settings = settings.uuid;
  const projects = seed.projects.map((entry, index) =>
    plantProject(world, seed, entry, index, customers, ids),
  );
  for (const [index, type] of seed.types.entries()) {
    const row = world.newRow("type", type.name);
    row.uuid = type.uuid ?? row.uuid;
    const tenantUuids = type.hidden ? [] : projects.map((project) => project.tenant.uuid);
    world.volumeTypes.set(row.uuid, { ...row, description: "", settingsUuid: settings.uuid, tenantUuids });
    ids.types[type.name] = row.uuid;
    row.pk = index + 1;
  }
  for (const image of seed.images) {
    const row = world.newRow("image", image.name);
    row.uuid = image.uuid ?? row.uuid;
    world.images.set(row.uuid, { ...row, settingsUuid: settings.uuid, minDisk: image.minDisk });
    ids.images[image.name] = row.uuid;
  }
  for (const { entry, tenant, offering } of projects) plantContents(world, entry, tenant, offering, ids);
  plantPeople(world, seed, ids);
  return ids;
}

interface Planted {
  entry: SeedProject;
  tenant: Tenant;
  offering: Offering;
}

function plantProject(
  world: World,
  seed: Seed,
  entry: SeedProject,
  index: number,
  customers: Customer[],
  ids: SeedIds,
): Planted {
  const first = index === 0;
  const customerUuid = customers.find((customer) => customer.name === entry.customer)?.uuid ?? "";
  const project: Project = {
    ...world.newRow("project", entry.name),
    description: "",
    slug: `proj-${index}`,
    customerUuid,
  };
  project.uuid = (first ? seed.uuids.project : seed.uuids.otherProject) ?? project.uuid;
  world.projects.set(project.uuid, project);
  const quotas = Object.fromEntries(
    Object.entries(entry.limits).map(([name, limit]) => [name, { usage: 0, limit }]),
  );
  const tenant: Tenant = {
    ...world.newRow("tenant", entry.tenant),
    projectUuid: project.uuid,
    settingsUuid: ids.settings,
    resourceUuid: newUuid(),
    quotas,
  };
  if (first && seed.uuids.tenant !== undefined) tenant.uuid = seed.uuids.tenant;
  world.tenants.set(tenant.uuid, tenant);
  const offering: Offering = {
    ...world.newRow("offering", entry.offering),
    slug: world.newSlug("offering", entry.offering),
    type: "OpenStack.Volume",
    customerUuid,
    projectUuid: project.uuid,
    tenantUuid: tenant.uuid,
    categoryUuid: newUuid(),
    planUuid: newUuid(),
    parentUuid: newUuid(),
    parentPlanUuid: newUuid(),
  };
  if (first) {
    offering.uuid = seed.uuids.offering ?? offering.uuid;
    offering.planUuid = seed.uuids.plan ?? offering.planUuid;
    offering.categoryUuid = seed.uuids.category ?? offering.categoryUuid;
    Object.assign(ids, {
      project: project.uuid,
      tenant: tenant.uuid,
      offering: offering.uuid,
      plan: offering.planUuid,
    });
  } else {
    ids.otherProject = project.uuid;
  }
  world.offerings.set(offering.uuid, offering);
  return { entry, tenant, offering };
}

function plantContents(
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

/** The password that every actor can log in with (recording 20). */
export const seedPassword = "local-only-pass";

function plantPeople(world: World, seed: Seed, ids: SeedIds): void {
  const inProject: Partial<Record<Actor, Role>> = { admin: "admin", manager: "manager", member: "member" };
  const inCustomer: Partial<Record<Actor, Role>> = { owner: "owner", customersupport: "customersupport" };
  // Staff is the first user of the recorded server, the owner the second (`created_by_civil_number`, recording 15).
  const order: Actor[] = [
    "staff",
    "owner",
    "admin",
    "manager",
    "member",
    "support",
    "customersupport",
    "outsider",
  ];
  for (const [index, actor] of order.entries()) {
    const project = inProject[actor];
    const customer = inCustomer[actor];
    const roles: Record<string, Role> = {};
    if (project !== undefined) roles[ids.project] = project;
    if (customer !== undefined) roles[ids.customer] = customer;
    const user: User = {
      ...world.newRow("user", actor),
      username: actor,
      fullName: `${actor} Local`,
      civilNumber: `${index + 1}`.padStart(8, "0"),
      token: seed.tokens[actor] ?? tokenFor(actor),
      password: seedPassword,
      isStaff: actor === "staff",
      isSupport: actor === "support",
      roles,
    };
    world.users.set(user.uuid, user);
  }
}

/** A token that looks like Waldur's (40 hex digits) and is the same at every start. */
export function tokenFor(actor: Actor): string {
  return createHash("sha1").update(`waldur emulator ${actor}`).digest("hex");
}

/** All actors' tokens in a world. */
export function tokensOf(world: World): Record<Actor, string> {
  const users = [...world.users.values()];
  const entries = actors.map((actor) => [actor, users.find((user) => user.username === actor)?.token ?? ""]);
  return Object.fromEntries(entries) as Record<Actor, string>;
}
