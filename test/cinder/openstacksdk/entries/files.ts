import { type Case, login, usual } from "../entry";

const auth = `auth: { auth_url: $BASE/identity, ${login} }`;
/** Files as people write them. */
export const files: readonly Case[] = [
  {
    title: "a key twice with the same value",
    entry: `region_name: RegionOne\nregion_name: RegionOne\n${auth}`,
  },
  {
    title: "a key twice with two values: the last one counts",
    entry: `interface: admin\n${auth}\ninterface: internal`,
  },
  {
    title: "auth twice: the last one counts alone",
    entry: `auth: { auth_url: https://old.example.com, username: old }\n${auth}`,
  },
  {
    title: "JSON with a key twice",
    files: {
      "clouds.json": `{"clouds": {"it": {"interface": "admin", "interface": "internal", "auth": {"auth_url": "$BASE/identity", "user_id": "u", "password": "p", "project_id": "i"}}}}`,
    },
  },
  {
    title: "anchors and merge keys",
    files: {
      "clouds.yaml": `x: &x\n  interface: internal\n  ${auth}\nclouds:\n  it:\n    <<: *x\n    region_name: RegionOne\n`,
    },
  },
  { title: "a BOM and CRLF", files: { "clouds.yaml": `\ufeffclouds:\r\n  it:\r\n    ${auth}\r\n` } },
  {
    title: "a secure.yaml with the password",
    entry: `auth: { auth_url: $BASE/identity, user_id: u, project_id: p, password: old }`,
    files: { "secure.yaml": "clouds: { it: { auth: { password: new } } }" },
  },
  { title: "an empty secure.yaml", entry: usual, files: { "secure.yaml": "" } },
  {
    title: "a broken entry beside it",
    files: { "clouds.yaml": `clouds:\n  bad: { auth: [], verify: perhaps }\n  it:\n    ${auth}\n` },
  },
  { title: "values that are null", entry: `cacert: null\ncert: ~\nkey:\nverify: true\n${auth}` },
  {
    title: "a region that is null",
    entry: `region_name: null\n${auth}`,
    differs: { why: "openstacksdk crashes", ours: { region: null, volumes: "/public/volume/v3/volumes" } },
  },
  {
    title: "a password of digits that begins with a zero",
    entry: "auth: { auth_url: $BASE/identity, user_id: u, project_id: i, password: 0123 }",
    differs: {
      why: "YAML 1.1 makes the octal 83 of it, which nobody means; it stays as it is written",
      ours: {
        signIn: {
          path: "/identity/v3/auth/tokens",
          auth: {
            identity: { methods: ["password"], password: { user: { id: "u", password: "0123" } } },
            scope: { project: { id: "i" } },
          },
        },
      },
    },
  },
  {
    title: "a password of digits",
    entry: "auth: { auth_url: $BASE/identity, user_id: u, project_id: i, password: 12345 }",
  },
  {
    title: "unicode in names and passwords",
    entry:
      "auth: { auth_url: $BASE/identity, username: 'Зоя 🐧', password: 'пароль 🔑', project_id: i, user_domain_id: d }",
  },
  {
    title: "the only cloud of the file",
    cloud: null,
    files: { "clouds.yaml": `clouds:\n  one:\n    ${auth}\n` },
  },
  {
    title: "the cloud that OS_CLOUD names",
    cloud: null,
    env: { OS_CLOUD: "two" },
    files: { "clouds.yaml": `clouds:\n  one: {}\n  two:\n    ${auth}\n` },
  },
  {
    title: "another file that OS_CLIENT_CONFIG_FILE names",
    cloud: null,
    env: { OS_CLOUD: "it", OS_CLIENT_CONFIG_FILE: "other.yaml" },
    files: { "clouds.yaml": "clouds: {}", "other.yaml": `clouds:\n  it:\n    ${auth}\n` },
  },
  {
    title: "a cloud that is not there",
    cloud: "none",
    entry: usual,
    fails: /there is no cloud "none"; there are: it/,
  },
];
