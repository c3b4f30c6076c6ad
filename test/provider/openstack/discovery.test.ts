import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { blockStorage } from "../../../provider/cinder/backend";
import { ConnectionError, UserError } from "../../../provider/core/errors";
import { connectService } from "../../../provider/openstack/connect";
import { CloudStage, demoProject, demoSettings } from "../../support/cloudStage";
import { type ScriptedServer, type Step, scripted } from "../../support/scriptedServer";
import { failure } from "../../support/virtualClock";

let stage: CloudStage;
let other: ScriptedServer;
beforeEach(async () => {
  stage = await new CloudStage().open();
  other = await scripted([{ status: 200, body: { versions: [] } }]);
});
afterEach(() => Promise.all([stage.close(), other.close()]));

const client = (settings: Record<string, string> = {}) =>
  connectService({ authUrl: stage.authUrl, ...demoSettings, ...settings }, stage.clock, blockStorage, {
    env: {},
    cwd: __dirname,
  });
const list = { method: "GET", path: "/volumes" } as const;
const calls = () => stage.requests.map(({ method, url }) => `${method} ${url}`);
const signIn = "POST /v3/auth/tokens";
const volumes = `GET /v3/${demoProject}/volumes`;

/** Answers where documents of versions are looked for. */
function documents(answers: Record<string, Step>): void {
  stage.before = ({ url }) => answers[url];
}

const html: Step = { status: 200, headers: { "content-type": "text/html" }, body: "<html>It works!</html>" };
const v3 = (href: string): Step => ({
  status: 200,
  body: {
    versions: [
      { id: "v2.0", status: "DEPRECATED", version: "", min_version: "" },
      { id: "v3.0", status: "CURRENT", version: "3.60", min_version: "3.0", links: [{ rel: "self", href }] },
    ],
  },
});

describe("a service without documents of versions", () => {
  it.each<[string, Step]>([
    ["a page of HTML", html],
    ["an empty page", { status: 200, body: "" }],
    ["404 as HTML", { status: 404, body: "<html>no</html>" }],
    ["401", { status: 401, body: { error: { message: "no" } } }],
    ["403", { status: 403 }],
    ["405", { status: 405 }],
    ["a redirect without an address", { status: 301 }],
  ])(
    "but with %s in their place is worked with, each asked for once, without a second sign-in",
    async (_, step) => {
      documents({ "/": step, "/v3/": step });
      const cinder = client();
      expect((await cinder.request(list)).status).toBe(200);
      await cinder.request(list);
      expect(calls()).toEqual([signIn, "GET /", "GET /v3/", volumes, volumes]);
      expect(stage.requests.at(-1)?.headers).not.toHaveProperty("openstack-api-version");
    },
  );

  it("says what is missing where a feature needs a microversion", async () => {
    documents({ "/": html, "/v3/": { status: 404 } });
    const { message } = await failure(client().require("3.40", "reverting to a snapshot"), UserError);
    expect(message).toBe(
      "reverting to a snapshot needs block storage microversion 3.40, the server does not tell its own " +
        `(GET ${stage.origin}/ answered without a list of versions; GET ${stage.origin}/v3/ answered 404)`,
    );
  });

  it("is not asked with a microversion that only settings name", async () => {
    documents({ "/": { status: 404 }, "/v3/": { status: 404 } });
    const where = { env: { OS_VOLUME_API_VERSION: "3.50" }, cwd: __dirname };
    const settings = { authUrl: stage.authUrl, ...demoSettings };
    const cinder = connectService(settings, stage.clock, blockStorage, where);
    expect((await failure(cinder.request(list), UserError)).message).toBe(
      "block storage: OS_VOLUME_API_VERSION asks for microversion 3.50, but the " +
        `server does not tell its own (GET ${stage.origin}/ answered 404; GET ${stage.origin}/v3/ answered 404); leave it out`,
    );
    documents({});
    await connectService(settings, stage.clock, blockStorage, where).request(list);
    expect(stage.requests.at(-1)?.headers["openstack-api-version"]).toBe("volume 3.50");
  });

  it("that is only away for now is asked again, and nothing is sent until then", async () => {
    documents({ "/": { status: 503 }, "/v3/": { status: 502 } });
    const cinder = client();
    expect((await failure(cinder.request(list), ConnectionError)).message).toContain("no microversion: GET");
    expect(calls()).not.toContain(volumes);
    documents({ "/": { status: 503 }, "/v3/": v3(`${stage.origin}/v3/`) });
    expect(await cinder.microversion()).toBe("3.60");
  });

  it("that refused the documents is asked for them again with the next token", async () => {
    documents({ "/": { status: 401 }, "/v3/": { status: 401 } });
    const cinder = client();
    await cinder.request(list);
    documents({});
    stage.revoke();
    await cinder.request(list);
    expect(stage.requests.at(-1)?.headers["openstack-api-version"]).toBe("volume 3.71");
    expect(stage.signIns).toHaveLength(2);
  });
});

describe("a document that is elsewhere", () => {
  it("on another origin gets no request, and so no token", async () => {
    documents({ "/": { status: 302, headers: { location: `${other.origin}/` } }, "/v3/": html });
    await client().request(list);
    documents({ "/": v3(`${other.origin}/v3/`) });
    await client({ blockStorageEndpoint: stage.origin }).request(list);
    expect(other.requests).toEqual([]);
    expect(calls().filter((call) => call === volumes)).toHaveLength(2);
  });

  it("on the same origin is followed", async () => {
    documents({
      "/volume/": { status: 307, headers: { location: "/all/" } },
      "/all/": v3("/all/v3/"),
    });
    await client({ blockStorageEndpoint: `${stage.origin}/volume` }).request(list);
    expect(calls()).toEqual([signIn, "GET /volume/", "GET /all/", `GET /all/v3/${demoProject}/volumes`]);
    expect(stage.requests.at(-1)?.headers["openstack-api-version"]).toBe("volume 3.60");
  });
});

describe("an address without a version", () => {
  it.each([["/volume"], ["/volume/"], [`/volume/${demoProject}`], ["/volume/%(project_id)s"]])(
    "%s has v3 below it, with a document and without",
    async (path) => {
      const cinder = () => client({ blockStorageEndpoint: stage.origin + path });
      documents({ "/volume/": v3(`${stage.origin}/volume/v3/`) });
      await cinder().request(list);
      documents({ "/volume/": { status: 404 }, "/volume/v3/": { status: 404 }, "/volume": { status: 405 } });
      await cinder().request(list);
      const below = `GET /volume/v3/${demoProject}/volumes`;
      const looks = ["GET /volume/", "GET /volume/v3/", "GET /volume"];
      expect(calls()).toEqual([signIn, "GET /volume/", below, ...looks, below]);
    },
  );

  it("is found by the document that is at its root without a slash alone", async () => {
    documents({ "/volume/": { status: 404 }, "/volume/v3/": { status: 404 }, "/volume": v3("/all/v3/") });
    await client({ blockStorageEndpoint: `${stage.origin}/volume` }).request(list);
    expect(calls().at(-1)).toBe(`GET /all/v3/${demoProject}/volumes`);
  });

  it("is looked up before a request with a microversion of its own too", async () => {
    documents({ "/volume/": v3(`${stage.origin}/volume/v3/`) });
    const cinder = client({ blockStorageEndpoint: `${stage.origin}/volume` });
    await cinder.request({ ...list, microversion: "3.27" });
    expect(calls()).toEqual([signIn, "GET /volume/", `GET /volume/v3/${demoProject}/volumes`]);
    expect(stage.requests.at(-1)?.headers["openstack-api-version"]).toBe("volume 3.27");
  });
});

describe("an address of another version", () => {
  it("leads to v3 by the document at its root", async () => {
    documents({ "/volume/": v3(`${stage.origin}/volume/v3/`) });
    await client({ blockStorageEndpoint: `${stage.origin}/volume/v2/${demoProject}` }).request(list);
    expect(calls().at(-1)).toBe(`GET /volume/v3/${demoProject}/volumes`);
  });

  it("without such a document is an error", async () => {
    documents({ "/volume/": { status: 404 }, "/volume/v3/": { status: 404 }, "/volume": html });
    const address = `${stage.origin}/volume/v2/${demoProject}`;
    expect((await failure(client({ blockStorageEndpoint: address }).request(list), UserError)).reason).toBe(
      `no block storage v3 at ${address}: GET ${stage.origin}/volume/ answered 404; ` +
        `GET ${stage.origin}/volume/v3/ answered 404; GET ${stage.origin}/volume answered without a list of ` +
        `versions. Set openstack-snapshots:blockStorageEndpoint to its address`,
    );
  });
});

describe("a Keystone at another path", () => {
  const gone: Step = { status: 404, body: { message: "not here" } };

  it("that its own document tells is used, from then on", async () => {
    const document: Step = {
      status: 300,
      body: { versions: { values: [{ id: "v3.14", links: [{ rel: "self", href: `${stage.authUrl}/` }] }] } },
    };
    documents({ "/keystone/v3/auth/tokens": gone, "/keystone/": document });
    const cinder = client({ authUrl: `${stage.origin}/keystone` });
    await cinder.request(list);
    stage.revoke();
    await cinder.request(list);
    expect(calls().slice(0, 3)).toEqual(["POST /keystone/v3/auth/tokens", "GET /keystone/", signIn]);
    expect(stage.signIns).toHaveLength(2);
  });

  it("without one is an error, and on another origin it gets no password", async () => {
    documents({
      "/keystone/v3/auth/tokens": { status: 302, headers: { location: `${other.origin}/v3/auth/tokens` } },
      "/keystone/": { status: 302, headers: { location: `${other.origin}/v3/` } },
    });
    const cinder = client({ authUrl: `${stage.origin}/keystone` });
    await expect(cinder.request(list)).rejects.toThrow(`redirected to ${other.origin}/v3/auth/tokens`);
    documents({ "/keystone/v3/auth/tokens": gone, "/keystone/": gone });
    await expect(cinder.request(list)).rejects.toThrow("there is no Keystone v3 at");
    expect(other.requests).toEqual([]);
  });
});
