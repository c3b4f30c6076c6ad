import { type Case, login, usual } from "../entry";

const auth = `auth: { auth_url: $BASE/identity, ${login} }`;
const openrc = {
  OS_AUTH_URL: "$BASE/identity",
  OS_USERNAME: "u",
  OS_PASSWORD: "p",
  OS_PROJECT_NAME: "demo",
  OS_USER_DOMAIN_NAME: "Default",
  OS_PROJECT_DOMAIN_ID: "default",
};

const { OS_PROJECT_NAME: _, ...withoutProject } = openrc;

/** Variables, alone and beside files. */
export const variables: readonly Case[] = [
  { title: "variables", cloud: null, env: openrc },
  {
    title: "variables of an old openrc: tenants, and empty ones",
    cloud: null,
    env: { ...withoutProject, OS_TENANT_NAME: "demo", OS_TENANT_ID: "", OS_REGION_NAME: "" },
  },
  {
    title: "an empty variable beside an old one of the same meaning",
    cloud: null,
    env: { ...openrc, OS_PROJECT_NAME: "", OS_TENANT_NAME: "demo" },
    differs: {
      why: "to openstacksdk the empty one hides the other, and it asks for no project",
      ours: { volumes: "/public/volume/v3/volumes" },
    },
  },
  {
    title: "variables of an openrc with versions and interfaces",
    cloud: null,
    env: {
      ...openrc,
      OS_IDENTITY_API_VERSION: "3",
      OS_VOLUME_API_VERSION: "3",
      OS_ENDPOINT_TYPE: "internalURL",
    },
  },
  {
    title: "variables in small letters, and with a default domain",
    cloud: null,
    env: {
      OS_auth_url: "$BASE/identity",
      OS_Username: "u",
      OS_PASSWORD: "p",
      OS_PROJECT_NAME: "demo",
      OS_DEFAULT_DOMAIN_ID: "d",
    },
  },
  {
    title: "variables with an application credential",
    cloud: null,
    env: {
      OS_AUTH_TYPE: "v3applicationcredential",
      OS_AUTH_URL: "$BASE/identity/v3",
      OS_APPLICATION_CREDENTIAL_ID: "i",
      OS_APPLICATION_CREDENTIAL_SECRET: "s",
      OS_INTERFACE: "admin",
    },
  },
  {
    title: "variables with a trust",
    cloud: null,
    env: { ...openrc, OS_PROJECT_NAME: "", OS_PROJECT_DOMAIN_ID: "", OS_TRUST_ID: "t" },
  },
  {
    title: "a password that ends with a space, in a variable",
    cloud: null,
    env: { ...openrc, OS_PASSWORD: " p " },
  },
  { title: "OS_INSECURE=True", cloud: null, env: { ...openrc, OS_INSECURE: "True" } },
  ...["1", "yes", "on"].map(
    (word): Case => ({
      title: `OS_INSECURE=${word}`,
      cloud: null,
      env: { ...openrc, OS_INSECURE: word },
      differs: {
        why: "in variables openstacksdk knows only `true`; who writes this means the same",
        ours: { verify: false },
      },
    }),
  ),
  {
    title: "variables by other names: user_name, auth_plugin, one domain",
    cloud: null,
    env: {
      OS_AUTH_URL: "$BASE/identity/v3/",
      OS_AUTH_PLUGIN: "v3password",
      OS_USER_NAME: "u",
      OS_PASSWORD: "p",
      OS_TENANT_NAME: "demo",
      OS_DOMAIN_NAME: "Corp",
    },
  },
  {
    title: "variables of a token and a trust, by its old name",
    cloud: null,
    env: {
      OS_AUTH_URL: "$BASE/identity/v3",
      OS_AUTH_TYPE: "v3token",
      OS_AUTH_TOKEN: "gAAAAA-given",
      OS_TRUST_ID: "t",
    },
  },
  {
    title: "variables with a profile of clouds-public.yaml",
    cloud: null,
    env: { OS_PROFILE: "own", OS_USER_ID: "u", OS_PASSWORD: "p", OS_PROJECT_ID: "i" },
    files: {
      "clouds-public.yaml":
        "public-clouds: { own: { auth: { auth_url: $BASE/identity }, interface: internal } }",
    },
    differs: {
      why: "openstacksdk's own default of the interface hides that of the profile, but only here",
      ours: { interfaces: ["internal"], volumes: "/internal/volume/v3/volumes" },
    },
  },
  {
    title: "variables of OpenStack's own tests and logs",
    cloud: null,
    env: { ...openrc, OS_TEST_INTERFACE: "admin", OS_STDOUT_CAPTURE: "1", OS_LOG_PATH: "x" },
  },
  {
    title: "several clouds of which none is chosen",
    cloud: null,
    files: { "clouds.yaml": `clouds:\n  one:\n    ${auth}\n  two:\n    ${auth}\n` },
    fails: /there are several clouds in .* \(one, two\): choose one/,
  },
  ...["OS_PASSWORD", "OS_APPLICATION_CREDENTIAL_SECRET"].map(
    (name): Case => ({
      title: `${name} beside a cloud that has none`,
      env: { [name]: "secret" },
      entry:
        name === "OS_PASSWORD"
          ? "auth: { auth_url: $BASE/identity, user_id: u, project_id: i }"
          : "auth_type: v3applicationcredential\nauth: { auth_url: $BASE/identity, application_credential_id: i }",
      differs: {
        why: "the command `openstack` takes it, and files without secrets are good practice",
        ours: { volumes: "/public/volume/v3/volumes" },
      },
    }),
  ),
  {
    title: "OS_REGION_NAME beside a cloud",
    env: { OS_REGION_NAME: "RegionOne" },
    entry: `regions: [Other, RegionOne]\n${auth}`,
    differs: {
      why: "it is a choice and no credential: the command `openstack` takes it, and so do we",
      ours: { region: "RegionOne", volumes: "/public/volume/v3/volumes" },
    },
  },
  {
    title: "variables beside a cloud are not mixed into it",
    env: { ...openrc, OS_USERNAME: "other", OS_PASSWORD: "other", OS_INTERFACE: "admin" },
    entry: usual,
  },
  {
    title: "the variables as the cloud envvars",
    cloud: null,
    env: { ...openrc, OS_CLOUD: "envvars" },
    files: { "clouds.yaml": "clouds: { one: {} }" },
  },
  {
    title: "variables for block storage alone",
    cloud: null,
    env: { ...openrc, OS_VOLUME_INTERFACE: "internal", OS_VOLUMEV3_ENDPOINT_OVERRIDE: "$BASE/own/volume/v3" },
  },
];
