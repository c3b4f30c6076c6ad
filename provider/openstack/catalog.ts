import { namespace, wrongSetting } from "../core/backend";
import { UserError } from "../core/errors";
import { parseBaseUrl } from "../core/http/origin";
import type { Access } from "./access";
import type { CatalogService, Issued } from "./keystone";
import type { ServiceKind } from "./kind";

/**
 * The address of a service for a project, e.g. `https://cinder.example.com/v3/{project id}`, without a slash at
 * its end: the one that is set, else the catalog's.
 *
 * @throws UserError where the catalog has none, has several regions of which none is chosen, or where the address
 *   would send the token in the clear
 */
export function endpointOf(kind: ServiceKind, access: Access, issued: Issued): URL {
  const set = access.endpoints[kind.endpointSetting];
  const address = set ?? chosen(kind, access, issued.catalog);
  const filled = address.replaceAll(/[%$]\((?:project|tenant)_id\)s?/g, issued.project.id);
  const wrong = (reason: string) =>
    set === undefined
      ? new UserError(`the catalog's address of ${kind.title}: ${reason}`)
      : wrongSetting(kind.endpointSetting, reason);
  const url = parseBaseUrl(wrong, filled, access.insecure);
  const path = url.pathname.replace(/\/+$/, "");
  // Some catalogs end with the version; with the project behind it every release understands the address.
  url.pathname = /\/v\d+(\.\d+)?$/.test(path) ? `${path}/${issued.project.id}` : path;
  return url;
}

function chosen(kind: ServiceKind, access: Access, catalog: readonly CatalogService[]): string {
  const services = servicesOf(kind, catalog);
  if (services.length === 0) {
    const has = [...new Set(catalog.map(({ type }) => type))].sort().join(", ") || "nothing";
    const reason =
      `the catalog has no ${kind.title} (${kind.types.join(", ")}), only ${has}; ` +
      `set ${namespace}:${kind.endpointSetting}`;
    throw new UserError(reason, kind.endpointSetting, reason);
  }
  for (const { endpoints } of services) {
    const there = (endpoints ?? []).filter((each) => each.interface.replace(/URL$/, "") === access.interface);
    const near = there.filter(
      (each) => access.region === undefined || regionsOf(each).includes(access.region),
    );
    const regions = new Set(near.map((each) => regionsOf(each)[0]));
    if (regions.size > 1) {
      throw wrongSetting(
        "region",
        `${kind.title} is in several regions (${[...regions].sort().join(", ")}): choose one with ` +
          `"pulumi config set ${namespace}:region ...", in OS_REGION_NAME or in clouds.yaml`,
      );
    }
    if (near[0]) return near[0].url;
  }
  const all = services.flatMap(({ endpoints }) => endpoints ?? []);
  const has = [
    ...new Set(all.map((each) => `${each.interface} in ${regionsOf(each)[0] ?? "no region"}`)),
  ].sort();
  const region = access.region === undefined ? "" : ` in region "${access.region}"`;
  throw wrongSetting(
    access.region === undefined ? "interface" : "region",
    `the catalog has no ${access.interface} ` +
      `endpoint of ${kind.title}${region}; it has ${has.join(", ") || "none"}`,
  );
}

/** The services that are of a kind, the best first. */
function servicesOf(kind: ServiceKind, catalog: readonly CatalogService[]): CatalogService[] {
  const byType = kind.types.flatMap((type) => catalog.filter((each) => same(each.type, type)));
  if (byType.length > 0) return byType;
  return (kind.names ?? []).flatMap((name) => catalog.filter((each) => same(each.name ?? "", name)));
}

function regionsOf({ region, region_id: id }: NonNullable<CatalogService["endpoints"]>[number]): string[] {
  return [id, region].filter((each) => each !== null && each !== undefined && each !== "") as string[];
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
