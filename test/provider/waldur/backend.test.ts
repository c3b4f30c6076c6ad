import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { originOf, readSettings } from "../../../provider/core/backend";
import { UserError } from "../../../provider/core/errors";
import { waldur } from "../../../provider/waldur/backend";
import { certificate } from "../../support/certificate";
import { type ScriptedServer, scripted } from "../../support/scriptedServer";
import { SkippingClock } from "../../support/skippingClock";

let server: ScriptedServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const connect = (settings: Record<string, string>) =>
  waldur.connect({ waldurAccessToken: "0123456789abcdef", ...settings }, new SkippingClock());

describe("connecting to Waldur", () => {
  it.each([
    ["https://portal.example.com", "/api"],
    ["https://portal.example.com/", "/api"],
    ["https://portal.example.com/api", "/api"],
    ["https://portal.example.com/api/", "/api"],
    ["https://portal.example.com/waldur/", "/waldur/api"],
    ["https://portal.example.com/waldur/api//", "/waldur/api"],
  ])("at %s finds the API below %s", (waldurApiUrl, root) => {
    const client = connect({ waldurApiUrl });
    expect(client.path("openstack-volumes", "u", "snapshot")).toBe(`${root}/openstack-volumes/u/snapshot/`);
    expect(client.url("openstack-volumes", "u")).toBe(
      `https://portal.example.com${root}/openstack-volumes/u/`,
    );
  });

  it("refuses plain http but to this machine, unless that is wanted", () => {
    const waldurApiUrl = "http://portal.example.com/api/";
    expect(() => connect({ waldurApiUrl })).toThrow(/openstack-snapshots:waldurApiUrl: .* in the clear/);
    expect(() => connect({ waldurApiUrl, insecure: "false" })).toThrow(UserError);
    expect(connect({ waldurApiUrl, insecure: "true" }).http.origin).toBe("http://portal.example.com");
    expect(connect({ waldurApiUrl: "http://localhost:8800/" }).http.origin).toBe("http://localhost:8800");
  });

  it("sends Waldur's kind of credential", async () => {
    server = await scripted([{ status: 200, body: {} }]);
    await connect({ waldurApiUrl: server.origin }).get("projects", "u");
    expect(server.requests[0]?.headers.authorization).toBe("Token 0123456789abcdef");
  });

  it("says of a token that is refused where it comes from and what helps", async () => {
    server = await scripted([{ status: 401, body: { detail: "Invalid token." } }]);
    const where = { env: {}, cwd: "/" };
    const settings = { waldurApiUrl: server.origin, waldurAccessToken: "0123456789abcdef" };
    const client = waldur.connect(settings, new SkippingClock(), where, (name) => `<${name}>`);
    await expect(waldur.verify(client)).rejects.toThrow(
      `GET ${server.origin}/api/users/me/ answered 401: Invalid token. (The access token comes from ` +
        "<waldurAccessToken>, the address from <waldurApiUrl>. If the token has expired or is another portal's, create " +
        'one in your profile there and set it with "pulumi config set --secret openstack-snapshots:waldurAccessToken ..." ' +
        "or in WALDUR_ACCESS_TOKEN.)",
    );
  });

  it("says where a setting comes from", () => {
    const origin = originOf(waldur.settings, (name) => (name === "waldurApiUrl" ? "https://x" : undefined));
    expect(origin("waldurApiUrl")).toBe("the setting openstack-snapshots:waldurApiUrl");
    expect(origin("waldurAccessToken")).toBe("the environment variable WALDUR_ACCESS_TOKEN");
  });

  it("trusts the authority in the configured file", async () => {
    const folder = mkdtempSync(join(tmpdir(), "waldur-ca-"));
    try {
      const ca = certificate("the authority");
      const file = join(folder, "ca.pem");
      writeFileSync(file, ca.cert);
      server = await scripted([{ status: 200, body: { uuid: "u" } }], { tls: certificate("it", ca.signer) });
      const client = connect({ waldurApiUrl: server.origin, waldurCaFile: file });
      expect(await client.get("projects", "u")).toEqual({ uuid: "u" });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("names the file of the authority where it cannot be read", () => {
    const waldurApiUrl = "https://portal.example.com/";
    expect(() => connect({ waldurApiUrl, waldurCaFile: "/no/such/file.pem" })).toThrow(
      /^openstack-snapshots:waldurCaFile: "\/no\/such\/file\.pem" cannot be read: ENOENT/,
    );
  });

  it("takes its settings from the environment", () => {
    const env = { WALDUR_API_URL: "https://a.example/", WALDUR_ACCESS_TOKEN: "t", WALDUR_INSECURE: "true" };
    expect(readSettings(waldur.settings, () => undefined, env)).toEqual({
      waldurApiUrl: "https://a.example/",
      waldurAccessToken: "t",
      insecure: "true",
    });
  });
});
