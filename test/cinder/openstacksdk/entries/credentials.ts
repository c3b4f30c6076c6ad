import { type Case, login, usual } from "../entry";

const user = "username: u, password: p, user_domain_id: default";
const app = "application_credential_id: i, application_credential_secret: s";

/** Who signs in, how, and for what. */
export const credentials: readonly Case[] = [
  { title: "a password, all by id of the domain", entry: usual },
  {
    title: "a user and a project by id",
    entry: "auth: { auth_url: $BASE/identity, user_id: uid, password: p, project_id: pid }",
  },
  {
    title: "id and name of user and project: the ids count",
    entry:
      "auth: { auth_url: $BASE/identity, user_id: uid, username: u, password: p, project_id: pid, project_name: demo }",
  },
  {
    title: "domains by name",
    entry:
      "auth: { auth_url: $BASE/identity, username: u, password: p, project_name: demo, user_domain_name: Corp, " +
      "project_domain_name: Lab }",
  },
  {
    title: "one domain for both, by name",
    entry:
      "auth: { auth_url: $BASE/identity, username: u, password: p, project_name: demo, domain_name: Corp }",
  },
  {
    title: "one domain for both, by id, outside auth",
    entry:
      "domain_id: corp\nauth: { auth_url: $BASE/identity, username: u, password: p, project_name: demo }",
  },
  {
    title: "one domain for both by id, and the user's by name: the id counts",
    entry:
      "auth: { auth_url: $BASE/identity, username: u, password: p, project_name: demo, domain_id: corp, " +
      "user_domain_name: Lab }",
  },
  {
    title: "a default domain by id",
    entry:
      "auth: { auth_url: $BASE/identity, username: u, password: p, project_name: demo, default_domain_id: corp }",
  },
  {
    title: "a default domain by name beside the user's own",
    entry:
      "auth: { auth_url: $BASE/identity, username: u, password: p, project_name: demo, default_domain_name: Corp, " +
      "user_domain_name: Lab }",
  },
  {
    title: "a default domain by id beside the user's own by name: the id counts",
    entry:
      "auth: { auth_url: $BASE/identity, username: u, password: p, project_name: demo, default_domain_id: corp, " +
      "user_domain_name: Lab }",
  },
  {
    title: "no domain at all",
    entry: "auth: { auth_url: $BASE/identity, username: u, password: p, project_name: demo }",
    differs: {
      why: "Keystone v3 takes no name without a domain; the command `openstack` takes the domain `default`, and so do we",
      ours: {
        signIn: {
          path: "/identity/v3/auth/tokens",
          auth: {
            identity: {
              methods: ["password"],
              password: { user: { name: "u", domain: { id: "default" }, password: "p" } },
            },
            scope: { project: { name: "demo", domain: { id: "default" } } },
          },
        },
      },
    },
  },
  {
    title: "old names: tenant_name, user_name",
    entry: `auth: { auth_url: $BASE/identity, user_name: u, password: p, tenant_name: demo, domain_id: default }`,
  },
  {
    title: "auth_plugin instead of auth_type",
    entry: `auth_plugin: v3password\n${usual}`,
  },
  {
    title: "a user by id beside its domain",
    entry:
      "auth: { auth_url: $BASE/identity, user_id: u, user_domain_name: D, password: p, project_id: i, domain_name: E }",
  },
  {
    title: "tenant_id beside project_id: the project counts",
    entry: `auth: { auth_url: $BASE/identity, user_id: u, password: p, tenant_id: old, project_id: new }`,
  },
  {
    title: "keys with dashes",
    entry: `auth: { auth-url: $BASE/identity, username: u, password: p, project-name: demo, user-domain-id: default, project-domain-id: default }`,
  },
  {
    title: "settings outside auth",
    entry:
      "auth_url: $BASE/identity\nusername: u\npassword: p\nproject_name: demo\nuser_domain_id: d\nproject_domain_id: d",
  },
  {
    title: "a project outside auth wins over that inside it",
    entry: `project_name: outside\nauth: { auth_url: $BASE/identity, ${login} }`,
  },
  {
    title: "a user and a password inside auth win over those outside",
    entry: `username: outside\npassword: outside\nauth: { auth_url: $BASE/identity, ${login} }`,
  },
  { title: "v3password", entry: `auth_type: v3password\n${usual}` },
  {
    title: "an application credential by id",
    entry: `auth_type: v3applicationcredential\nauth: { auth_url: $BASE/identity/v3, ${app} }`,
  },
  {
    title: "an application credential by name, with its user",
    entry:
      "auth_type: v3applicationcredential\nauth: { auth_url: $BASE/identity/v3, application_credential_name: n, " +
      "application_credential_secret: s, username: u, user_domain_name: Corp }",
  },
  {
    title: "an application credential by name, of a user by id",
    entry:
      "auth_type: v3applicationcredential\nauth: { auth_url: $BASE/identity/v3, application_credential_name: n, " +
      "application_credential_secret: s, user_id: uid }",
  },
  {
    title: "an application credential by id beside a user, who does not count",
    entry: `auth_type: v3applicationcredential\nauth: { auth_url: $BASE/identity/v3, ${app}, ${user} }`,
    differs: {
      why: "openstacksdk sends the user's password along as a second method, though a credential says it all",
      ours: {
        signIn: {
          path: "/identity/v3/auth/tokens",
          auth: {
            identity: {
              methods: ["application_credential"],
              application_credential: { id: "i", secret: "s" },
            },
          },
        },
      },
    },
  },
  {
    title: "an application credential and its project",
    entry: `auth_type: v3applicationcredential\nauth: { auth_url: $BASE/identity/v3, ${app}, project_id: pid }`,
    differs: {
      why: "openstacksdk asks for the project, which Keystone refuses; we compare it with what the token is for",
      ours: /projectName: the application credential is bound to the project "demo", not to "pid"/,
    },
  },
  {
    title: "an application credential without auth_type",
    entry: `auth: { auth_url: $BASE/identity, ${app} }`,
    differs: {
      why: "openstacksdk takes it for a password that is missing; what is given says enough",
      ours: { volumes: "/public/volume/v3/volumes" },
    },
  },
  {
    title: "a token for a project",
    entry:
      "auth_type: v3token\nauth: { auth_url: $BASE/identity/v3, token: gAAAAA-given, project_name: demo, project_domain_id: default }",
    answers: {
      "/identity/v3/auth/tokens": {
        status: 201,
        headers: { "x-subject-token": "gAAAAA-other" },
        body: {
          token: {
            methods: ["token"],
            user: { id: "u", name: "u", domain: { id: "default", name: "Default" } },
            expires_at: "2099-01-01T00:00:00.000000Z",
            issued_at: "2026-01-01T00:00:00.000000Z",
            project: { id: "6f053bb219cc4d02969c9977002aca03", name: "demo", domain: { id: "default" } },
            catalog: [
              {
                type: "volumev3",
                endpoints: [
                  { url: "$BASE/public/volume/v3", interface: "public", region: "R", region_id: "R" },
                ],
              },
            ],
          },
        },
      },
    },
    differs: {
      why: "openstacksdk gets a second token with the given one; where it is for the project already, we use it as it is",
      ours: { signIn: undefined, volumes: "/public/volume/v3/volumes" },
    },
  },
  {
    title: "a trust",
    entry: `auth: { auth_url: $BASE/identity, ${user}, trust_id: t }`,
  },
  {
    title: "a trust outside auth, by v3password",
    entry: `auth_type: v3password\ntrust_id: t\nauth: { auth_url: $BASE/identity/v3, ${user} }`,
  },
  {
    title: "a trust by a token",
    entry: "auth_type: v3token\nauth: { auth_url: $BASE/identity/v3, token: gAAAAA-given, trust_id: t }",
  },
  {
    title: "a trust and a project",
    entry: `auth: { auth_url: $BASE/identity, ${login}, trust_id: t }`,
    fails: /trustId: the trust "t" has a project of its own: leave out the project "demo"/,
  },
  {
    title: "the whole system",
    entry: `auth: { auth_url: $BASE/identity, ${user}, system_scope: all }`,
    differs: {
      why: "a token for the system sees no project's volumes, and Cinder refuses it: an error says so at once",
      ours: /projectName: system_scope in cloud "it" of .* is "all", which is not supported: volumes and snapshots belong/,
    },
  },
  {
    title: "a domain instead of a project",
    entry: "auth: { auth_url: $BASE/identity, username: u, password: p, user_domain_id: d, domain_id: d }",
    differs: {
      why: "a token for a domain sees no project's volumes: an error asks for the project",
      ours: /projectName: domain_id in cloud "it" of .* without a project asks for a token of the domain/,
    },
  },
  {
    title: "a way to sign in that is not supported",
    entry: `auth_type: v3totp\nauth: { auth_url: $BASE/identity/v3, ${user}, passcode: '123', project_id: p }`,
    differs: {
      why: "one-time codes cannot be renewed in a long run",
      ours: /authType: "v3totp" \(auth_type in cloud "it" of .*\) is not supported: expected password, v3applicationcredential or token/,
    },
  },
  {
    title: "an auth_type that does not exist",
    entry: `auth_type: passwort\n${usual}`,
    fails: /authType: "passwort" \(auth_type in cloud "it" of .*\) is not supported/,
  },
  {
    title: "no password",
    entry: "auth: { auth_url: $BASE/identity, username: u, project_id: p, user_domain_id: d }",
    fails: /password is not set/,
  },
];
