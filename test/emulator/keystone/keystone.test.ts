import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Json } from "../../../emulator/index";
import type { Answer, Body } from "../support/client";
import { TrilioBench } from "../trilio/support/bench";

let bench: TrilioBench;

beforeEach(async () => {
  bench = await TrilioBench.start();
});

afterEach(() => bench.close());

function tokens(auth: Json): Promise<Answer> {
  return bench.call("POST", `${bench.emulator.authUrl}/auth/tokens`, { auth }, { token: null });
}

function password(user: Json): Json {
  return { methods: ["password"], password: { user } };
}

const domain = { name: "Default" };

function member(): Json {
  const { OS_USERNAME: name = "", OS_PASSWORD: secret = "" } = bench.emulator.env();
  return password({ name, password: secret, domain });
}

describe("the emulated Keystone", () => {
  test("gives a token for a password, with a catalog that leads to Trilio", async () => {
    const { status, headers, body } = await tokens({
      identity: member(),
      scope: { project: { name: "demo", domain } },
    });
    expect(status).toBe(201);
    const token = headers.get("x-subject-token") ?? "";
    expect(body.token).toMatchObject({
      methods: ["password"],
      user: { name: "member", domain: { id: "default", name: "Default" } },
      project: { id: bench.emulator.ids.project, name: "demo" },
      roles: [{ name: "member" }],
      issued_at: "2026-01-01T00:00:00.000000Z",
      expires_at: "2026-01-01T01:00:00.000000Z",
    });
    const service = body.token.catalog.find(({ type }: Body) => type === "workloads");
    expect(service.name).toBe("TrilioVaultWLM");
    const endpoint = service.endpoints.find((one: Body) => one.interface === "public");
    expect(endpoint).toMatchObject({ region_id: "RegionOne", url: bench.emulator.url });
    expect((await bench.get(`${endpoint.url}/restores`, { token })).status).toBe(200);
    expect(bench.emulator.requests.map(({ service, actor, body: sent }) => [service, actor, sent])).toEqual([
      ["keystone", null, undefined],
      ["trilio", "member", undefined],
    ]);
  });

  test("for an application credential by id or name, for the project that it belongs to", async () => {
    const { id, name, secret } = bench.emulator.credential;
    const forms: Json[] = [
      { id, secret },
      { name, secret, user: { name: "member", domain } },
    ];
    for (const given of forms) {
      const identity = { methods: ["application_credential"], application_credential: given };
      const { status, body, headers } = await tokens({ identity });
      expect([status, body.token.project.id]).toEqual([201, bench.emulator.ids.project]);
      const token = headers.get("x-subject-token");
      expect((await bench.get("/restores", { token })).status).toBe(200);
    }
    const wrong = { methods: ["application_credential"], application_credential: { id, secret: "x" } };
    expect((await tokens({ identity: wrong })).status).toBe(401);
  });

  test("for another token, also one without a project, which Trilio does not take", async () => {
    const unscoped = await tokens({ identity: member() });
    expect([unscoped.status, unscoped.body.token.catalog]).toEqual([201, undefined]);
    const id = unscoped.headers.get("x-subject-token");
    expect((await bench.get("/restores", { token: id })).status).toBe(401);
    const scoped = await tokens({
      identity: { methods: ["token"], token: { id } },
      scope: { project: { id: bench.emulator.ids.project } },
    });
    expect([scoped.status, scoped.body.token.methods]).toEqual([201, ["token", "password"]]);
  });

  test.each([
    ["a wrong password", () => ({ identity: password({ name: "member", password: "x", domain }) })],
    ["an unknown user", () => ({ identity: password({ name: "nobody", password: "x", domain }) })],
    [
      "another domain",
      () => ({ identity: member(), scope: { project: { name: "demo", domain: { name: "x" } } } }),
    ],
    ["an unknown project", () => ({ identity: member(), scope: { project: { name: "none", domain } } })],
    ["a token that was never issued", () => ({ identity: { methods: ["token"], token: { id: "x" } } })],
  ])("%s is a 401 in Keystone's words", async (_, auth) => {
    const { status, body, headers } = await tokens(auth());
    expect([status, body.error.code, body.error.title]).toEqual([401, 401, "Unauthorized"]);
    expect(headers.has("x-subject-token")).toBe(false);
  });

  test("tells its version, validates a token, revokes it, and refuses a body without methods", async () => {
    const { authUrl } = bench.emulator;
    expect((await bench.get(authUrl.replace("/v3", "/"))).status).toBe(300);
    expect((await bench.get(`${authUrl}/`)).body.version.id).toMatch(/^v3\./);
    expect((await tokens({ identity: {} })).status).toBe(400);
    const subject = bench.emulator.token();
    const about = { headers: { "X-Subject-Token": subject } };
    const valid = await bench.get(`${authUrl}/auth/tokens`, about);
    expect([valid.status, valid.body.token.user.name]).toEqual([200, "member"]);
    expect((await bench.call("DELETE", `${authUrl}/auth/tokens`, undefined, about)).status).toBe(204);
    expect((await bench.get(`${authUrl}/auth/tokens`, about)).status).toBe(404);
    expect((await bench.get(`${authUrl}/auth/tokens`, { ...about, token: null })).status).toBe(401);
    expect((await bench.get("/restores", { token: subject })).status).toBe(401);
  });
});
