import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { blockStorage } from "../../../provider/cinder/backend";
import { ApiError, ConnectionError } from "../../../provider/core/errors";
import { connectService } from "../../../provider/openstack/connect";
import { certificate } from "../../support/certificate";
import { appCredential, appSecret, CloudStage, demoSettings } from "../../support/cloudStage";
import { failure } from "../../support/virtualClock";

let stage: CloudStage;
beforeEach(async () => {
  stage = await new CloudStage().open();
});
afterEach(() => stage.close());

const client = (settings: Record<string, string>) =>
  connectService({ authUrl: stage.authUrl, ...settings }, stage.clock, blockStorage, {
    env: {},
    cwd: __dirname,
  });
const list = { method: "GET", path: "/snapshots" } as const;
const app = { applicationCredentialId: appCredential, applicationCredentialSecret: appSecret };
const asked = (index: number) => JSON.parse(stage.signIns[index]?.body ?? "null").auth;

describe("a cloud that asks for a client certificate", () => {
  const authority = certificate("the authority");
  const own = certificate("the client", authority.signer);
  const folder = mkdtempSync(join(tmpdir(), "cert-"));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const cacert = file("ca.pem", authority.cert);
  const [cert, key] = [file("cert.pem", own.cert), file("key.pem", own.key)];
  afterAll(() => rmSync(folder, { recursive: true }));

  it("is shown the one that is set, with its key in a file of its own or in the same", async () => {
    await stage.close();
    const tls = { ...certificate("the cloud", authority.signer), ca: authority.cert, requestCert: true };
    stage = await new CloudStage().open(tls);
    const settings = { ...demoSettings, cacert };
    await failure(client(settings).request(list), ConnectionError);
    expect(stage.requests).toEqual([]);
    expect((await client({ ...settings, cert, key }).request(list)).status).toBe(200);
    const both = file("both.pem", own.cert + own.key);
    expect((await client({ ...settings, cert: both }).request(list)).status).toBe(200);
  });

  it.each([
    [{ cert: "none.pem" }, /^openstack-snapshots:cert: "none.pem" cannot be read: /],
    [{ key }, /^openstack-snapshots:key: ".*key.pem" is the key of no certificate: set cert too$/],
    [{ cert }, /^openstack-snapshots:cert: ".*cert.pem" cannot be used: /],
    [{ cert, key: cacert }, /^openstack-snapshots:cert: ".*" with the key ".*ca.pem" cannot be used: /],
  ])("is an error where it is not whole: %j", (settings, message) => {
    expect(() => client({ ...demoSettings, ...settings })).toThrow(message);
  });
});

describe("a trust", () => {
  it("is what the token is for, by a password and by a token", async () => {
    stage.before = ({ url }) => (url === "/v3/auth/tokens" ? stage.replay("009") : undefined);
    const { projectName: _, ...user } = demoSettings;
    const refused = await failure(client({ ...user, trustId: "t" }).projectId(), ApiError);
    expect(refused.message).toContain('with a password, for the trust "t"; settings');
    await failure(client({ token: "gAAAAA-given", trustId: "t" }).projectId(), ApiError);
    const scope = { "OS-TRUST:trust": { id: "t" } };
    expect([asked(0), asked(1)]).toMatchObject([
      { identity: { methods: ["password"] }, scope },
      { identity: { methods: ["token"], token: { id: "gAAAAA-given" } }, scope },
    ]);
  });

  it("is not mixed with a project, or with an application credential", () => {
    expect(() => client({ ...demoSettings, trustId: "t" })).toThrow(
      'openstack-snapshots:trustId: the trust "t" has a project of its own: leave out the project "demo"',
    );
    expect(() => client({ ...app, trustId: "t" })).toThrow(
      'openstack-snapshots:trustId: an application credential cannot act by the trust "t": leave out one',
    );
  });
});
