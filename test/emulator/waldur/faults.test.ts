import { fetch as undiciFetch } from "undici";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Clock, type FaultAction, startWaldur } from "../../../emulator/index";
import { Bench } from "../support/client";

const create = "POST /api/openstack-volumes/{uuid}/snapshot/";
let bench: Bench;

beforeEach(async () => {
  bench = await Bench.start();
});

afterEach(() => bench.close());

/** Puts a rule on the creation of snapshots. */
function onCreate(action: FaultAction) {
  return bench.emulator.faults.add({ route: create, action });
}

describe("a fault that answers", () => {
  test.each([
    [429, { detail: "Request was throttled." }, { "Retry-After": "3" }],
    [401, { detail: "Invalid token." }, { "WWW-Authenticate": "Token" }],
    [403, { detail: "No." }, {}],
    [404, { detail: "No Snapshot matches the given query." }, {}],
  ])("%i, with body and headers, and nothing is handled", async (status, body, headers) => {
    const before = bench.emulator.world.snapshots.size;
    const fault = onCreate({ kind: "answer", status, body, headers });
    const answer = await bench.snapshot("x");
    expect([answer.status, answer.body]).toEqual([status, body]);
    for (const [name, value] of Object.entries(headers)) expect(answer.headers.get(name)).toBe(value);
    expect(bench.emulator.world.snapshots.size).toBe(before);
    expect([fault.hits, fault.remaining]).toEqual([1, 0]);
    expect((await bench.snapshot("x")).status).toBe(201);
  });

  test.each([500, 502, 503, 504])("%i as the page of a proxy", async (status) => {
    onCreate({ kind: "answer", status });
    const answer = await bench.snapshot("x");
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toContain("text/html");
    expect(answer.text).toContain("nginx");
  });
});

describe("a fault of the connection", () => {
  test("drops it before anything is handled", async () => {
    const before = bench.emulator.world.snapshots.size;
    onCreate({ kind: "drop" });
    await expect(bench.snapshot("x")).rejects.toThrow();
    expect(bench.emulator.world.snapshots.size).toBe(before);
    expect(bench.emulator.requests.at(-1)).toMatchObject({ route: create, status: 0, fault: "drop" });
  });

  test("drops the answer, and the snapshot is there all the same", async () => {
    onCreate({ kind: "dropAnswer" });
    const url = bench.emulator.link("openstack-volumes", bench.emulator.uuid("volumes", "data-1"));
    const headers = {
      Authorization: `Token ${bench.emulator.tokens.owner}`,
      "Content-Type": "application/json",
    };
    const sent = undiciFetch(`${url}snapshot/`, { method: "POST", headers, body: '{"name":"committed"}' });
    await expect(sent).rejects.toThrow();
    expect(bench.emulator.world.snapshotsNamed("committed")).toHaveLength(1);
    bench.clock.advanceSeconds(13);
    expect((await bench.get("openstack-snapshots/?name_exact=committed&field=state")).body).toEqual([
      { state: "OK" },
    ]);
  });

  test("delays the answer", async () => {
    const slept: number[] = [];
    const clock: Clock = { now: () => 0, sleep: async (ms) => void slept.push(ms) };
    const emulator = await startWaldur({ clock });
    emulator.faults.add({ method: "GET", path: /\/configuration\/$/, action: { kind: "delay", ms: 1500 } });
    expect((await fetch(`${emulator.url}/api/configuration/`)).status).toBe(200);
    expect(slept).toEqual([1500]);
    await emulator.close();
  });

  test.each(["truncated", "invalid"] as const)("garbles the JSON: %s", async (how) => {
    onCreate({ kind: "garble", how });
    const answer = await bench.snapshot("garbled");
    expect(answer.status).toBe(201);
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(() => JSON.parse(answer.text)).toThrow();
    expect(bench.emulator.world.snapshotsNamed("garbled")).toHaveLength(1);
  });
});

describe("a fault of the object", () => {
  test("hides what was just created from the next reads", async () => {
    onCreate({ kind: "missing", reads: 2 });
    const { body } = await bench.snapshot("hidden");
    const statuses = [];
    for (let i = 0; i < 3; i += 1)
      statuses.push((await bench.get(`openstack-snapshots/${body.uuid}/`)).status);
    expect(statuses).toEqual([404, 404, 200]);
  });

  test("leaves it pending for ever", async () => {
    onCreate({ kind: "stuck" });
    const { body } = await bench.snapshot("stuck");
    bench.clock.advanceSeconds(100_000);
    expect((await bench.read(body)).state).toBe("Creation Scheduled");
  });

  test("lets it fail with a message, and deleting it then works", async () => {
    onCreate({ kind: "fail", message: "the cloud is full" });
    const { body } = await bench.snapshot("failing");
    bench.clock.advanceSeconds(13);
    expect(await bench.read(body)).toMatchObject({ state: "Erred", error_message: "the cloud is full" });
    await bench.call("DELETE", `openstack-snapshots/${body.uuid}/`);
    bench.clock.advanceSeconds(8);
    expect((await bench.get(`openstack-snapshots/${body.uuid}/`)).status).toBe(404);
  });

  test("makes it slow", async () => {
    onCreate({ kind: "slow", factor: 3 });
    const { body } = await bench.snapshot("slow");
    bench.clock.advanceSeconds(35);
    expect((await bench.read(body)).state).toBe("Creating");
    bench.clock.advanceSeconds(2);
    expect((await bench.read(body)).state).toBe("OK");
  });

  test("shows a state that no client knows, for a while", async () => {
    onCreate({ kind: "unknownState", state: "Pondering", seconds: 5 });
    const { body } = await bench.snapshot("odd");
    expect(body.state).toBe("Pondering");
    bench.clock.advanceSeconds(4);
    expect((await bench.read(body)).state).toBe("Pondering");
    bench.clock.advanceSeconds(2);
    expect((await bench.read(body)).state).toBe("Creating");
    bench.clock.advanceSeconds(8);
    expect((await bench.read(body)).state).toBe("OK");
  });

  test("of an order: its volume gets stuck, fails or is slow, and the order with it", async () => {
    const route = "POST /api/marketplace-orders/";
    const { faults, world } = bench.emulator;
    faults.add({ route, action: { kind: "fail", message: "no host" } });
    faults.add({ route, action: { kind: "stuck" } });
    faults.add({ route, action: { kind: "slow", factor: 2 } });
    const orders = [];
    for (const name of ["a", "b", "c"]) orders.push((await bench.order({ name, size: 1024 })).body);
    bench.clock.advanceSeconds(34);
    const states = [];
    for (const order of orders) states.push((await bench.read(order)).state);
    expect(states).toEqual(["erred", "executing", "executing"]);
    expect(await bench.read(orders[0])).toMatchObject({ error_message: "no host" });
    expect(world.volumesNamed("b")[0]?.state).toBe("Creation Scheduled");
    bench.clock.advanceSeconds(34);
    expect((await bench.read(orders[2])).state).toBe("done");
    expect(faults.remaining).toBe(0);
  });

  test("of a deletion, a restore and a termination", async () => {
    const { faults } = bench.emulator;
    const snapshot = await bench.settledSnapshot("s");
    faults.add({
      route: "POST /api/openstack-snapshots/{uuid}/restore/",
      action: { kind: "fail", message: "" },
    });
    const { body: volume } = await bench.post(`openstack-snapshots/${snapshot.uuid}/restore/`, { name: "r" });
    bench.clock.advanceSeconds(33);
    expect(await bench.read(volume)).toMatchObject({ state: "Erred", error_message: "" });
    faults.add({ method: "DELETE", action: { kind: "stuck" } });
    await bench.call("DELETE", `openstack-snapshots/${snapshot.uuid}/`);
    bench.clock.advanceSeconds(600);
    expect((await bench.read(snapshot)).state).toBe("Deletion Scheduled");
    const resource = `marketplace-resources/${volume.marketplace_resource_uuid}/`;
    faults.add({ path: /terminate/, action: { kind: "fail", message: "in use" } });
    const { body: terminated } = await bench.post(`${resource}terminate/`);
    bench.clock.advanceSeconds(9);
    expect((await bench.get(`marketplace-orders/${terminated.order_uuid}/`)).body.state).toBe("erred");
    expect((await bench.get(`${resource}?field=state`)).body.state).toBe("OK");
  });
});

describe("rules", () => {
  test("match by method, path, query and body, after some requests, so many times", async () => {
    const { faults } = bench.emulator;
    const fault = faults.add({
      method: ["POST", "PUT"],
      path: /\/snapshot\/$/,
      body: (body) => (body as { name?: string }).name === "wanted",
      after: 1,
      times: 2,
      action: { kind: "answer", status: 503 },
    });
    const statuses = [];
    for (const name of ["other", "wanted", "wanted", "other", "wanted", "wanted"]) {
      statuses.push((await bench.snapshot(name)).status);
    }
    expect(statuses).toEqual([201, 201, 503, 201, 503, 201]);
    expect([fault.hits, fault.remaining, faults.remaining]).toEqual([2, 0, 0]);
    const listing = faults.add({
      route: "/api/openstack-snapshots/",
      query: (query) => query.get("page") === "2",
      times: Infinity,
      action: { kind: "answer", status: 502 },
    });
    expect((await bench.get("openstack-snapshots/?page_size=2")).status).toBe(200);
    expect((await bench.get("openstack-snapshots/?page_size=2&page=2")).status).toBe(502);
    listing.remove();
    expect((await bench.get("openstack-snapshots/?page_size=2&page=2")).status).toBe(200);
  });

  test("of several the first added hits; clear takes all out", async () => {
    const { faults } = bench.emulator;
    faults.add({ method: "GET", action: { kind: "answer", status: 500 } });
    faults.add({ method: "GET", times: 5, action: { kind: "answer", status: 502 } });
    expect((await bench.get("users/me/")).status).toBe(500);
    expect((await bench.get("users/me/")).status).toBe(502);
    expect(faults.remaining).toBe(4);
    faults.clear();
    expect((await bench.get("users/me/")).status).toBe(200);
  });
});
