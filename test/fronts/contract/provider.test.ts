import type {
  ConfigureResponse,
  GetSchemaResponse,
  ProviderHandshakeResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import {
  ConfigureRequest,
  GetSchemaRequest,
  ProviderHandshakeRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import { afterEach, describe, expect, it } from "vitest";
import { UserError } from "../../../provider/core/errors";
import { invoke } from "../../../provider/fronts/invoke";
import { allLifecycles, allLookups } from "../../../provider/registry";
import { cinderVolume } from "./cases/cinderVolume";
import { trilioRestoration } from "./cases/trilioRestoration";
import { waldurVolume } from "./cases/waldurVolume";
import { Refused } from "./support/codec";
import { Scene } from "./support/scene";
import { bare, isSecret, secret } from "./support/values";

let scene: Scene;
afterEach(() => scene.close());

describe("the plugin itself", () => {
  const plugin = async () => {
    scene = await Scene.open(waldurVolume, "plugin");
    return scene.codec("plugin");
  };

  it("takes secrets, answers previews, and describes everything that it has", async () => {
    const { client, ask } = await plugin();
    const hello = new ProviderHandshakeRequest();
    const shaken = await ask<ProviderHandshakeResponse>((done) => client.handshake(hello, done));
    expect(shaken.getAcceptSecrets()).toBe(true);
    const configure = new ConfigureRequest();
    const configured = await ask<ConfigureResponse>((done) => client.configure(configure, done));
    expect(configured.toObject()).toMatchObject({ acceptsecrets: true, supportspreview: true });
    const answer = await ask<GetSchemaResponse>((done) => client.getSchema(new GetSchemaRequest(), done));
    const { resources, functions } = JSON.parse(answer.getSchema());
    const tokens = (all: readonly { type: string }[]) => all.map(({ type }) => `openstack-snapshots:${type}`);
    expect(Object.keys(resources).sort()).toEqual(tokens(allLifecycles).sort());
    expect(Object.keys(functions).sort()).toEqual(tokens(allLookups).sort());
  });

  it("names each setting that is wrong, and keeps the secret ones secret", async () => {
    const codec = await plugin();
    const settings = { cloud: "none", waldurAccessToken: secret("t"), insecure: "maybe", tenant: "x" };
    const { inputs, failures } = await codec.checkConfig(settings);
    expect(failures.map(({ property }) => property)).toEqual(["insecure", "tenant"]);
    expect(inputs).toEqual(settings);
    const [failure] = (await codec.checkConfig({ waldurApiUrl: "ftp://x", waldurAccessToken: "t" })).failures;
    expect(failure).toEqual({ property: "waldurApiUrl", reason: '"ftp://x" is neither https nor http' });
  });

  it("takes booleans and numbers for the texts that they stand for, as JSON and as other languages write them", async () => {
    const codec = await plugin();
    const urls = { waldurApiUrl: "http://portal.example.com/api/", waldurAccessToken: "t" };
    for (const insecure of [true, "true", "True", '"true"', secret(true)]) {
      const { inputs, failures } = await codec.checkConfig({ ...urls, insecure });
      expect(failures).toEqual([]);
      expect(bare(inputs)).toEqual({ ...urls, insecure: "true" });
      expect(isSecret(inputs.insecure)).toBe(isSecret(insecure));
    }
    // Without it plain http is refused.
    expect((await codec.checkConfig({ ...urls, insecure: false })).failures).toHaveLength(1);
    const texts = { username: "1", password: "True", projectId: "2" };
    const given = await codec.checkConfig({
      authUrl: "https://k.example.com",
      username: 1,
      password: "True",
      projectId: 2,
    });
    expect(given).toEqual({ inputs: { authUrl: "https://k.example.com", ...texts }, failures: [] });
    expect((await codec.checkConfig({ insecure: 1 })).failures).toHaveLength(1);
    expect((await codec.diffConfig({ insecure: "true" }, { insecure: true })).changes).toBe(false);
  });

  it("replaces nothing for other settings: the cloud is the same", async () => {
    const codec = await plugin();
    const diff = await codec.diffConfig(
      { waldurApiUrl: "a", cloud: "c" },
      { waldurApiUrl: "b", region: "r" },
    );
    expect(diff).toMatchObject({ changes: true, replaces: [] });
    expect(diff.detailed).toEqual({ waldurApiUrl: "UPDATE", cloud: "DELETE", region: "ADD" });
    expect((await codec.diffConfig({ cloud: "c" }, { cloud: "c" })).changes).toBe(false);
  });
});

const lookups = [
  { kind: waldurVolume, type: "waldur:getSnapshots", args: { name: "seed-snap-1" }, wrong: { state: 5 } },
  { kind: cinderVolume, type: "cinder:getVolumes", args: { name: "shop" }, wrong: { size: "big" } },
  { kind: trilioRestoration, type: "trilio:getSnapshots", args: {}, wrong: { status: 5 } },
];

describe.each(lookups)("the look-up $type", ({ kind, type, args, wrong }) => {
  it("answers the same in a program and through the plugin, and names what is wrong", async () => {
    scene = await Scene.open(kind, "plugin");
    await scene.made();
    const codec = await scene.codec("plugin");
    const setting = (name: string) => scene.world.settings[name];
    const own = JSON.parse(JSON.stringify(await invoke(type, args, setting)));
    expect(Object.values(own)).not.toEqual([[]]);
    expect(await codec.invoke(type, args)).toEqual(own);
    const hidden = await codec.invoke(type, { ...args, ...Object.fromEntries(secrets(args)) });
    expect(bare(hidden)).toEqual(own);
    expect(Object.values(hidden).every(isSecret)).toBe(Object.keys(args).length > 0);
    const [property = ""] = Object.keys(wrong);
    const message = new RegExp(`^${type}: ${property}`);
    await expect(invoke(type, wrong, setting)).rejects.toThrow(message);
    await expect(invoke(type, wrong, setting)).rejects.toThrow(UserError);
    await expect(codec.invoke(type, wrong)).rejects.toThrow(message);
    await expect(codec.invoke(type, wrong)).rejects.toThrow(Refused);
  });
});

function secrets(args: Record<string, unknown>): [string, unknown][] {
  return Object.entries(args).map(([name, value]) => [name, secret(value)]);
}
