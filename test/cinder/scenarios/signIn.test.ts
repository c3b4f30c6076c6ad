import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, inject, it } from "vitest";
import { front, Stack, type StackOptions } from "../../engine/support/stack";
import { authenticate } from "../service/keystone";
import { Tenant } from "../service/tenant";
import { look, makeVolume } from "../support/objects";
import { scenario, snapshot } from "../support/scenario";

const folder = mkdtempSync(join(tmpdir(), "openstack-snapshots-clouds-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A `clouds.yaml` with one cloud, `real`. */
function cloudsFile({ cloud, user }: Tenant, endpoint?: string): string {
  const file = join(folder, `${user.name}.yaml`);
  writeFileSync(
    file,
    JSON.stringify({
      clouds: {
        real: {
          auth: {
            auth_url: cloud.keystone,
            username: user.name,
            password: user.password,
            project_name: user.project.name,
            user_domain_name: "Default",
            project_domain_name: "Default",
          },
          region_name: cloud.region,
          ...(endpoint ? { block_storage_endpoint_override: endpoint } : {}),
        },
      },
    }),
  );
  return file;
}

/** Ways to sign in, each with what must never be seen. */
const ways: Record<string, (tenant: Tenant) => Promise<StackOptions & { secret: string }>> = {
  "a password in the stack's settings": async ({ user }) => ({
    config: { username: user.name, projectName: user.project.name, password: { secret: user.password } },
    secret: user.password,
  }),
  "an application credential": async (tenant) => {
    const { id, secret } = await tenant.applicationCredential();
    return {
      config: { applicationCredentialId: id, applicationCredentialSecret: { secret } },
      secret,
    };
  },
  "a token": async ({ cloud, user }) => {
    const { name, password, project } = user;
    const login = { user: name, password, project: { id: project.id } };
    const { token } = await authenticate(cloud.keystone, login);
    return {
      config: { projectId: project.id },
      env: { OS_TOKEN: token, OS_AUTH_TYPE: "token" },
      secret: token,
    };
  },
};

describe("signing in", () => {
  // What is done with them is the same in both fronts, so most are tried through one alone.
  const password = "a password in the stack's settings";
  const here =
    front === "plugin" ? [password, "an application credential"] : [password, "a token", "clouds.yaml"];
  it.each(here)(
    "with %s works, and after a failure neither secret nor token is in state or output",
    (way) => {
      let secret = "";
      const signIn = async (tenant: Tenant, endpoint: string): Promise<StackOptions> => {
        if (way === "clouds.yaml") {
          secret = tenant.user.password;
          return { env: { OS_CLIENT_CONFIG_FILE: cloudsFile(tenant, endpoint), OS_CLOUD: "real" } };
        }
        const options = await ways[way]?.(tenant);
        secret = options?.secret ?? "";
        const config = { authUrl: tenant.cloud.keystone, blockStorageEndpoint: endpoint, ...options?.config };
        return { config, env: options?.env ?? {} };
      };
      return scenario({ signIn }, async ({ api, proxy, stack }) => {
        const { id: of } = await makeVolume(api);
        stack.declare([snapshot({ volumeId: of })]);
        const { outputs } = await stack.up();
        expect(await look(api, "snapshot", String(outputs.nightly?.id))).toMatchObject({
          status: "available",
        });

        // The service repeats the token in its error: it must not get through.
        const tokens = new Set<string>();
        proxy.before = ({ method, path, headers }) => {
          const token = String(headers["x-auth-token"]);
          tokens.add(token);
          if (method !== "PUT") return;
          const body = { badRequest: { code: 400, message: `token ${token} is not welcome` } };
          proxy.faults.push({ route: `PUT ${path}`, carriedOut: false, answer: { status: 400, body } });
        };
        stack.declare([snapshot({ volumeId: of, description: "changed" })]);
        const loud = ["up", "--yes", "--skip-preview", "--logtostderr", "-v=9", "--logflow"];
        await expect(stack.pulumi(...loud)).rejects.toThrow();
        expect(stack.printed).toContain("is not welcome");
        expect(tokens.size).toBeGreaterThan(0);
        expect(secret.length).toBeGreaterThan(20);
        const everything = stack.printed + stack.exported();
        for (const hidden of [secret, ...tokens]) expect(everything.includes(hidden)).toBe(false);
      });
    },
  );

  it("with a wrong password is an error of Keystone's, at once", () =>
    scenario(
      {
        signIn: ({ cloud, user }, endpoint) => ({
          config: {
            authUrl: cloud.keystone,
            username: user.name,
            projectName: user.project.name,
            blockStorageEndpoint: endpoint,
          },
          env: { OS_PASSWORD: "wrong-password" },
        }),
      },
      async ({ proxy, stack }) => {
        stack.declare([snapshot({ volumeId: "11111111-2222-4333-8444-555555555555" })]);
        const text = await stack.upFails();
        expect(text).toContain("The request you have made requires authentication");
        expect(text).not.toContain("wrong-password");
        expect(proxy.writes).toEqual([]);
      },
    ));
});

describe("the example", () => {
  it("runs in a cloud of clouds.yaml, finds Cinder in the catalog, changes nothing the second time and leaves nothing", async () => {
    const tenant = await Tenant.create(inject("cloud"), { quotas: { snapshots: 5 } });
    const stack = await Stack.create({
      example: "cinder-snapshot",
      env: { OS_CLIENT_CONFIG_FILE: cloudsFile(tenant), OS_CLOUD: "real" },
    });
    try {
      const { changes, outputs } = await stack.up();
      expect(changes).toEqual({ create: 4 });
      expect(await look(tenant.api, "volume", String(outputs.restored))).toMatchObject({
        snapshot_id: outputs.snapshot,
      });
      expect((await stack.up()).changes).toEqual({ same: 4 });
      await stack.destroy();
      expect((await tenant.api.ok("GET", "/volumes")).volumes).toEqual([]);
      expect((await tenant.api.ok("GET", "/snapshots")).snapshots).toEqual([]);
    } finally {
      stack.dispose();
    }
  });
});
