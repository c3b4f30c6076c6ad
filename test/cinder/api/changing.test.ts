import { beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { Tenant } from "../service/tenant";
import { look, makeSnapshot, makeVolume, type Shown } from "../support/objects";

let tenant: Tenant;
let volume: Shown;
/** Of a snapshot that each test has for itself. */
let path: string;
const absent = "/snapshots/11111111-2222-4333-8444-555555555555";

beforeAll(async () => {
  tenant = await Tenant.create(inject("cloud"));
  volume = await makeVolume(tenant.api);
});

beforeEach(async () => {
  const { id } = await makeSnapshot(tenant.api, volume.id, { name: "n", metadata: { one: "1", two: "2" } });
  path = `/snapshots/${id}`;
});

const send = (method: string, below: string, body?: unknown) =>
  tenant.api.send(method, path + below, body === undefined ? {} : { body });
const metadata = async () => (await tenant.api.ok("GET", `${path}/metadata`)).metadata;

describe("Update a snapshot", () => {
  it("answers 200 with the snapshot; null clears", async () => {
    const { status, body } = await send("PUT", "", { snapshot: { name: "new", description: "d" } });
    expect(status).toBe(200);
    expect(body.snapshot).toMatchObject({ id: path.slice(11), name: "new", description: "d", size: 1 });
    await send("PUT", "", { snapshot: { name: null, description: null } });
    expect(await look(tenant.api, "snapshot", path.slice(11))).toMatchObject({
      name: null,
      description: null,
    });
  });

  it("refuses nothing at all, metadata, and what is too long; a 404 for what is not there", async () => {
    for (const snapshot of [{}, { metadata: { a: "b" } }, { banana: 1 }, { name: "n".repeat(256) }]) {
      expect((await send("PUT", "", { snapshot })).status, JSON.stringify(snapshot)).toBe(400);
    }
    const body = { snapshot: { name: "n" } };
    expect((await tenant.api.send("PUT", absent, { body })).status).toBe(404);
  });
});

describe("Show a snapshot's metadata", () => {
  it("answers 200 with all of them", async () => {
    expect(await send("GET", "/metadata")).toMatchObject({
      status: 200,
      body: { metadata: { one: "1", two: "2" } },
    });
    expect((await tenant.api.send("GET", `${absent}/metadata`)).status).toBe(404);
  });
});

describe("Create a snapshot's metadata", () => {
  it("answers 200, replaces what matches and leaves the others alone", async () => {
    const answer = await send("POST", "/metadata", { metadata: { two: "new", three: "3" } });
    expect(answer).toMatchObject({ status: 200, body: { metadata: { one: "1", two: "new", three: "3" } } });
    expect(await metadata()).toEqual({ one: "1", two: "new", three: "3" });
  });

  it("takes no slash in a key, though creating a snapshot does", async () => {
    expect((await send("POST", "/metadata", { metadata: { "a/b": "1" } })).status).toBe(400);
    expect((await makeSnapshot(tenant.api, volume.id, { metadata: { "a/b": "1" } })).metadata).toEqual({
      "a/b": "1",
    });
  });
});

describe("Update a snapshot's metadata", () => {
  it("answers 200 and replaces all of them", async () => {
    const answer = await send("PUT", "/metadata", { metadata: { only: "1" } });
    expect(answer).toMatchObject({ status: 200, body: { metadata: { only: "1" } } });
    expect(await metadata()).toEqual({ only: "1" });
  });
});

describe("Show a snapshot's metadata for a specific key", () => {
  it("answers 200 below /snapshots/; the page's /snapshot/ is no route", async () => {
    expect(await send("GET", "/metadata/one")).toMatchObject({ status: 200, body: { meta: { one: "1" } } });
    const asOnThePage = await tenant.api.send(
      "GET",
      `${path.replace("/snapshots/", "/snapshot/")}/metadata/one`,
    );
    expect(asOnThePage.status).toBe(404);
    expect(asOnThePage.body.itemNotFound).toBeUndefined();
    expect((await send("GET", "/metadata/absent")).status).toBe(404);
  });
});

describe("Update a snapshot's metadata for a specific key", () => {
  it("answers 200, for a new key too, and leaves the others alone", async () => {
    const answer = await send("PUT", "/metadata/one", { meta: { one: "new" } });
    expect(answer).toMatchObject({ status: 200, body: { meta: { one: "new" } } });
    await send("PUT", "/metadata/three", { meta: { three: "3" } });
    expect(await metadata()).toEqual({ one: "new", two: "2", three: "3" });
  });

  it("refuses a key that is not that of the path, and more than one", async () => {
    for (const body of [
      { meta: { other: "1" } },
      { meta: { one: "1", other: "2" } },
      { metadata: { one: "1" } },
    ]) {
      expect((await send("PUT", "/metadata/one", body)).status, JSON.stringify(body)).toBe(400);
    }
  });
});

describe("Delete a snapshot's metadata", () => {
  it("answers 200 and takes this key alone; 404 where there is none", async () => {
    expect((await send("DELETE", "/metadata/one")).status).toBe(200);
    expect(await metadata()).toEqual({ two: "2" });
    expect((await send("DELETE", "/metadata/one")).status).toBe(404);
  });
});
