import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { readSettings } from "../../provider/core/backend";
import { UserError } from "../../provider/core/errors";
import { undiciTransport } from "../../provider/core/http/transport";
import { checkSettings } from "../../provider/fronts/plugin/settings";
import { connectService, type ServiceKind } from "../../provider/openstack/connect";
import { waldurSettings } from "../../provider/waldur/backend";
import { CloudStage, demoSettings } from "../support/cloudStage";
import { type ScriptedServer, scripted } from "../support/scriptedServer";
import { SkippingClock } from "../support/skippingClock";
import { failure } from "../support/virtualClock";

const service: ServiceKind = {
  title: "block storage",
  types: ["block-storage"],
  endpointSetting: "blockStorageEndpoint",
};

/** Tokens that no header can hold, with what is said of them. */
const unsendable: [string, string, RegExp][] = [
  ["a line break", "tomato\nword", /it has a line break \(character 7\)/],
  ["a carriage return", "tomato\rword", /it has a line break/],
  ["a null byte", "tomato\0word", /it has a control character/],
  ["an ideograph", "tomato\u6f22word", /it has a character that is not Latin-1/],
  ["an emoji", "tomato\u{1f511}word", /it has a character that is not Latin-1 \(character 7\)/],
];

describe.each(unsendable)(
  "a token with %s is refused where it is read, without a word of it",
  (_, token, why) => {
    const refused = (run: () => unknown, setting: string) => {
      const { message } = thrownBy(run);
      expect(message).toMatch(why);
      expect(message).toContain(setting);
      expect(message).not.toMatch(/tomato|word/);
    };

    it("in the stack's configuration and in the environment, for Waldur", () => {
      const set = (name: string) =>
        ({ waldurApiUrl: "https://p.example.com/api/", waldurAccessToken: token })[name];
      refused(() => readSettings(waldurSettings, set, {}), "openstack-snapshots:waldurAccessToken");
      const env = { WALDUR_API_URL: "https://p.example.com/api/", WALDUR_ACCESS_TOKEN: token };
      refused(() => readSettings(waldurSettings, () => undefined, env), "WALDUR_ACCESS_TOKEN");
    });

    it("in the arguments of a provider of the plugin", () => {
      const failures = checkSettings({
        waldurApiUrl: "https://p.example.com/api/",
        waldurAccessToken: token,
      });
      expect(failures).toEqual([{ property: "waldurAccessToken", reason: expect.stringMatching(why) }]);
    });

    it("in the settings, the environment and clouds.yaml, for OpenStack", () => {
      const authUrl = "https://keystone.example.com/v3";
      const connect = (settings: Record<string, string>, env: NodeJS.ProcessEnv, cwd = __dirname) =>
        connectService(settings, new SkippingClock(), service, { env, cwd });
      refused(() => connect({ authUrl, token, projectName: "demo" }, {}), "openstack-snapshots:token");
      refused(() => connect({}, { OS_AUTH_URL: authUrl, OS_TOKEN: token }), "openstack-snapshots:token");
      const folder = mkdtempSync(join(tmpdir(), "clouds-"));
      const clouds = { demo: { auth_type: "token", auth: { auth_url: authUrl, token } } };
      writeFileSync(join(folder, "clouds.yaml"), JSON.stringify({ clouds }));
      try {
        refused(() => connect({ cloud: "demo" }, { HOME: folder }, folder), `cloud "demo" of ${folder}`);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  },
);

function thrownBy(run: () => unknown): UserError {
  try {
    run();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error("it was taken");
}

describe("a token that only ends with a line break", () => {
  it("is taken without it, from wherever it comes", () => {
    const env = { WALDUR_API_URL: "https://p.example.com/api/", WALDUR_ACCESS_TOKEN: "abc\n" };
    expect(readSettings(waldurSettings, () => undefined, env).waldurAccessToken).toBe("abc");
    const settings = { authUrl: "https://k.example.com/v3", token: "abc\n", projectName: "demo" };
    expect(() =>
      connectService(settings, new SkippingClock(), service, { env: {}, cwd: __dirname }),
    ).not.toThrow();
  });
});

describe("on the wire", () => {
  let server: ScriptedServer | undefined;
  let stage: CloudStage | undefined;
  afterEach(async () => {
    await server?.close();
    await stage?.close();
  });

  it("a token of Keystone's that cannot be sent is refused, and nothing is asked with it", async () => {
    stage = await new CloudStage().open();
    stage.before = ({ url, method }) => {
      const step = url === "/v3/auth/tokens" && method === "POST" ? stage?.replay("003") : undefined;
      if (step === undefined || typeof step === "string") return undefined;
      return { ...step, status: 201, headers: { "x-subject-token": "tomato\u00e9\u0085" } };
    };
    const settings = { authUrl: stage.authUrl, ...demoSettings };
    const client = connectService(settings, stage.clock, service, { env: {}, cwd: __dirname });
    const { message } = await failure(client.request({ method: "GET", path: "/snapshots" }), UserError);
    expect(message).toMatch(/Keystone gives a token that cannot be used: it has a/);
    expect(message).not.toContain("tomato");
    expect(stage.requests.every(({ url }) => url === "/v3/auth/tokens")).toBe(true);
  });

  it.each([
    ["header", { path: "/", headers: { authorization: "tomato\nword" } }],
    ["name of a header", { path: "/", headers: { "a b": "x" } }],
    ["path", { path: "/a b", headers: {} }],
  ])("requests with a %s that cannot be sent use up none of the 32 connections", async (_, bad) => {
    server = await scripted([{ status: 200, body: {} }]);
    const { origin } = server;
    const transport = undiciTransport();
    for (let count = 0; count < 40; count++) {
      const { message } = await failure(transport({ origin, method: "GET", ...bad }), UserError);
      expect(message).not.toMatch(/tomato|word/);
    }
    expect((await transport({ origin, method: "GET", path: "/", headers: {} })).status).toBe(200);
    expect(server.requests).toHaveLength(1);
  });
});
