import type { JsonObject } from "../../http/json";
import { badRequest } from "../api/errors";
import { FieldErrors, integer, text } from "../api/fields";
import { hyperlink } from "../api/hyperlink";
import type { Image, Offering, VolumeType } from "../model";
import { checkQuotas, volumeDemand } from "../quotas";
import type { World } from "../world";

/** Checks the attributes of an order for a volume. @throws Refusal 400 with the messages of recording 15 */
export function validateVolumeAttributes(world: World, offering: Offering, attributes: JsonObject): void {
  const { size, type, image } = readAttributes(world, attributes);
  if (!size) throw badRequest({ non_field_errors: ["Snapshot or size should be defined"] });
  if (image !== undefined && size < image.minDisk) {
    const message = `Volume size should be equal or greater than ${image.minDisk} for selected image`;
    throw badRequest({ size: [message] });
  }
  if (type !== undefined && !type.tenantUuids.includes(offering.tenantUuid)) {
    throw badRequest({ type: ["Volume type is not visible in tenant."] });
  }
  checkQuotas(world, offering.tenantUuid, volumeDemand(size, type));
}

interface Attributes {
  size: number | undefined;
  type: VolumeType | undefined;
  image: Image | undefined;
}

function readAttributes(world: World, attributes: JsonObject): Attributes {
  const errors = new FieldErrors();
  text(attributes, "name", { required: true, max: 150 }, errors);
  text(attributes, "description", { blank: true, max: 2000 }, errors);
  const size = integer(attributes, "size", { min: 0 }, errors);
  const link = <T>(
    field: string,
    collection: string,
    find: (uuid: string) => T | undefined,
  ): T | undefined =>
    // A link may be null here: the fields are optional in the volume's own serializer.
    attributes[field] === null ? undefined : hyperlink(attributes, field, { collection, find }, errors);
  const type = link("type", "openstack-volume-types", (uuid) => world.volumeTypes.get(uuid));
  const image = link("image", "openstack-images", (uuid) => world.images.get(uuid));
  link("availability_zone", "openstack-volume-availability-zones", () => undefined);
  errors.raise();
  return { size, type, image };
}
