import { newUuid } from "../../ids";
import type { Offering, Project, Tenant } from "../model";
import type { World } from "../world";
import type { SeedIds } from "./ids";
import type { Seed, SeedProject } from "./seed";

/** A project of the seed with what holds its contents. */
export interface PopulatedProject {
  entry: SeedProject;
  tenant: Tenant;
  offering: Offering;
}

/** Adds every project of the seed, with its tenant and offering. */
export function addProjects(world: World, seed: Seed, ids: SeedIds): PopulatedProject[] {
  return seed.projects.map((entry, index) => {
    const first = index === 0;
    const uuids = first ? seed.uuids : { project: seed.uuids.otherProject };
    const project = addProject(world, entry, index, uuids.project);
    const tenant = addTenant(world, entry, project, ids.settings, uuids.tenant);
    const offering = addOffering(world, entry, tenant, project, uuids);
    if (first) {
      ids.project = project.uuid;
      ids.tenant = tenant.uuid;
      ids.offering = offering.uuid;
      ids.plan = offering.planUuid;
    } else {
      ids.otherProject = project.uuid;
    }
    return { entry, tenant, offering };
  });
}

function addProject(world: World, entry: SeedProject, index: number, uuid: string | undefined): Project {
  const row = world.newRow("project", entry.name);
  const customer = [...world.customers.values()].find(({ name }) => name === entry.customer);
  const project: Project = {
    ...row,
    uuid: uuid ?? row.uuid,
    description: "",
    slug: `proj-${index}`,
    customerUuid: customer?.uuid ?? "",
  };
  world.projects.set(project.uuid, project);
  return project;
}

function addTenant(
  world: World,
  entry: SeedProject,
  project: Project,
  settingsUuid: string,
  uuid: string | undefined,
): Tenant {
  const row = world.newRow("tenant", entry.tenant);
  const quotas = Object.entries(entry.limits).map(([name, limit]) => [name, { usage: 0, limit }]);
  const tenant: Tenant = {
    ...row,
    uuid: uuid ?? row.uuid,
    projectUuid: project.uuid,
    settingsUuid,
    resourceUuid: newUuid(),
    quotas: Object.fromEntries(quotas),
  };
  world.tenants.set(tenant.uuid, tenant);
  return tenant;
}

function addOffering(
  world: World,
  entry: SeedProject,
  tenant: Tenant,
  project: Project,
  uuids: Seed["uuids"],
): Offering {
  const row = world.newRow("offering", entry.offering);
  const offering: Offering = {
    ...row,
    uuid: uuids.offering ?? row.uuid,
    slug: world.newSlug("offering", entry.offering),
    type: "OpenStack.Volume",
    customerUuid: project.customerUuid,
    projectUuid: project.uuid,
    tenantUuid: tenant.uuid,
    categoryUuid: uuids.category ?? newUuid(),
    planUuid: uuids.plan ?? newUuid(),
    parentUuid: newUuid(),
    parentPlanUuid: newUuid(),
  };
  world.offerings.set(offering.uuid, offering);
  return offering;
}
