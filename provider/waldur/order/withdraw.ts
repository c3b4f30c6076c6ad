import { UserError } from "../../core/errors";
import type { WaldurContext } from "../object";
import { removeVolume } from "../volume/delete";
import type { WireOrder } from "../wire";
import { followToVolume } from "./follow";

/**
 * Removes what came of an order that was placed twice.
 *
 * @param project the uuid of the project that it was placed in
 * @throws UserError where it waits for approval, so that a person has to reject it
 */
export async function withdrawOrder(ctx: WaldurContext, order: WireOrder, project: string): Promise<void> {
  if (order.state?.startsWith("pending"))
    throw new UserError(`it waits for approval (${order.state}): have it rejected`);
  await removeVolume(ctx, await followToVolume(ctx, order, false), { project, created: order.createdAt });
}
