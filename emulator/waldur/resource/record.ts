import type { Offering, Resource } from "../model";
import type { World } from "../world";

/** Adds a marketplace resource; `attributes` are kept for its life, unknown keys too (contract "order create"). */
export function addResource(
  world: World,
  offering: Offering,
  fields: { name: string; projectUuid: string } & Partial<Resource>,
): Resource {
  const resource: Resource = {
    ...world.newRow("resource", fields.name),
    state: "Creating",
    offeringUuid: offering.uuid,
    planUuid: null,
    volumeUuid: null,
    backendId: "",
    attributes: {},
    limits: {},
    options: null,
    slug: world.newSlug("resource", fields.name),
    backendMetadata: {},
    ...fields,
  };
  world.resources.set(resource.uuid, resource);
  return resource;
}

/** The offering that sells volumes in a tenant. */
export function volumeOffering(world: World, tenantUuid: string): Offering | undefined {
  return [...world.offerings.values()].find((offering) => offering.tenantUuid === tenantUuid);
}
