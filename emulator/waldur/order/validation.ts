import type { JsonObject } from "../../http/json";
import { badRequest } from "../api/errors";
import { FieldErrors, hyperlink, integer, text } from "../api/fields";
import type { Offering } from "../model";
import { checkQuotas, volumeDemand } from "../quotas";
import type { World } from "../world";

/** Checks the attributes of an order for a volume, with the messages of recording 15. */
export function validateVolumeAttributes(world: World, offering: Offering, attributes: JsonObject): void {
  const errors = new FieldErrors();
  text(attributes, "name", { required: true, max: 150 }, errors);
  text(attributes, "description", { blank: true, max: 2000 }, errors);
  const size = integer(attributes, "size", { min: 0 }, errors);
  const optional = { ...attributes };
  // A link may be null here: the fields are optional in the volume's own serializer.
  for (const field of ["type", "image", "availability_zone"]) {
    if (optional[field] === null) delete optional[field];
  }
  const type = hyperlink(
    optional,
    "type",
    "openstack-volume-types",
    (uuid) => world.volumeTypes.get(uuid),
    {},
    errors,
  );
  const image = hyperlink(
    optional,
    "image",
    "openstack-images",
    (uuid) => world.images.get(uuid),
    {},
    errors,
  );
  hyperlink(
    optional,
    "availability_zone",
    "openstack-volume-availability-zones",
    () => undefined,
    {},
    errors,
  );
  errors.raise();
  if (!size) throw badRequest({ non_field_errors: ["Snapshot or size should be defined"] });
  if (image !== undefined && size < image.minDisk) {
    const message = `Volume size should be equal or greater than ${image.minDisk} for selected image`;
    throw badRequest({ size: [message] });
  }
  if (type !== undefined && !type.tenantUuids.includes(offering.tenantUuid)) {
    throw badRequest({ type: ["Volume type is not visible in tenant."] });
  }
  const tenant = world.tenants.get(offering.tenantUuid);
  if (tenant !== undefined) checkQuotas(tenant, volumeDemand(size, type));
}
