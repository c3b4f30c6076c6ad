import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blockStorage } from "../../../provider/cinder/backend";
import { UserError } from "../../../provider/core/errors";
import { type Access, readAccess } from "../../../provider/openstack/access";
import type { OpenStackSettings } from "../../../provider/openstack/settings";

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), "access-"));
  writeFileSync(
    join(cwd, "clouds.yaml"),
    `clouds:
  prod:
    auth:
      auth_url: https://prod.example.com:5000
      username: prod-user
      password: prod-password
      project_name: prod-project
      domain_name: Prod
    region_name: P1
    interface: internal
  app:
    auth_type: v3applicationcredential
    auth: { auth-url: 'https://app.example.com/identity/v3', application_credential_id: app-id }
    region_name: A1
    verify: false
  old:
    auth: { auth_url: 'https://old.example.com/v2.0/', tenant_name: t, username: u, password: p }
    endpoint_type: adminURL
    volume_endpoint_override: https://volumes.example.com/v3
`,
  );
  writeFileSync(join(cwd, "ca.pem"), "the certificate");
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const access = (stack: Record<string, string>, env: NodeJS.ProcessEnv = {}, folder = cwd): Access =>
  readAccess(
    stack as OpenStackSettings,
    {
      cwd: folder,
      machine: "/nowhere",
      env: { HOME: "/nowhere", XDG_CONFIG_DIRS: "/nowhere", ...env },
    },
    blockStorage,
  );

function mistake(stack: Record<string, string>, env?: NodeJS.ProcessEnv, folder?: string): UserError {
  try {
    access(stack, env, folder);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error("was accepted");
}

const wrong = (...given: Parameters<typeof mistake>) => mistake(...given).message;

const stack = {
  authUrl: "https://stack.example.com:5000/v3",
  username: "stack-user",
  password: "stack-password",
  projectName: "stack-project",
};
const variables = {
  OS_AUTH_URL: "https://env.example.com/identity",
  OS_USERNAME: "env-user",
  OS_PASSWORD: "env-password",
  OS_PROJECT_NAME: "env-project",
  OS_USER_DOMAIN_NAME: "Env",
  OS_PROJECT_DOMAIN_ID: "env-domain",
  OS_REGION_NAME: "E1",
};

describe("what is set", () => {
  it("in the stack alone is enough", () => {
    expect(access(stack)).toMatchObject({
      credentials: {
        method: "password",
        user: { name: "stack-user", domain: { id: "default" } },
        password: "stack-password",
      },
      project: { name: "stack-project", domain: { id: "default" } },
      interfaces: ["public"],
      insecure: false,
    });
    expect(access({ ...stack, region: "", projectId: "" }).region).toBeUndefined();
  });

  it("in the variables alone is enough", () => {
    const found = access({}, variables);
    expect(found.authUrl.href).toBe("https://env.example.com/identity/v3");
    expect(found).toMatchObject({
      credentials: { method: "password", user: { name: "env-user", domain: { name: "Env" } } },
      project: { name: "env-project", domain: { id: "env-domain" } },
      region: "E1",
      source: "the stack's configuration and OS_*",
    });
  });

  it("in the stack wins over the variables, setting by setting; a name there is not joined by an id here", () => {
    const more = { OS_USER_ID: "env-id", OS_PROJECT_ID: "env-project-id", OS_USER_DOMAIN_ID: "d" };
    expect(access({ username: "stack-user", projectName: "p" }, { ...variables, ...more })).toMatchObject({
      credentials: { user: { name: "stack-user", domain: { id: "d" } }, password: "env-password" },
      project: { name: "p", domain: { id: "env-domain" } },
    });
  });

  it("as a cloud of clouds.yaml is used whole, the variables give only the region and a secret that it lacks", () => {
    for (const found of [
      access({ cloud: "prod" }, variables),
      access({}, { ...variables, OS_CLOUD: "prod" }),
    ]) {
      expect(found.authUrl.href).toBe("https://prod.example.com:5000/v3");
      expect(found).toMatchObject({
        credentials: { user: { name: "prod-user", domain: { name: "Prod" } }, password: "prod-password" },
        project: { name: "prod-project", domain: { name: "Prod" } },
        region: "E1",
        interfaces: ["internal"],
        source: `cloud "prod" of ${join(cwd, "clouds.yaml")}`,
      });
    }
    expect(access({ cloud: "prod" }).region).toBe("P1");
    expect(
      access({}, { ...variables, OS_CLOUD: "app", OS_APPLICATION_CREDENTIAL_SECRET: "env-secret" }),
    ).toMatchObject({
      credentials: { method: "applicationCredential", id: "app-id", secret: "env-secret" },
      project: undefined,
      insecure: true,
    });
  });

  it("in the stack wins over the cloud that the stack or the variables name", () => {
    expect(
      access({ cloud: "prod", projectId: "other", region: "S1", interface: "publicURL", insecure: "true" }),
    ).toMatchObject({ project: { id: "other" }, region: "S1", interfaces: ["public"], insecure: true });
    // Who says where Keystone is means no cloud of the shell, and least of all its password.
    expect(access(stack, { OS_CLOUD: "prod" })).toMatchObject({
      source: "the stack's configuration and OS_*",
    });
    expect(
      access({ cloud: "app", applicationCredentialSecret: "s" }, { OS_CLOUD: "prod" }).authUrl.href,
    ).toBe("https://app.example.com/identity/v3");
  });

  it("by old names is understood", () => {
    const found = access({ cloud: "old" });
    expect(found.authUrl.href).toBe("https://old.example.com/v3");
    expect(found).toMatchObject({
      project: { name: "t" },
      interfaces: ["admin"],
      endpoints: { blockStorageEndpoint: "https://volumes.example.com/v3" },
    });
    expect(access({}, { ...variables, OS_TENANT_NAME: "t", OS_PROJECT_NAME: "" }).project).toMatchObject({
      name: "t",
    });
    expect(
      access({ ...stack }, { OS_DEFAULT_DOMAIN: "d", OS_ENDPOINT_TYPE: "internalURL", OS_INSECURE: "1" }),
    ).toMatchObject({ project: { domain: { id: "d" } }, interfaces: ["internal"], insecure: true });
    expect(access({}, { ...variables, OS_CLOUD: "envvars" }).authUrl.hostname).toBe("env.example.com");
  });

  it("tells the way to sign in by its name or by what is given, the nearer source first", () => {
    const app = { applicationCredentialId: "i", applicationCredentialSecret: "s" };
    const method = (...args: Parameters<typeof access>) => access(...args).credentials.method;
    expect(method({ ...app }, variables)).toBe("applicationCredential");
    expect(method({}, { ...variables, OS_TOKEN: "t" })).toBe("token");
    expect(method({}, { ...variables, OS_TOKEN: "t", OS_AUTH_TYPE: "v3password" })).toBe("password");
    expect(method({ ...stack, authType: "password" }, { OS_TOKEN: "t" })).toBe("password");
    expect(method(stack, { OS_AUTH_TYPE: "token", OS_TOKEN: "t" })).toBe("password");
    expect(method({ cloud: "prod", token: "t" })).toBe("token");
    expect(
      access({ ...app, applicationCredentialId: "", applicationCredentialName: "n" }, variables).credentials,
    ).toEqual({
      method: "applicationCredential",
      name: "n",
      user: { name: "env-user", domain: { name: "Env" } },
      secret: "s",
    });
  });

  it("may name a certificate authority, from the folder of the program", () => {
    expect(access({ ...stack, cacert: "ca.pem" }).ca).toBe("the certificate");
    expect(access({ ...stack, cacert: "~/ca.pem" }, { HOME: cwd }).ca).toBe("the certificate");
    expect(access(stack, { OS_CACERT: join(cwd, "ca.pem") }).ca).toBe("the certificate");
    expect(wrong({ ...stack, cacert: "none.pem" })).toMatch(
      /^openstack-snapshots:cacert: "none.pem" cannot be read: /,
    );
  });
});

describe("where nothing names a cloud", () => {
  it("the only one of clouds.yaml is used, of several none", () => {
    const folder = mkdtempSync(join(tmpdir(), "one-cloud-"));
    writeFileSync(
      join(folder, "clouds.yaml"),
      "clouds: { only: { auth: { auth_url: 'https://o.example.com', username: u, password: p, project_id: i } } }",
    );
    expect(access({}, {}, folder).source).toContain('cloud "only"');
    expect(access({}, variables, folder).authUrl.hostname).toBe("env.example.com");
    rmSync(folder, { recursive: true });
    expect(wrong({})).toBe(
      `openstack-snapshots:cloud: there are several clouds in ${join(cwd, "clouds.yaml")} (app, old, prod): choose one with ` +
        '"pulumi config set openstack-snapshots:cloud ..." or in OS_CLOUD',
    );
  });
});

describe("what is missing or wrong", () => {
  const line = (name: string, variable: string, secret = "") =>
    `openstack-snapshots:${name} is not set: set it with "pulumi config set ${secret}openstack-snapshots:${name} ..." ` +
    `or in ${variable}, or name a cloud of clouds.yaml in OS_CLOUD`;

  it("is told all at once, with every place where it can be set", () => {
    expect(wrong({}, {}, "/nowhere").split("\n")).toEqual([
      line("authUrl", "OS_AUTH_URL"),
      line("username", "OS_USERNAME"),
      line("password", "OS_PASSWORD", "--secret "),
      line("projectName", "OS_PROJECT_NAME"),
    ]);
    const { authUrl } = stack;
    expect(wrong({ authUrl, applicationCredentialName: "n" }).split("\n")).toEqual([
      line("applicationCredentialSecret", "OS_APPLICATION_CREDENTIAL_SECRET", "--secret "),
      line("username", "OS_USERNAME"),
    ]);
    expect(wrong({ authUrl, applicationCredentialSecret: "s" })).toBe(
      line("applicationCredentialId", "OS_APPLICATION_CREDENTIAL_ID"),
    );
    expect(wrong({ authUrl, authType: "token" })).toBe(line("token", "OS_TOKEN", "--secret "));
    expect(mistake({ authUrl, authType: "token" }).property).toBe("token");
    expect(mistake({ cloud: "none" }).property).toBe("cloud");
    expect(wrong({ cloud: "app" })).toBe(
      "openstack-snapshots:applicationCredentialSecret is not set: set it with " +
        '"pulumi config set --secret openstack-snapshots:applicationCredentialSecret ..." or in ' +
        `cloud "app" of ${join(cwd, "clouds.yaml")}`,
    );
  });

  it.each([
    [{ authType: "v3oidcpassword" }, 'authType: "v3oidcpassword" is not supported: expected password'],
    [{ authUrl: "cloud.example.com" }, 'authUrl: "cloud.example.com" is not'],
    [{ authUrl: "http://cloud.example.com/v3" }, "authUrl: .* in the clear"],
    [{ blockStorageEndpoint: "http://c.example.com/v3" }, "blockStorageEndpoint: .* in the clear"],
    [{ workloadsEndpoint: "ftp://c.example.com/v1" }, "workloadsEndpoint: .* is neither https nor http"],
  ])("%j", (settings, message) => {
    const error = mistake({ ...stack, ...settings });
    expect(error.message).toMatch(new RegExp(`^openstack-snapshots:${message}`));
    expect(error.property).toBe(Object.keys(settings)[0]);
  });

  it("in the variables too", () => {
    expect(wrong(stack, { OS_INTERFACE: "outer" })).toContain(
      'openstack-snapshots:interface: invalid value "outer": expected public, internal or admin',
    );
    expect(access({ ...stack, authUrl: "http://cloud.example.com/v3", insecure: "true" }).insecure).toBe(
      true,
    );
    expect(access({ ...stack, authUrl: "http://localhost:5000/v3" }).insecure).toBe(false);
  });
});
