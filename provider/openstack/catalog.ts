import { namespace, wrongSetting } from "../core/backend";
import { UserError } from "../core/errors";
import { parseBaseUrl } from "../core/http/origin";
import type { Access } from "./access";
import { versionIn } from "./address";
import type { ServiceKind } from "./kind";
import type { CatalogService, Issued } from "./token";

type Endpoint = NonNullable<CatalogService["endpoints"]>[number];

/**
 * The address of a service, without a slash at its end: the one that is set, else the catalog's, as they are written
 * but for the id of the project. It may hold no version, or another one than is spoken here.
 *
 * @throws UserError where the catalog has none, has several regions of which none is chosen, or where the address
 *   would send the token in the clear
 */
export function addressOf(kind: ServiceKind, access: Access, issued: Issued): URL {
  const set = access.endpoints[kind.endpointSetting];
  const address = set ?? chosen(kind, access, issued.catalog);
  const filled = address.replaceAll(/[%$]\((?:project|tenant)_id\)s?/g, issued.project.id);
  const wrong = (reason: string) =>
    set === undefined
      ? new UserError(`the catalog's address of ${kind.title}: ${reason}`)
      : wrongSetting(kind.endpointSetting, reason);
  const url = parseBaseUrl(wrong, filled, access.insecure);
  url.pathname = url.pathname.replace(/\/+$/, "");
  return url;
}

/** Of several types one whose address is of the right version counts first, or of none, which may have it below. */
function chosen(kind: ServiceKind, access: Access, catalog: readonly CatalogService[]): string {
  const services = servicesOf(kind, access, catalog);
  if (services.length === 0) {
    const has = [...new Set(catalog.map(({ type }) => type))].sort().join(", ") || "nothing";
    const named = access.service.name === undefined ? "" : ` named "${access.service.name}"`;
    const reason =
      `the catalog has no ${kind.title}${named} (${typesOf(kind, access).join(", ")}), only ${has}; ` +
      `set ${namespace}:${kind.endpointSetting}`;
    throw new UserError(reason, kind.endpointSetting, reason);
  }
  const found = services.flatMap((service) => endpointOf(service, kind, access) ?? []);
  const right = [undefined, kind.microversions?.major];
  const best = found.find(({ url }) => right.includes(versionIn(pathOf(url)))) ?? found[0];
  if (best !== undefined) return best.url;
  const all = services.flatMap(({ endpoints }) => endpoints ?? []);
  const has = [
    ...new Set(all.map((each) => `${each.interface} in ${regionsOf(each)[0] ?? "no region"}`)),
  ].sort();
  const region = access.region === undefined ? "" : ` in region "${access.region}"`;
  throw wrongSetting(
    access.region === undefined ? "interface" : "region",
    `the catalog has no ${access.interfaces.join(" or ")} ` +
      `endpoint of ${kind.title}${region}; it has ${has.join(", ") || "none"}`,
  );
}

/** The endpoint of a service in the chosen region, of the first interface that is there. */
function endpointOf(service: CatalogService, kind: ServiceKind, access: Access): Endpoint | undefined {
  const there = (service.endpoints ?? []).filter(
    (each) => each.url && (access.region === undefined || regionsOf(each).includes(access.region)),
  );
  for (const name of access.interfaces) {
    const near = there.filter((each) => each.interface.replace(/URL$/, "") === name);
    const regions = new Set(near.map((each) => regionsOf(each)[0]));
    if (regions.size > 1) {
      throw wrongSetting(
        "region",
        `${kind.title} is in several regions (${[...regions].sort().join(", ")}): choose one with ` +
          `"pulumi config set ${namespace}:region ...", in OS_REGION_NAME or in clouds.yaml`,
      );
    }
    if (near[0]) return near[0];
  }
  return undefined;
}

/** The services that are of a kind, the best first. */
function servicesOf(kind: ServiceKind, access: Access, catalog: readonly CatalogService[]): CatalogService[] {
  const { name: asked } = access.service;
  const all = catalog.filter(({ name }) => asked === undefined || !name || name === asked);
  const byType = typesOf(kind, access).flatMap((type) => all.filter((each) => same(each.type, type)));
  if (byType.length > 0) return byType;
  return (kind.names ?? []).flatMap((name) => all.filter((each) => same(each.name ?? "", name)));
}

function typesOf({ types }: ServiceKind, { service: { type } }: Access): readonly string[] {
  if (type === undefined) return types;
  return types.includes(type) ? [type, ...types.filter((each) => each !== type)] : [type];
}

function pathOf(url: string): string {
  return url.replace(/^\w+:\/\/[^/]*/, "").replace(/[?#].*$/, "");
}

function regionsOf({ region, region_id: id }: Endpoint): string[] {
  return [id, region].filter((each) => each !== null && each !== undefined && each !== "") as string[];
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
