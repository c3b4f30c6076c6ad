import { z } from "zod";
import { UserError } from "../../core/errors";
import { uuidIn } from "../../core/values";
import type { WaldurContext } from "../object";
import { fromWire } from "../wire";

const typeFields = z.object({ uuid: z.string(), name: z.string().nullish() });
const offeringScope = z.object({ scope: z.string().nullish() });

/**
 * The URL of a volume type.
 *
 * @param type uuid, URL or exact name
 * @param tenant UUID of the tenant in which the name is looked up, where it is known
 * @throws UserError where no type, or more than one, has that name
 */
export async function typeUrl(ctx: WaldurContext, type: string, tenant: string | undefined): Promise<string> {
  const uuid = uuidIn(type);
  if (uuid !== undefined)
    return ctx.client.url("openstack-volume-types", ctx.client.uuid("volumeType", type));
  const query = { name_exact: type, tenant_uuid: tenant, field: ["uuid", "name"] };
  const rows = await ctx.client.all("openstack-volume-types", typeFields, query, ctx.signal);
  // Servers ignore filters that they do not know, and then answer everything.
  const named = rows.filter((row) => row.name === type);
  const [only, ...others] = named;
  if (!only) {
    const names = [...new Set(rows.map((row) => row.name))].sort().join(", ");
    throw new UserError(
      `volumeType: there is no volume type "${type}"${names ? `; there are ${names}` : ""}`,
    );
  }
  if (others.length > 0) {
    const uuids = named.map((row) => row.uuid).join(", ");
    throw new UserError(
      `volumeType: there are ${named.length} volume types "${type}" (${uuids}); give the uuid of one`,
    );
  }
  return ctx.client.url("openstack-volume-types", only.uuid);
}

/** UUID of the tenant that an offering belongs to; `undefined` where the server does not say. */
export async function tenantOf(ctx: WaldurContext, offering: string): Promise<string | undefined> {
  const body = await ctx.client.get("marketplace-public-offerings", offering, ["scope"], ctx.signal);
  return body === undefined ? undefined : uuidIn(fromWire(offeringScope, body).scope);
}
