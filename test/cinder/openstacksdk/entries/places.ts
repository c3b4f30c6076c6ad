import { certificate } from "../../../support/certificate";
import { type Case, type CatalogEntry, login, usual } from "../entry";

const { cert, key } = certificate("client");
const pems = { "ca.pem": cert, "cert.pem": cert, "key.pem": key, "both.pem": cert + key };
const user = "username: u, password: p, project_name: demo, user_domain_id: d, project_domain_id: d";

const regions: readonly CatalogEntry[] = [
  {
    type: "volumev3",
    endpoints: ["A", "B"].map((region) => ({ url: `$BASE/${region}/volume/v3`, region })),
  },
];

const verifying = (title: string, keys: string): Case => ({ title, entry: `${keys}\n${usual}`, files: pems });

/** Where a cloud is: certificates, regions, profiles. */
export const places: readonly Case[] = [
  ...["false", "False", "FALSE", "no", "No", "NO", "off", "Off", "true", "True", "yes", "on", "ON"].map(
    (word) => verifying(`verify: ${word}`, `verify: ${word}`),
  ),
  ...["false", "True", "yes", "no", "on", "OFF"].map((word) =>
    verifying(`insecure: ${word}`, `insecure: ${word}`),
  ),
  verifying("insecure wins over verify", "insecure: true\nverify: true"),
  verifying("verify: false without insecure", "insecure: false\nverify: false"),
  {
    ...verifying("verify as a text", "verify: 'no'"),
    differs: { why: "openstacksdk takes it for the name of a file", ours: { verify: false } },
  },
  {
    ...verifying("verify: perhaps", "verify: perhaps"),
    fails: /invalid value "perhaps" of verify in cloud "it" of .*: expected true or false/,
  },
  {
    ...verifying("verify with a file", "verify: ca.pem"),
    differs: {
      why: "it is a boolean by openstacksdk's documentation, and `cacert` is there for files",
      ours: /invalid value "ca.pem" of verify in .* set the file of a certificate authority with cacert/,
    },
  },
  verifying("cacert by a relative path", "cacert: ca.pem"),
  verifying("cacert below the home folder", "cacert: ~/ca.pem"),
  verifying("cacert: null", "cacert: null"),
  verifying("cacert and verify: false", "cacert: ca.pem\nverify: false"),
  verifying("a client certificate and its key", "cert: cert.pem\nkey: ~/key.pem"),
  verifying("a client certificate with its key in one file", "cert: both.pem"),
  {
    ...verifying("a key without a certificate", "key: key.pem"),
    differs: {
      why: "openstacksdk passes over it; it is half of a setting",
      ours: /key: .* is the key of no certificate/,
    },
  },
  { title: "a region", entry: `region_name: B\n${usual}`, catalog: regions },
  { title: "a region that is asked for", region: "B", entry: `regions: [A, B]\n${usual}`, catalog: regions },
  { title: "the first of several regions", entry: `regions: [B, A]\n${usual}`, catalog: regions },
  { title: "regions with commas", entry: `region_name: B,A\n${usual}`, catalog: regions },
  { title: "regions as a list of names", entry: `region_name: [B, A]\n${usual}`, catalog: regions },
  {
    title: "a region with values of its own",
    region: "B",
    entry: `regions:\n  - A\n  - name: B\n    values: { interface: internal, auth: { project_name: b } }\n${usual}`,
    catalog: [
      { type: "volumev3", endpoints: [{ url: "$BASE/B/volume/v3", interface: "internal", region: "B" }] },
    ],
  },
  {
    title: "a region whose values say where Keystone is",
    entry: `regions:\n  - name: B\n    values: { auth: { auth_url: $BASE/identity } }\nauth: { ${login} }`,
    catalog: regions,
  },
  {
    title: "a value of a region that is null leaves the cloud's",
    entry: `interface: admin\nregions:\n  - name: RegionOne\n    values: { interface: null }\n${usual}`,
  },
  {
    title: "a region that the cloud does not have",
    region: "C",
    entry: `regions: [A, B]\n${usual}`,
    fails: /"C" is no region of the cloud "it" of .*; its regions: A, B/,
  },
  {
    title: "another region than the only one of the cloud",
    region: "B",
    entry: `region_name: A\n${usual}`,
    catalog: regions,
    differs: {
      why: "openstacksdk takes the cloud's for all that there are; the catalog knows better",
      ours: { region: "B", volumes: "/B/volume/v3/volumes" },
    },
  },
  {
    title: "plain http to another machine",
    entry: "auth: { auth_url: 'http://k.example.com', user_id: u, password: p, project_id: i }",
    offline: true,
    differs: {
      why: "it would send the password in the clear",
      ours: /authUrl: "http:\/\/k.example.com" would send the credential in the clear; .* \(from cloud "it" of/,
    },
  },
  {
    title: "a region of block storage alone",
    entry: `region_name: A\nblock_storage_region_name: B\n${usual}`,
    catalog: regions,
  },
  {
    title: "a region by its name in the address of Keystone",
    entry: `region_name: identity\nauth: { auth_url: '$BASE/{region_name}', ${user} }`,
    catalog: [{ type: "volumev3", endpoints: [{ url: "$BASE/x/volume/v3", region: "identity" }] }],
  },
  {
    title: "several regions of which none is chosen",
    entry: usual,
    catalog: regions,
    differs: {
      why: "openstacksdk takes the first, whichever that is",
      ours: /block storage is in several regions/,
    },
  },
  { title: "an unknown profile", entry: `profile: nowhere\n${usual}` },
  { title: "the own name as a profile, by its old key", entry: `cloud: it\n${usual}` },
  {
    title: "an unknown profile that is needed",
    entry: `profile: nowhere\nauth: { ${user} }`,
    fails: /has the unknown profile "nowhere"; give "auth_url" in the entry/,
  },
  {
    title: "a profile of clouds-public.yaml",
    entry: `profile: own\nauth: { ${user} }`,
    files: {
      "clouds-public.yaml":
        "public-clouds: { own: { auth: { auth_url: $BASE/identity }, interface: internal, regions: [RegionOne] } }",
    },
  },
  {
    title: "a profile of clouds-public.yaml wins over a vendor's",
    entry: `profile: elastx\nauth: { ${user} }`,
    files: { "clouds-public.yaml": "public-clouds: { elastx: { auth: { auth_url: $BASE/identity } } }" },
  },
  ...["auro", "binero", "catalyst", "citycloud", "dreamcompute", "elastx", "entercloudsuite", "fuga"].map(
    vendor,
  ),
  ...["limestonenetworks", "otc", "ovh-us", "switchengines", "zetta"].map(vendor),
  {
    ...vendor("citycloud"),
    title: "a vendor with a region",
    entry: `profile: citycloud\nregion_name: Kna1\nauth: { ${user} }`,
  },
  {
    ...vendor("otc-swiss"),
    differs: { why: "openstacksdk's address has no https://", ours: { region: "eu-ch2" } },
  },
  { ...vendor("internap"), fails: /the unknown profile "internap"/ },
  {
    title: "a vendor beside an own address: its first region counts",
    entry: `profile: switchengines\n${usual}`,
    catalog: [
      {
        type: "volumev3",
        endpoints: ["ZH", "LS"].map((region) => ({ url: `$BASE/${region}/volume/v3`, region })),
      },
    ],
  },
  {
    title: "a profile that its vendor publishes",
    entry: `profile: https://127.0.0.1:1\nauth: { ${user} }`,
    offline: true,
    fails:
      /profiles are not fetched: copy "auth_url" from https:\/\/127.0.0.1:1\/.well-known\/openstack\/api/,
  },
];

function vendor(name: string): Case {
  return { title: `the vendor ${name}`, entry: `profile: ${name}\nauth: { ${user} }`, offline: true };
}
