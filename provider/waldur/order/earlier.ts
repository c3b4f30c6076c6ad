import { abortable } from "../../core/abortable";
import { UserError } from "../../core/errors";
import type { Creation } from "../../core/resource/creation";
import type { Leftover } from "../../core/resource/leftover";
import { sameJson, timestampOf } from "../../core/values";
import { leftoversOf } from "../leftovers";
import { newestRows } from "../newest";
import type { WaldurContext } from "../object";
import { seenOf } from "../states";
import { fromWire, orderFields, volumeFields, type WireOrder } from "../wire";
import { cameTooLate, markOf, type OldMark, oldMarkOf } from "./mark";
import type { OrderRequest } from "./request";

/** Orders that are older than the newest one by more than this are not looked through. */
const memoryMs = 90 * 24 * 3600 * 1000;

const ended = new Set(["done", "erred", "canceled", "cancelled", "rejected"]);
/** What a volume cannot be given otherwise once it has been ordered. */
const fixed = ["image", "availability_zone"];

/** Whether nothing more comes of an order. */
export function hasEnded({ state = "" }: Pick<WireOrder, "state">): boolean {
  return ended.has(state);
}

/** Orders of an offering in a project, the newest first. @param maxAgeMs how much older than the newest one */
export function orders(
  { client, signal }: Pick<WaldurContext, "client" | "signal">,
  { project, offering }: OrderRequest,
  maxAgeMs: number,
): Promise<WireOrder[]> {
  const field = ["uuid", "type", "state", "attributes", "created", "resource_uuid", "consumer_reviewed_at"];
  const query = { project_uuid: project, offering_uuid: offering, field };
  return newestRows(client, "marketplace-orders", orderFields, query, maxAgeMs, signal);
}

/**
 * Orders that earlier runs placed for the resource of a creation: those that still wait, and those whose volume is there.
 *
 * @param again whether it was asked before in this creation
 */
export async function earlierOrders(
  ctx: WaldurContext,
  { mark }: Creation,
  request: OrderRequest,
  again: boolean,
): Promise<Leftover<WireOrder>[]> {
  const { client } = ctx;
  const key = `${request.project}/${request.offering}`;
  const ask = () => orders({ client }, request, memoryMs);
  const rows = await abortable(leftoversOf(client).orders.get(key, again, ask), ctx.signal);
  const found: Leftover<WireOrder>[] = [];
  for (const order of rows) {
    if (order.type !== "Create" || client.claimed.has(order.uuid)) continue;
    const own = markOf(order);
    const old = own === undefined ? oldMarkOf(ctx, order) : undefined;
    if (own?.resource !== mark.resource && old === undefined) continue;
    const left = await leftBy(ctx, order, request);
    if (left === undefined || (old && !(await isOwnOld(ctx, order, old)))) continue;
    found.push({ ...left, stack: own?.stack ?? mark.stack, nonce: own?.nonce ?? old?.nonce });
  }
  return found;
}

async function leftBy(
  ctx: WaldurContext,
  order: WireOrder,
  request: OrderRequest,
): Promise<Leftover<WireOrder> | undefined> {
  const { client, signal } = ctx;
  const { uuid, resourceUuid: id, createdAt, state = "" } = order;
  const placed = timestampOf(createdAt ?? "");
  const left = {
    object: order,
    id,
    ageMs: client.now() - (placed ?? 0),
    differsIn: fixed.filter((name) => !sameJson(order.attributes?.[name], request.attributes[name])),
  };
  if (id === undefined) return hasEnded(order) ? undefined : { ...left, what: `order ${uuid} (${state})` };
  const body = await client.get("openstack-volumes", id, ["uuid", "created", "state"], signal);
  const volume = body === undefined ? undefined : fromWire(volumeFields.partial(), body);
  if (volume === undefined || seenOf(volume).state.startsWith("DELETI")) return undefined;
  const reviewed = timestampOf(order.consumerReviewedAt ?? "");
  const abandoned = [reviewed, timestampOf(volume.createdAt ?? "")].some((then) =>
    cameTooLate(order, placed, then),
  );
  return { ...left, what: `volume ${id} (order ${uuid})`, abandoned };
}

/**
 * Whether an order of version 0.1.0 is to be looked at. Its mark does not tell stacks of the same name apart.
 *
 * @throws UserError for one of another user that still waits
 */
async function isOwnOld(ctx: WaldurContext, order: WireOrder, { user }: OldMark): Promise<boolean> {
  const { replacing } = ctx;
  const { resourceUuid: id } = order;
  // What the stack holds is not to be taken up; nor, while it is not known which that is, anything that is there.
  if (replacing && id && (replacing.id === undefined || replacing.id === id)) return false;
  if (user === (await ctx.client.me())) return true;
  if (id !== undefined) return false;
  const { project, stack, parents, name } = ctx.identity;
  throw new UserError(
    `order ${order.uuid} (${order.state}) was placed for a resource ` +
      `"${[project, stack, parents, name].filter(Boolean).join("/")}" by another user. If it is this one, go on with ` +
      "that user's token, or have the order rejected; if it belongs to another stack of the same name, give this " +
      "project, stack or resource another name.",
  );
}
