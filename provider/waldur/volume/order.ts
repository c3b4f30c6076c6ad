import { bodyOf } from "../../core/resource/requestBody";
import { uuidIn } from "../../core/values";
import type { WaldurContext } from "../object";
import type { OrderRequest } from "../order/request";
import { type VolumeInputs, volumeTable } from "./schema";
import { tenantOf, typeUrl } from "./types";

/** The order for a volume as it is declared: names and uuids become the URLs that the marketplace wants. */
export async function volumeOrder(ctx: WaldurContext, inputs: VolumeInputs): Promise<OrderRequest> {
  const { client } = ctx;
  const offering = client.uuid("offeringId", inputs.offeringId);
  const { volumeType: type, planId: plan } = inputs;
  const tenant = type && !uuidIn(type) ? await tenantOf(ctx, offering) : undefined;
  const named = { ...inputs, volumeType: type && (await typeUrl(ctx, type, tenant)) };
  return {
    project: client.uuid("projectId", inputs.projectId),
    offering,
    limits: inputs.limits,
    plan:
      plan && `${client.url("marketplace-public-offerings", offering)}plans/${client.uuid("planId", plan)}/`,
    attributes: bodyOf(volumeTable.fields, named, "create", client),
  };
}
