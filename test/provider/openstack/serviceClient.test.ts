import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connectService, type ServiceKind } from "../../../provider/openstack/connect";
import { CloudStage, demoProject, demoSettings, demoUser } from "../../support/cloudStage";

const blockStorage: ServiceKind = {
  title: "block storage",
  types: ["block-storage", "volumev3"],
  endpointSetting: "blockStorageEndpoint",
  microversions: { service: "volume", lowest: "3.0", highest: "3.71" },
};

let stage: CloudStage;
beforeEach(async () => {
  stage = await new CloudStage().open();
});
afterEach(() => stage.close());

const client = (settings: Record<string, string> = {}, kind = blockStorage, env: NodeJS.ProcessEnv = {}) =>
  connectService({ authUrl: stage.authUrl, ...demoSettings, ...settings }, stage.clock, kind, env);

describe("a request to a service", () => {
  it("goes where the catalog says, with a token and the negotiated microversion", async () => {
    const cinder = client();
    expect((await cinder.request({ method: "GET", path: "/snapshots", query: { limit: 1 } })).body).toEqual({
      snapshots: [],
    });
    expect(stage.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      "POST /v3/auth/tokens",
      "GET /",
      `GET /v3/${demoProject}/snapshots?limit=1`,
    ]);
    expect(stage.requests[2]?.headers).toMatchObject({
      "x-auth-token": stage.issued[0],
      "openstack-api-version": "volume 3.71",
    });
    expect(await cinder.projectId()).toBe(demoProject);
    expect(await cinder.userId()).toBe(demoUser);
    expect(await cinder.knows("3.66")).toBe(true);
    expect(stage.requests).toHaveLength(3);
  });
});
