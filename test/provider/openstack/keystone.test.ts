import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { ApiError, ConnectionError, UserError } from "../../../provider/core/errors";
import { connectService, type ServiceKind } from "../../../provider/openstack/connect";
import { certificate } from "../../support/certificate";
import {
  appCredential,
  appSecret,
  CloudStage,
  demoPassword,
  demoProject,
  demoSettings,
} from "../../support/cloudStage";
import { failure } from "../../support/virtualClock";

const plain: ServiceKind = {
  title: "block storage",
  types: ["block-storage"],
  endpointSetting: "blockStorageEndpoint",
};

let stage: CloudStage;
beforeEach(async () => {
  stage = await new CloudStage().open();
});
afterEach(() => stage.close());

const client = (settings: Record<string, string>, clock = stage.clock) =>
  connectService({ authUrl: stage.authUrl, ...settings }, clock, plain, { env: {}, cwd: __dirname });
const list = { method: "GET", path: "/snapshots" } as const;
const app = { applicationCredentialId: appCredential, applicationCredentialSecret: appSecret };
const asked = (index: number) => JSON.parse(stage.signIns[index]?.body ?? "null").auth;

describe("signing in", () => {
  it("with a password asks for the project, by name or by id", async () => {
    expect(await client(demoSettings).projectId()).toBe(demoProject);
    expect(asked(0).scope).toEqual({ project: { name: "demo", domain: { id: "default" } } });
    const byId = client({
      ...demoSettings,
      projectName: "",
      projectId: demoProject,
      userDomainName: "Default",
    });
    stage.before = ({ url }) => (url === "/v3/auth/tokens" ? stage.replay("009") : undefined);
    await failure(byId.projectId(), ApiError);
    expect(asked(1)).toMatchObject({
      identity: { password: { user: { name: "demo", domain: { name: "Default" } } } },
      scope: { project: { id: demoProject } },
    });
  });

  it("with an application credential asks for no project, and holds one that is named to the credential's", async () => {
    expect(await client({ ...app, projectName: "demo" }).projectId()).toBe(demoProject);
    expect(asked(0)).toEqual({
      identity: {
        methods: ["application_credential"],
        application_credential: { id: appCredential, secret: appSecret },
      },
    });
    expect((await failure(client({ ...app, projectName: "other" }).projectId(), UserError)).message).toBe(
      'openstack-snapshots:projectName: the application credential is bound to the project "demo", not to "other" ' +
        '(domain "default")',
    );
    const named = { ...app, applicationCredentialId: "", applicationCredentialName: "ci", username: "demo" };
    await failure(client(named).projectId(), ApiError);
    expect(asked(2)).toEqual({
      identity: {
        methods: ["application_credential"],
        application_credential: {
          name: "ci",
          user: { name: "demo", domain: { id: "default" } },
          secret: appSecret,
        },
      },
    });
  });

  it("with a token uses it as it is, unless another project is asked for", async () => {
    await client(demoSettings).projectId();
    const [token = ""] = stage.tokens;
    const same: Record<string, string>[] = [{}, { projectName: "demo" }, { projectId: demoProject }];
    for (const project of same) {
      const given = client({ token, ...project });
      await given.request(list);
      expect(stage.requests.at(-1)?.headers["x-auth-token"]).toBe(token);
    }
    expect(stage.signIns).toHaveLength(1);

    const other = client({ token, projectName: "other" });
    expect(await other.projectId()).toBe("fd94273f5c2b4b4ab55037449c39ce92");
    expect(asked(1)).toEqual({
      identity: { methods: ["token"], token: { id: token } },
      scope: { project: { name: "other", domain: { id: "default" } } },
    });
  });

  it("with a token that has ended says that no other is at hand", async () => {
    await client(demoSettings).projectId();
    const [token = ""] = stage.tokens;
    const given = client({ token });
    await given.request(list);
    stage.revoke();
    const error = await failure(given.request(list), ApiError);
    expect(error.status).toBe(401);
    expect(error.message).toContain("with a given token, which may have ended; settings: the stack's");
    expect(error.message).toContain('Get a new token: "openstack token issue"');
    expect(error.message).toContain("(request id req-token-unknown)");
  });

  it("that is refused says who asked where for what, and never with what", async () => {
    const { message } = await failure(client({ ...demoSettings, password: "wrong" }).projectId(), ApiError);
    expect(message).toBe(
      `POST ${stage.authUrl}/auth/tokens answered 401: The request you have made requires authentication. (signing in at ` +
        `${stage.authUrl} as "demo" (domain "default") with a password, for the project "demo" (domain "default"); ` +
        "settings: the stack's configuration and OS_*). Check the user, the domain, the project and the password (request id req-0cb821d2-3c25-4591-8bef-be378f481eaa)",
    );
    expect(
      (await failure(client({ ...demoSettings, projectName: "nope" }).projectId(), ApiError)).message,
    ).toContain('for the project "nope"');
    const wrong = await failure(client({ ...app, applicationCredentialSecret: "x" }).projectId(), ApiError);
    expect(wrong.message).toContain(`with the application credential "${appCredential}"; settings`);
  });

  it("at something else than a Keystone is told so", async () => {
    stage.before = () => ({ status: 200, body: { hello: "world" } });
    expect((await failure(client(demoSettings).projectId(), UserError)).message).toBe(
      `openstack-snapshots:authUrl: what answers at ${stage.authUrl} is no Keystone v3`,
    );
  });
});

describe("a cloud with a certificate of its own", () => {
  const authority = certificate("the authority");
  const folder = mkdtempSync(join(tmpdir(), "cacert-"));
  const cacert = join(folder, "ca.pem");
  writeFileSync(cacert, authority.cert);
  afterAll(() => rmSync(folder, { recursive: true }));

  it("is trusted where its authority is named, or anybody is", async () => {
    await stage.close();
    stage = await new CloudStage().open(certificate("the cloud", authority.signer));
    const refused = await failure(client(demoSettings).request(list), ConnectionError);
    expect(refused.message).toMatch(/^no token: .*certificate/i);
    expect(stage.requests).toEqual([]);
    expect((await client({ ...demoSettings, cacert }).request(list)).status).toBe(200);
    expect((await client({ ...demoSettings, insecure: "true" }).request(list)).status).toBe(200);
    expect(stage.signIns).toHaveLength(2);
  });
});

describe("a token", () => {
  it("is shared by all who sign in with the same, and by nobody else", async () => {
    await Promise.all(Array.from({ length: 5 }, () => client(demoSettings).request(list)));
    await client(demoSettings).request(list);
    expect(stage.signIns).toHaveLength(1);
    await client(app).request(list);
    expect(stage.signIns).toHaveLength(2);
    expect(stage.requests.at(-1)?.headers["x-auth-token"]).toBe(stage.issued[1]);
  });

  it("is renewed shortly before it ends, a short one later before its end", async () => {
    const cinder = client(demoSettings);
    await cinder.request(list);
    await stage.clock.sleep(3_600_000 - 61_000);
    await cinder.request(list);
    expect(stage.signIns).toHaveLength(1);
    await stage.clock.sleep(2_000);
    stage.lifetimeMs = 30_000;
    await cinder.request(list);
    expect(stage.signIns).toHaveLength(2);
    await stage.clock.sleep(25_000);
    await cinder.request(list);
    expect(stage.signIns).toHaveLength(2);
    await stage.clock.sleep(3_000);
    await cinder.request(list);
    expect(stage.signIns).toHaveLength(3);
  });

  it("is used to its end while Keystone is away", async () => {
    const cinder = client(demoSettings);
    await cinder.request(list);
    await stage.clock.sleep(3_600_000 - 59_000);
    stage.before = ({ url }) => (url === "/v3/auth/tokens" ? { status: 503 } : undefined);
    expect((await cinder.request(list)).status).toBe(200);
    await stage.clock.sleep(60_000);
    const error = await failure(cinder.request({ ...list, method: "POST" }), ConnectionError);
    expect(error.message).toContain(`no token: POST ${stage.authUrl}/auth/tokens answered 503`);
    expect(error.sent).toBe(false);
    stage.before = () => undefined;
    expect((await cinder.request(list)).status).toBe(200);
  });

  it("is asked for again where the answer is lost", async () => {
    let lost = 2;
    stage.before = ({ url }) => (url === "/v3/auth/tokens" && lost-- > 0 ? "reset" : undefined);
    expect((await client(demoSettings).request(list)).status).toBe(200);
    expect(stage.signIns).toHaveLength(3);
  });

  it("is waited for by all; who is told to stop stops alone", async () => {
    const cinder = client(demoSettings);
    const stop = new AbortController();
    const stopped = cinder.request({ ...list, signal: stop.signal });
    const others = cinder.request(list);
    stop.abort(new Error("stopped"));
    await expect(stopped).rejects.toThrow("stopped");
    expect((await others).status).toBe(200);
    expect(stage.signIns).toHaveLength(1);
  });
});

describe("credentials and tokens", () => {
  it("are in no error, whoever repeats them", async () => {
    const echo = (text: string) => ({
      status: 400,
      headers: { "x-openstack-request-id": text },
      body: { badRequest: { message: `you said ${text}`, [text]: text } },
    });
    const cinder = client(demoSettings);
    stage.before = ({ url, body }) => (url === "/v3/auth/tokens" ? echo(body) : undefined);
    const seen = [String(await failure(cinder.request(list), ApiError))];
    stage.before = () => undefined;
    await cinder.request(list);
    stage.service = ({ headers }) => echo(String(headers["x-auth-token"]));
    seen.push(String(await failure(cinder.request(list), ApiError)));
    stage.service = ({ headers }) => ({ status: 200, body: `not JSON: ${headers["x-auth-token"]}` });
    seen.push(String(await failure(cinder.request({ ...list, once: true }), ConnectionError)));
    const appClient = client(app);
    stage.before = ({ url, body }) => (url === "/v3/auth/tokens" ? echo(body) : undefined);
    seen.push(String(await failure(appClient.request(list), ApiError)));
    const given = client({ token: "gAAAAA-given-from-outside" });
    stage.before = ({ headers }) => echo(String(headers["x-subject-token"]));
    seen.push(String(await failure(given.request(list), ApiError)));

    expect(seen.join("\n")).toContain("[secret]");
    for (const secret of [demoPassword, appSecret, "gAAAAA"]) expect(seen.join("\n")).not.toContain(secret);
  });
});
