import type { World } from "../world";
import { addContents } from "./contents";
import type { SeedIds } from "./ids";
import { addProjects } from "./projects";
import type { Seed } from "./seed";
import { addUsers } from "./users";

/** Fills a new world with a seed. */
export function populate(world: World, seed: Seed): SeedIds {
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
  addCustomers(world, seed, ids);
  addSettings(world, seed, ids);
  const projects = addProjects(world, seed, ids);
  const tenantUuids = projects.map(({ tenant }) => tenant.uuid);
  addTypes(world, seed, tenantUuids, ids);
  addImages(world, seed, ids);
  for (const project of projects) addContents(world, project, ids);
  addUsers(world, seed, ids);
  return ids;
}

function addCustomers(world: World, seed: Seed, ids: SeedIds): void {
  for (const [index, { name, abbreviation, uuid }] of seed.customers.entries()) {
    const row = world.newRow("customer", name);
    const slug = `cust-${index}`;
    const customer = { ...row, uuid: uuid ?? row.uuid, abbreviation, nativeName: "", slug };
    world.customers.set(customer.uuid, customer);
    if (index === 0) ids.customer = customer.uuid;
  }
}

function addSettings(world: World, seed: Seed, ids: SeedIds): void {
  const row = world.newRow("settings", "fake-cloud");
  ids.settings = seed.uuids.settings ?? row.uuid;
  world.settings.set(ids.settings, { ...row, uuid: ids.settings });
}

function addTypes(world: World, seed: Seed, tenantUuids: string[], ids: SeedIds): void {
  for (const { name, uuid, hidden } of seed.types) {
    const row = world.newRow("type", name);
    const type = {
      ...row,
      uuid: uuid ?? row.uuid,
      description: "",
      settingsUuid: ids.settings,
      tenantUuids: hidden ? [] : tenantUuids,
    };
    world.volumeTypes.set(type.uuid, type);
    ids.types[name] = type.uuid;
  }
}

function addImages(world: World, seed: Seed, ids: SeedIds): void {
  for (const { name, uuid, minDisk } of seed.images) {
    const row = world.newRow("image", name);
    const image = { ...row, uuid: uuid ?? row.uuid, settingsUuid: ids.settings, minDisk };
    world.images.set(image.uuid, image);
    ids.images[name] = image.uuid;
  }
}
