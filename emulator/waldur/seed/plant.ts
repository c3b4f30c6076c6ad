import { createHash } from "node:crypto";
import { newUuid } from "../../ids";
import type { Customer, Offering, Project, Role, Settings, Tenant, User } from "../model";
import { type Actor, actors } from "../permissions";
import type { World } from "../world";
import { plantContents } from "./plantContents";
import type { Seed, SeedProject } from "./seed";

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
  for (const type of seed.types) {
    const row = world.newRow("type", type.name);
    row.uuid = type.uuid ?? row.uuid;
    const tenantUuids = type.hidden ? [] : projects.map((project) => project.tenant.uuid);
    world.volumeTypes.set(row.uuid, { ...row, description: "", settingsUuid: settings.uuid, tenantUuids });
    ids.types[type.name] = row.uuid;
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
function tokenFor(actor: Actor): string {
  return createHash("sha1").update(`waldur emulator ${actor}`).digest("hex");
}

/** All actors' tokens in a world. */
export function tokensOf(world: World): Record<Actor, string> {
  const users = [...world.users.values()];
  const entries = actors.map((actor) => [actor, users.find((user) => user.username === actor)?.token ?? ""]);
  return Object.fromEntries(entries) as Record<Actor, string>;
}
