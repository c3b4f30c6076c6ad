import { defined, uuidIn } from "../../core/values";
import type { OrderRequest } from "../order";
import type { WaldurContext } from "../waits";
import type { VolumeInputs } from "./lifecycle";
import { tenantOf, typeUrl } from "./types";

/** The order for a volume as it is declared: names and uuids become the URLs that the marketplace wants. */
export async function volumeOrder(ctx: WaldurContext, inputs: VolumeInputs): Promise<OrderRequest> {
  const { client } = ctx;
  const offering = client.uuid("offering", inputs.offering);
  const { type, image, availabilityZone, plan } = inputs;
  const tenant = type && !uuidIn(type) ? await tenantOf(ctx, offering) : undefined;
  const zones = "openstack-volume-availability-zones";
  return {
    project: client.uuid("project", inputs.project),
    offering,
    limits: inputs.limits,
    plan:
      plan && `${client.url("marketplace-public-offerings", offering)}plans/${client.uuid("plan", plan)}/`,
    attributes: defined({
      name: inputs.name,
      size: inputs.size,
      description: inputs.description,
      type: type && (await typeUrl(ctx, type, tenant)),
      image: image && client.url("openstack-images", client.uuid("image", image)),
      availability_zone:
        availabilityZone && client.url(zones, client.uuid("availabilityZone", availabilityZone)),
    }),
  };
}
