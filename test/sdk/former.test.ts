import * as pulumi from "@pulumi/pulumi";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { waldur } from "../../sdk";
import { withCurrentNames } from "../../sdk/former";

const uuid = "62a4ac5f2c83421a88d607c27a96f162";
const volumeUrl = `https://portal.example.com/api/openstack-volumes/${uuid}/`;

let state: Record<string, unknown> = {};
beforeEach(async () => {
  const newResource = ({ name }: pulumi.runtime.MockResourceArgs) => ({ id: name, state });
  const call = () => ({ ...state, snapshots: [{ createdAt: "then", volumeUrl }] });
  await pulumi.runtime.setMocks({ newResource, call }, "shop", "production", false);
});
afterEach(() => pulumi.runtime.setMocks({ newResource: () => ({ id: "", state: {} }), call: () => ({}) }));

const resolved = <T>(output: pulumi.Output<T>) => new Promise<T>((resolve) => output.apply(resolve));
const allOf = (resource: object, names: readonly string[]) =>
  Promise.all(names.map((name) => resolved(Reflect.get(resource, name) as pulumi.Output<unknown>)));

const today = ["createdAt", "updatedAt", "volumeId", "volumeUrl", "projectId"];
const formerly = ["created", "modified", "sourceVolume", "projectUuid"];

describe.each([
  ["today's", { volumeId: uuid }],
  ["former", { sourceVolume: uuid }],
] as const)("outputs of a resource that is declared by %s names", (_what, args) => {
  it("can be read by today's names and by former ones", async () => {
    state = { createdAt: "then", updatedAt: "later", volumeId: uuid, volumeUrl, projectId: "p" };
    const snapshot = new waldur.Snapshot("new", args);
    expect(await allOf(snapshot, today)).toEqual(["then", "later", uuid, volumeUrl, "p"]);
    expect(await allOf(snapshot, formerly)).toEqual(["then", "later", volumeUrl, "p"]);
  });

  it("can be read the same of a state that has the former ones", async () => {
    state = { created: "then", modified: "later", sourceVolume: volumeUrl, projectUuid: "p".repeat(32) };
    state.projectUuid = uuid;
    const snapshot = new waldur.Snapshot("old", args);
    expect(await allOf(snapshot, today)).toEqual(["then", "later", uuid, volumeUrl, uuid]);
    expect(await allOf(snapshot, formerly)).toEqual(["then", "later", volumeUrl, uuid]);
  });
});

describe("outputs of a resource", () => {
  it("are those that are called by today's names, where a program goes through them", () => {
    const keys = Object.keys(new waldur.Snapshot("keys", { volumeId: uuid }));
    expect(keys).toEqual(expect.arrayContaining(today));
    expect(keys.filter((name) => formerly.includes(name))).toEqual([]);
  });

  it("that only a URL tells in an old state are there by themselves too", async () => {
    const type = `https://portal.example.com/api/openstack-volume-types/${uuid}/`;
    state = { type, typeName: "ssd", image: null, offering: uuid };
    const volume = new waldur.Volume("data", { project: uuid, offering: uuid, size: 1024, type: "ssd" });
    const names = [
      "volumeType",
      "volumeTypeId",
      "volumeTypeUrl",
      "type",
      "typeName",
      "offeringId",
      "imageId",
    ];
    expect(await allOf(volume, names)).toEqual(["ssd", uuid, type, type, "ssd", uuid, undefined]);
  });
});

describe("rows of a look-up", () => {
  it("can be read by former names", async () => {
    state = {};
    const { snapshots } = await waldur.getSnapshots({});
    expect(snapshots[0]).toMatchObject({ createdAt: "then", created: "then", sourceVolume: volumeUrl });
    expect(JSON.stringify(snapshots[0])).not.toContain("sourceVolume");
  });
});

describe("options with names of earlier versions", () => {
  const former = { inputs: { sourceVolume: "volumeId" }, outputs: { sourceVolume: "volumeUrl" } };

  it.each([
    ["ignoreChanges", ["sourceVolume", "volumeId", "metadata.team"]],
    ["replaceOnChanges", ["sourceVolume", "volumeId", "metadata.team"]],
    ["additionalSecretOutputs", ["sourceVolume", "volumeUrl", "metadata.team"]],
  ])("mean today's in %s, and stay what they are", (option, expected) => {
    const given = { protect: true, [option]: ["sourceVolume", "metadata.team"] };
    expect(withCurrentNames(former, given)).toEqual({ protect: true, [option]: expected });
  });

  it("are not made up where none is given", () =>
    expect(withCurrentNames(former, { protect: true })).toEqual({ protect: true }));
});
