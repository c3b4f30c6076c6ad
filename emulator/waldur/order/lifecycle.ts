import { parseUuid } from "../ids";
import type { Order, Resource, User, Volume } from "../model";
import { followVolume } from "../resource/follow";
import { type Outcome, startDeletion } from "../storage/operations";
import { startPlan } from "../tasks";
import { startOrderedVolume, storedVolume } from "../volume/lifecycle";
import { addVolume } from "../volume/record";
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
  world.touch(order, { reviewedByUuid: user.uuid, reviewedAt: world.timestamp() });
}

/** Lets an accepted order run: its volume appears after a moment, and the order ends with it (recordings 15, 22). */
export function executeCreation(world: World, order: Order, resource: Resource): void {
  world.touch(order, { state: "executing" });
  const pickUp = (): void => {
    const trouble = world.troubles.get(order.uuid);
    // The object to get into trouble is the volume; only reads of the order itself may be missing.
    const passedOn = trouble === undefined ? undefined : { ...trouble, missingReads: 0 };
    world.withTrouble(passedOn, () => {
      const volume = orderedVolume(world, order);
      resource.volumeUuid = volume.uuid;
      resource.options = {};
      startOrderedVolume(world, volume, outcomeOf(world, order));
      followVolume(world, volume);
    });
  };
  const steps = [{ after: world.rules.countdowns.orderPickup, run: pickUp }];
  startPlan(world, order.uuid, { kind: "order", steps, fail: () => undefined });
}

function orderedVolume(world: World, order: Order): Volume {
  const { attributes } = order;
  const imageUuid = uuidInUrl(attributes.image);
  const offering = world.offerings.get(order.offeringUuid);
  return addVolume(world, {
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
  const start = (): void => startDeletion(storedVolume(world, volume), outcomeOf(world, order));
  const seconds = world.trouble?.lateSeconds;
  if (seconds === undefined) start();
  else world.after(seconds, start);
}

/** Adds an order that is not yet decided upon. */
export function addOrder(
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
