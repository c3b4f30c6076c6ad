import { type Case, type CatalogEntry, usual } from "../entry";

const at = (
  type: string,
  url: string,
  more: Partial<CatalogEntry["endpoints"][number]> = {},
): CatalogEntry => ({
  type,
  endpoints: [{ url: `$BASE${url}`, ...more }],
});
const three: readonly CatalogEntry[] = [
  {
    type: "volumev3",
    endpoints: ["public", "internal", "admin"].map((kind) => ({
      url: `$BASE/${kind}/volume/v3`,
      interface: kind,
    })),
  },
];
const publicOnly = [at("volumev3", "/volume/v3")];
const cinders: readonly CatalogEntry[] = [
  { type: "volumev3", name: "old", endpoints: [{ url: "$BASE/old/volume/v3" }] },
  { type: "volumev3", name: "new", endpoints: [{ url: "$BASE/new/volume/v3" }] },
];

/** Which endpoint of the catalog it is. */
export const catalogs: readonly Case[] = [
  { title: "without a version", entry: usual, catalog: [at("block-storage", "/volume")] },
  { title: "without a version, with a slash", entry: usual, catalog: [at("block-storage", "/volume/")] },
  ...["block-storage", "volumev3", "volumev2", "volume", "block-store"].map((type) => ({
    title: `only the type ${type}, whose address is v3`,
    entry: usual,
    catalog: [at(type, "/volume/v3")],
  })),
  {
    title: "every type at once: the official one",
    entry: usual,
    catalog: ["volume", "volumev3", "block-store", "block-storage", "volumev2"].map((type) =>
      at(type, `/${type}/volume/v3`),
    ),
  },
  {
    title: "aliases alone: the first one of the authority",
    entry: usual,
    catalog: ["volume", "volumev2", "volumev3"].map((type) => at(type, `/${type}/volume/v3`)),
  },
  {
    title: "v2 beside v3 of the same service",
    entry: usual,
    catalog: [at("block-storage", "/volume/v2"), at("volumev3", "/volume/v3")],
  },
  {
    title: "only v2 in the catalog, v3 in the document",
    entry: usual,
    catalog: [at("volumev2", "/volume/v2")],
  },
  {
    title: "no block storage at all",
    entry: usual,
    catalog: [at("image", "/image")],
    fails: /the catalog has no block/,
  },
  { title: "an interface", entry: `interface: internal\n${usual}`, catalog: three },
  {
    title: "an interface in its old spelling",
    entry: `endpoint_type: internalURL\n${usual}`,
    catalog: three,
  },
  {
    title: "interfaces by preference: the first one there is",
    entry: `interface: [internal, public]\n${usual}`,
    catalog: publicOnly,
  },
  {
    title: "interfaces by preference, where all are there",
    entry: `interface: [admin, internal, public]\n${usual}`,
    catalog: three,
  },
  {
    title: "interfaces by preference: the type decides before the interface",
    entry: `interface: [internal, public]\n${usual}`,
    catalog: [
      at("volumev3", "/in/volume/v3", { interface: "internal" }),
      at("block-storage", "/out/volume/v3"),
    ],
  },
  ...["block_storage_interface", "volume_interface", "volumev3_endpoint_type"].map((key) => ({
    title: `${key}: internal`,
    entry: `interface: public\n${key}: internal\n${usual}`,
    catalog: three,
  })),
  {
    title: "interfaces of block storage by preference",
    entry: `block_storage_interface: [admin, public]\n${usual}`,
    catalog: publicOnly,
  },
  {
    title: "an interface that the catalog does not have",
    entry: `interface: admin\n${usual}`,
    catalog: publicOnly,
    fails: /the catalog has no admin endpoint of block storage; it has public in RegionOne/,
  },
  ...["block_storage", "volumev3", "volumev2", "volume", "block_store"].map((prefix) => ({
    title: `${prefix}_endpoint_override`,
    entry: `${prefix}_endpoint_override: $BASE/own/volume/v3\n${usual}`,
  })),
  { title: "an endpoint without override", entry: `volume_endpoint: $BASE/own/volume/v3\n${usual}` },
  { title: "an override without a version", entry: `volume_endpoint_override: $BASE/own/volume\n${usual}` },
  {
    title: "an override with a region in it",
    entry: `region_name: R\nvolume_endpoint_override: '$BASE/{region_name}/volume/v3'\n${usual}`,
  },
  { title: "volume_api_version: 3", entry: `volume_api_version: 3\n${usual}`, catalog: three },
  {
    title: "block_storage_api_version: '3.0'",
    entry: `block_storage_api_version: '3.0'\n${usual}`,
    catalog: three,
  },
  {
    title: "an api_version with a microversion",
    entry: `volume_api_version: '3.50'\n${usual}`,
    catalog: three,
  },
  {
    title: "v2 by its api_version, which the cloud does not have",
    entry: `volume_api_version: 2\n${usual}`,
    catalog: three,
    fails: /block storage v2 is not supported, but volume_api_version in cloud .* asks for it/,
  },
  {
    title: "a microversion that the server does not have",
    entry: `volume_default_microversion: '3.99'\n${usual}`,
    catalog: three,
    fails:
      /the server knows the microversions 3.0 to 3.71, but volume_default_microversion in cloud "it" of .* asks for 3.99/,
  },
  {
    title: "block_storage_service_name",
    entry: `block_storage_service_name: new\n${usual}`,
    catalog: cinders,
  },
  {
    title: "block_storage_service_type",
    entry: `block_storage_service_type: own-volumes\n${usual}`,
    catalog: [at("block-storage", "/volume/v3"), at("own-volumes", "/own/volume/v3")],
  },
  {
    title: "has_block_storage: no",
    entry: `has_block_storage: no\n${usual}`,
    fails: /has_block_storage in cloud "it" of .* says that there is no block storage/,
  },
];
