import { describe, expect, it } from "vitest";
import { UserError } from "../../../provider/core/errors";
import type { Access } from "../../../provider/openstack/access";
import { forProject } from "../../../provider/openstack/address";
import { addressOf } from "../../../provider/openstack/catalog";
import type { ServiceKind } from "../../../provider/openstack/connect";
import type { CatalogService } from "../../../provider/openstack/token";

const project = "6f053bb219cc4d02969c9977002aca03";
const cinder: ServiceKind = {
  title: "block storage",
  types: ["block-storage", "volumev3"],
  endpointSetting: "blockStorageEndpoint",
};
const trilio: ServiceKind = {
  title: "workloads",
  types: ["workloads"],
  names: ["TrilioVaultWLM"],
  endpointSetting: "workloadsEndpoint",
};

const endpoint = (url: string, region: string | undefined = "R1", kind = "public") => ({
  url,
  region_id: region,
  region,
  interface: kind,
});
const catalog: CatalogService[] = [
  { type: "identity", name: "keystone", endpoints: [endpoint("https://k.example.com/v3")] },
  {
    type: "volumev3",
    name: "cinderv3",
    endpoints: [
      endpoint(`https://v3.example.com/v3/${project}`),
      endpoint(`https://v3-inside.example.com/v3/${project}/`, "R1", "internalURL"),
      endpoint(`https://v3-r2.example.com/volume/v3/${project}`, "R2"),
    ],
  },
  { type: "Block-Storage", name: "cinder", endpoints: [endpoint(`https://bs.example.com/v3/${project}`)] },
  { type: "backup", name: "triliovaultwlm", endpoints: [endpoint("https://t.example.com:8780/v1")] },
];

function find(kind: ServiceKind, settings: Partial<Access> = {}, services = catalog): string {
  const access = {
    interfaces: ["public"],
    service: {},
    endpoints: {},
    insecure: false,
    ...settings,
  } as Access;
  const issued = { token: "t", expires: 0, renewAt: 0, user: { id: "u" }, project: { id: project } };
  try {
    return forProject(addressOf(kind, access, { ...issued, catalog: services }), project).href;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

describe("the address of a service", () => {
  it("is the one of the best type, in the region and interface that are chosen", () => {
    expect(find(cinder, { region: "R1" })).toBe(`https://bs.example.com/v3/${project}`);
    expect(find(cinder, { region: "R2" })).toBe(`https://v3-r2.example.com/volume/v3/${project}`);
    expect(find(cinder, { interfaces: ["internal"] })).toBe(`https://v3-inside.example.com/v3/${project}`);
  });

  it("is found by the service's name where no type is right, and gets the project", () => {
    expect(find(trilio)).toBe(`https://t.example.com:8780/v1/${project}`);
  });

  it.each([
    ["https://own.example.com/v3", `https://own.example.com/v3/${project}`],
    ["https://own.example.com/volume/v3/", `https://own.example.com/volume/v3/${project}`],
    ["https://own.example.com/v3/%(project_id)s", `https://own.example.com/v3/${project}`],
    ["https://own.example.com/v3/$(tenant_id)s", `https://own.example.com/v3/${project}`],
    ["https://own.example.com/v3/abc", "https://own.example.com/v3/abc"],
  ])("that is set as %s is used instead", (blockStorageEndpoint, expected) => {
    expect(find(cinder, { endpoints: { blockStorageEndpoint } }, [])).toBe(expected);
    expect(find(trilio, { endpoints: { blockStorageEndpoint } })).toContain("https://t.example.com");
  });

  it("is that of the first interface that the region has, and of the version that is spoken", () => {
    const services: CatalogService[] = [
      { type: "block-storage", endpoints: [endpoint("https://v2.example.com/v2")] },
      { type: "volume", endpoints: [endpoint("https://v3.example.com/v3", "R1", "internal")] },
    ];
    const kind = { ...cinder, types: ["block-storage", "volume"] };
    const versioned = {
      ...kind,
      microversions: { service: "volume", major: "v3", lowest: "3.0", highest: "3.71" },
    };
    expect(find(kind, { interfaces: ["internal", "public"] }, services)).toContain("https://v2.example.com");
    expect(find(versioned, { interfaces: ["internal", "public"] }, services)).toContain(
      "https://v3.example.com",
    );
    expect(find(versioned, {}, services)).toContain("https://v2.example.com");
    expect(find(versioned, { interfaces: ["admin"] }, services)).toContain(
      "no admin endpoint of block storage",
    );
    expect(find(versioned, { interfaces: ["admin", "internal"], region: "R2" }, services)).toContain(
      'no admin or internal endpoint of block storage in region "R2"',
    );
  });

  it("in several regions of which none is chosen is not guessed", () => {
    expect(find(cinder, {}, catalog.slice(1, 2))).toBe(
      "openstack-snapshots:region: block storage is in several regions (R1, R2): choose one with " +
        '"pulumi config set openstack-snapshots:region ...", in OS_REGION_NAME or in clouds.yaml',
    );
  });

  it("that the catalog does not have is told with what it has", () => {
    expect(find(cinder, {}, catalog.slice(0, 1))).toBe(
      "the catalog has no block storage (block-storage, volumev3), only identity; " +
        "set openstack-snapshots:blockStorageEndpoint",
    );
    expect(find(cinder, { region: "R3" })).toBe(
      "openstack-snapshots:region: the catalog has no public endpoint of block storage " +
        'in region "R3"; it has internalURL in R1, public in R1, public in R2',
    );
    expect(find(trilio, { interfaces: ["admin"] })).toContain(
      "openstack-snapshots:interface: the catalog has no admin endpoint of workloads; it has public in R1",
    );
  });

  it("that would send the token in the clear is refused", () => {
    const plain = [{ type: "workloads", endpoints: [endpoint("http://t.example.com/v1")] }];
    expect(find(trilio, {}, plain)).toMatch(/^the catalog's address of workloads: .* in the clear/);
    expect(find(trilio, { insecure: true }, plain)).toBe(`http://t.example.com/v1/${project}`);
  });
});
