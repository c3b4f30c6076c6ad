import type { JsonObject } from "../../http/json";
import { parseUuid } from "../../ids";
import type { Order, Resource, User, Volume } from "../model";
import { makeVolume } from "../records";
import { followVolume } from "../resource/follow";
import { startPlan } from "../tasks";
import { type Outcome, startVolumeCreation, startVolumeDeletion } from "../volume/lifecycle";
import type { World } from "../world";

/** The last id in a URL such as an attribute of an order holds, or null. */
function uuidInUrl(url: unknown): string | null {
  const last = typeof url === "string" ? url.split("/").filter(Boolean).at(-1) : undefined;
  return last === undefined ? null : (parseUuid(last) ?? null);
}

function outcomeOf(world: World, order: Order): Outcome {
  return {
    done: () => void world.touch(order, { state: "done" }),
    erred: (message, late) => {
      world.touch(order, { state: "erred" });
      const tell = (): void => void world.touch(order, { errorMessage: message });
      if (late) world.after(world.rules.countdowns.orderMessage, tell);
      else tell();
    },
  };
}

/** Marks an order as reviewed by a consumer (recordings 15, 20). */
export function review(world: World, order: Order, user: User): void {
  world.touch(order, { reviewedByUuid: user.uuid, reviewedAt: world.isoNow() });
}

/** Lets an accepted order run: its volume appears after a moment, and the order ends with it (recordings 15, 22). */
export function executeCreation(world: World, order: Order, resource: Resource): void {
  world.touch(order, { state: "executing" });
  const wait = world.rules.countdowns;
  const outcome = outcomeOf(world, order);
  const pickUp = (): void => {
    const trouble = world.troubles.get(order.uuid);
    // The object to get into trouble is the volume; only reads of the order itself may be missing.
    world.incoming = trouble === undefined ? undefined : { ...trouble, missingReads: 0 };
    const volume = orderedVolume(world, order);
    resource.volumeUuid = volume.uuid;
    resource.options = {};
    startVolumeCreation(world, volume, outcome);
    followVolume(world, volume);
    world.incoming = undefined;
  };
  startPlan(world, order.uuid, "order", [{ after: wait.orderPickup, run: pickUp }], () => undefined);
}

function orderedVolume(world: World, order: Order): Volume {
  const attributes: JsonObject = order.attributes;
  const imageUuid = uuidInUrl(attributes.image);
  const offering = world.offerings.get(order.offeringUuid);
  return makeVolume(world, {
    name: `${attributes.name}`.trim(),
    description: typeof attributes.description === "string" ? attributes.description : "",
    size: Number(attributes.size),
    typeUuid: uuidInUrl(attributes.type),
    imageUuid,
    imageName: imageUuid === null ? "" : (world.images.get(imageUuid)?.name ?? ""),
    tenantUuid: offering?.tenantUuid ?? "",
  });
}

/** Lets an order to terminate run: its volume goes, then the order is done (recordings 16, 23). */
export function executeTermination(world: World, order: Order, volume: Volume): void {
  world.touch(order, { state: "executing" });
  startVolumeDeletion(world, volume, outcomeOf(world, order));
}

/** A new order, not yet decided upon. */
export function makeOrder(
  world: World,
  resource: Resource,
  user: User,
  fields: Pick<Order, "type"> & Partial<Order>,
): Order {
  const order: Order = {
    ...world.newRow("order", resource.name),
    state: "pending-consumer",
    offeringUuid: resource.offeringUuid,
    projectUuid: resource.projectUuid,
    resourceUuid: resource.uuid,
    planUuid: resource.planUuid,
    attributes: {},
    limits: {},
    errorMessage: "",
    createdByUuid: user.uuid,
    reviewedByUuid: null,
    reviewedAt: null,
    ...fields,
  };
  world.orders.set(order.uuid, order);
  return order;
}
