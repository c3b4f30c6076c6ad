import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { blockStorage } from "../../../provider/cinder/backend";
import { ApiError, ConnectionError, UserError } from "../../../provider/core/errors";
import { connectService, type ServiceKind } from "../../../provider/openstack/connect";
import type { ServiceClient } from "../../../provider/openstack/serviceClient";
import { CloudStage, demoProject, demoSettings } from "../../support/cloudStage";
import type { Step } from "../../support/scriptedServer";
import { failure } from "../../support/virtualClock";

let stage: CloudStage;
beforeEach(async () => {
  stage = await new CloudStage().open();
});
afterEach(() => stage.close());

const client = (settings: Record<string, string> = {}, kind: ServiceKind = blockStorage): ServiceClient =>
  connectService({ authUrl: stage.authUrl, ...demoSettings, ...settings }, stage.clock, kind, {
    env: {},
    cwd: __dirname,
  });
const list = { method: "GET", path: "/snapshots" } as const;
const create = { method: "POST", path: "/snapshots", body: { snapshot: {} } } as const;
const calls = () => stage.requests.map(({ method, url }) => `${method} ${url}`);
const snapshots = `/v3/${demoProject}/snapshots`;

/** Answers each request to the service with the next of these, then with success. */
function services(...steps: Step[]): void {
  stage.service = () => steps.shift() ?? { status: 200, body: { fine: true } };
}

describe("a request to a service", () => {
  it("goes where the catalog says, with a token and the negotiated microversion", async () => {
    const cinder = client();
    expect((await cinder.request({ ...list, query: { limit: 1 } })).body).toEqual({ snapshots: [] });
    expect(calls()).toEqual(["POST /v3/auth/tokens", "GET /", `GET ${snapshots}?limit=1`]);
    expect(stage.requests[2]?.headers).toMatchObject({
      "x-auth-token": stage.issued[0],
      "openstack-api-version": "volume 3.71",
    });
    expect(await cinder.projectId()).toBe(demoProject);
    expect(await cinder.knows("3.66")).toBe(true);
    expect(stage.requests).toHaveLength(3);
  });

  it("can ask with another microversion, with none, and with headers of its own", async () => {
    const cinder = client();
    await cinder.request({ ...list, microversion: "3.60", headers: { "x-auth-project-id": "p" } });
    await cinder.request({ ...list, microversion: "none" });
    expect(calls()).toEqual(["POST /v3/auth/tokens", `GET ${snapshots}`, `GET ${snapshots}`]);
    expect(stage.requests[1]?.headers).toMatchObject({
      "openstack-api-version": "volume 3.60",
      "x-auth-project-id": "p",
    });
    expect(stage.requests[2]?.headers).not.toHaveProperty("openstack-api-version");
  });

  it("to a service without microversions names none", async () => {
    const { microversions: _, ...plain } = blockStorage;
    const service = client({}, plain);
    await service.request(list);
    expect(await service.microversion()).toBeUndefined();
    expect(await service.knows("3.0")).toBe(false);
    expect(calls()).toEqual(["POST /v3/auth/tokens", `GET ${snapshots}`]);
    expect(stage.requests[1]?.headers).not.toHaveProperty("openstack-api-version");
  });

  it("that is refused fails with words and request id, whatever header has it", async () => {
    services(
      stage.replay("022"),
      {
        status: 409,
        headers: { "x-compute-request-id": "req-compute" },
        body: { conflict: { message: "no" } },
      },
      stage.replay("040"),
    );
    const cinder = client();
    const { message } = await failure(cinder.request(list), ApiError);
    expect(message).toContain("Version 3.999 is not supported by the API");
    expect(message).toMatch(/\(request id req-[0-9a-f-]{36}\)$/);
    const conflict = await failure(cinder.request(create), ApiError);
    expect(conflict).toMatchObject({ fault: "conflict", requestId: "req-compute" });
    const other = await failure(cinder.request(list), ApiError);
    expect(other.message).toContain(
      "Malformed request url (the address is of another project than the token; check " +
        "openstack-snapshots:blockStorageEndpoint)",
    );
  });

  it("that must be sent once is, and comes to its end although it is told to stop", async () => {
    const cinder = client();
    await cinder.request(list);
    services({ status: 503 }, { status: 429 }, "reset");
    const once = { ...list, path: "/cancel", once: true };
    expect((await failure(cinder.request(once), ApiError)).status).toBe(503);
    expect((await failure(cinder.request(once), ApiError)).status).toBe(429);
    expect((await failure(cinder.request(once), ConnectionError)).sent).toBe(true);
    expect(calls().filter((call) => call.endsWith("/cancel"))).toHaveLength(3);

    const stop = new AbortController();
    stage.service = () => {
      stop.abort(new Error("stopped"));
      return { status: 200, body: {} };
    };
    expect((await cinder.request({ ...once, signal: stop.signal })).status).toBe(200);
    await expect(cinder.request({ ...once, signal: stop.signal })).rejects.toThrow("stopped");
    expect(calls().filter((call) => call.endsWith("/cancel"))).toHaveLength(4);
  });
});

describe("a Keystone that is not there", () => {
  it("is no missing object", async () => {
    stage.before = ({ url }) =>
      url === "/v3/auth/tokens" ? { status: 404, body: { error: { message: "not here" } } } : undefined;
    const { message } = await failure(client().request({ method: "GET", path: "/volumes/v" }), UserError);
    expect(message).toContain(`openstack-snapshots:authUrl: there is no Keystone v3 at ${stage.authUrl}: `);
    const given = client({ token: "gAAAAA-of-last-week" });
    expect(await failure(given.request({ method: "GET", path: "/volumes/v" }), ApiError)).toMatchObject({
      status: 401,
      reason: /not here/,
    });
  });
});

describe("a token that is refused", () => {
  it("is renewed once for all who are refused with it, and everything is sent again, writes too", async () => {
    const cinder = client();
    await cinder.request(list);
    stage.revoke();
    const many = Array.from({ length: 20 }, (_, index) => cinder.request(index % 2 ? list : create));
    expect((await Promise.all(many)).map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(stage.signIns).toHaveLength(2);
    const good = stage.requests.filter(({ headers }) => headers["x-auth-token"] === stage.issued[1]);
    expect(good).toHaveLength(20);
  });

  it("again after it was renewed is an error", async () => {
    services(...Array.from({ length: 2 }, () => stage.replay("313")));
    const error = await failure(client().request({ ...list, once: true }), ApiError);
    expect(error).toMatchObject({ status: 401, requestId: /^req-df830b03/ });
    expect(stage.signIns).toHaveLength(2);
  });

  it("where Keystone no longer takes the credentials says that, and that is all that is sent", async () => {
    const cinder = client();
    await cinder.request(list);
    stage.revoke();
    stage.before = ({ url }) => (url === "/v3/auth/tokens" ? stage.replay("009") : undefined);
    const { message } = await failure(cinder.request(create), ApiError);
    expect(message).toMatch(
      /^POST http:\/\/127\.0\.0\.1:\d+\/v3\/auth\/tokens answered 401: The request you have made requires authentication. \(signing in at /,
    );
    expect(calls().slice(3)).toEqual([`POST ${snapshots}`, "POST /v3/auth/tokens"]);
  });
});

describe("the microversion", () => {
  it("is negotiated once, by many at once too", async () => {
    const cinder = client();
    await Promise.all(Array.from({ length: 10 }, () => cinder.request(list)));
    expect(calls().filter((call) => call === "GET /")).toHaveLength(1);
    expect(stage.signIns).toHaveLength(1);
  });

  it("that a feature needs and the server lacks is told", async () => {
    stage.before = ({ url }) =>
      url === "/" ? stage.replay("017", (body) => body.replace('"3.71"', '"3.39"')) : undefined;
    const cinder = client();
    await cinder.require("3.39", "something old");
    expect(await failure(cinder.require("3.40", "reverting to a snapshot"), UserError)).toMatchObject({
      message: "reverting to a snapshot needs block storage microversion 3.40, the server has 3.39",
    });
    await cinder.request(list);
    expect(stage.requests.at(-1)?.headers["openstack-api-version"]).toBe("volume 3.39");
  });

  it("is asked for below the version where a proxy hides the root", async () => {
    stage.before = ({ url }) =>
      url === "/" ? { status: 404, body: "not here" } : url === "/v3/" ? stage.replay("017") : undefined;
    expect(await client().microversion()).toBe("3.71");
  });

  it("that cannot be learnt leaves a write unsent, and is asked for again", async () => {
    stage.before = ({ url }) => (url === "/" ? { status: 503 } : undefined);
    const cinder = client();
    const error = await failure(cinder.request(create), ConnectionError);
    expect(error.sent).toBe(false);
    expect(error.message).toMatch(/no microversion: GET http:\/\/127\.0\.0\.1:\d+\/ answered 503/);
    stage.before = () => undefined;
    expect((await cinder.request(create)).status).toBe(200);
  });
});
