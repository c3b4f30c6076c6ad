import * as pulumi from "@pulumi/pulumi";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { cinder, Provider, trilio, waldur } from "../../sdk";

// What a user's own unit tests do, see https://www.pulumi.com/docs/iac/guides/testing/unit/.

const made: pulumi.runtime.MockResourceArgs[] = [];
const asked: pulumi.runtime.MockCallArgs[] = [];
const newResource = (resource: pulumi.runtime.MockResourceArgs) => {
  made.push(resource);
  return { id: `${resource.name}-id`, state: { ...resource.inputs, state: "OK" } };
};
const call = (lookUp: pulumi.runtime.MockCallArgs) => {
  asked.push(lookUp);
  return { id: "v", name: "data-1", snapshots: [{ id: "s" }] };
};

beforeAll(() => pulumi.runtime.setMocks({ newResource, call }, "shop", "test"));
beforeEach(() => {
  made.length = 0;
  asked.length = 0;
});
afterAll(async () => {
  const none = { newResource: () => ({ id: "", state: {} }), call: () => ({}) };
  await pulumi.runtime.setMocks(none);
});

const known = <T>(output: pulumi.Output<T>) => new Promise<T>((resolve) => output.apply(resolve));

it("a look-up is answered by the mocks of a unit test, and asks no server", async () => {
  expect(await waldur.getVolume({ nameExact: "data-1" })).toMatchObject({ name: "data-1" });
  expect(await cinder.getVolume({ id: "v" })).toMatchObject({ id: "v" });
  const listed = trilio.getSnapshotsOutput({ workload: pulumi.output("w") });
  expect(await known(listed.snapshots)).toEqual([{ id: "s" }]);
  expect(asked.map(({ token, inputs }) => [token, inputs])).toEqual([
    ["openstack-snapshots:waldur:getVolume", { nameExact: "data-1" }],
    ["openstack-snapshots:cinder:getVolume", { id: "v" }],
    ["openstack-snapshots:trilio:getSnapshots", { workload: "w" }],
  ]);
});

it("resources are made by them, one after the other, components and explicit providers too", async () => {
  const provider = new Provider("site-b", { waldurApiUrl: "https://portal.example.com/api/" });
  class Site extends pulumi.ComponentResource {
    readonly copy: waldur.SnapshotRestoration;
    constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
      super("shop:Site", name, {}, opts);
      const snapshot = new waldur.Snapshot(`${name}-snapshot`, { volumeId: "v" }, { parent: this });
      this.copy = new waldur.SnapshotRestoration(
        `${name}-copy`,
        { snapshotId: snapshot.id },
        { parent: this },
      );
    }
  }
  const copies = [new Site("near"), new Site("far", { providers: [provider] })].map(({ copy }) => copy);
  expect(await known(pulumi.all(copies.map(({ id }) => id)))).toEqual(["near-copy-id", "far-copy-id"]);
  expect(await known(pulumi.all(copies.map(({ snapshot }) => snapshot)))).toEqual([
    "near-snapshot-id",
    "far-snapshot-id",
  ]);
  expect(made.map(({ type, name }) => [name, type])).toEqual(
    expect.arrayContaining([
      ["near-copy", "pulumi-nodejs:dynamic/openstack-snapshots/waldur:SnapshotRestoration"],
      ["far-copy", "openstack-snapshots:waldur:SnapshotRestoration"],
    ]),
  );
});
