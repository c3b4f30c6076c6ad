import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { recordedSeed } from "../../../emulator/index";
import { Bench } from "../support/client";

let bench: Bench;

beforeEach(async () => {
  bench = await Bench.start();
});

afterEach(() => bench.close());

describe("volume types", () => {
  test("are found by exact name and tenant; hidden ones are not listed", async () => {
    const { ids } = bench.emulator;
    const found = await bench.get(`openstack-volume-types/?name_exact=ssd&tenant_uuid=${ids.tenant}`);
    expect(found.body).toMatchObject([{ uuid: ids.types.ssd, name: "ssd" }]);
    expect(found.headers.get("x-result-count")).toBe("1");
    const all = await bench.get("openstack-volume-types/?field=name");
    expect(all.body).toEqual([{ name: "hdd" }, { name: "ssd" }]);
    expect((await bench.get("openstack-volume-types/?name_exact=SSD")).body).toEqual([]);
    expect((await bench.get("openstack-volume-types/?tenant_uuid=x")).status).toBe(400);
    const tenant = bench.emulator.link("openstack-tenants", ids.tenant);
    expect((await bench.get(`openstack-volume-types/?field=name&tenant=${tenant}`)).body).toHaveLength(2);
  });

  test("are read one by one", async () => {
    const uuid = bench.emulator.uuid("types", "hdd");
    expect((await bench.get(`openstack-volume-types/${uuid}/`)).body.name).toBe("hdd");
    expect((await bench.get(`openstack-volume-types/${"0".repeat(32)}/`)).status).toBe(404);
  });
});

describe("what else a client looks up", () => {
  test("projects, offerings, instances and the user", async () => {
    const { ids } = bench.emulator;
    expect((await bench.get("projects/?field=name")).body).toEqual([{ name: "Backups" }]);
    expect((await bench.get(`projects/${ids.project}/`)).body.customer_name).toBe("Acme");
    expect((await bench.get(`projects/${ids.otherProject}/`)).status).toBe(404);
    expect(
      (await bench.get(`marketplace-public-offerings/${ids.offering}/?field=scope`)).body.scope,
    ).toContain(ids.tenant);
    expect((await bench.get("openstack-instances/?name=active&field=runtime_state")).body).toEqual([
      { runtime_state: "ACTIVE" },
    ]);
    expect((await bench.get("users/me/", "staff")).body).toMatchObject({ username: "staff", is_staff: true });
    expect((await bench.get("version/", "staff")).status).toBe(200);
  });
});

describe("orders", () => {
  test("keep unknown attributes for life, and are found by project, offering, time and name", async () => {
    const { ids } = bench.emulator;
    const mark = { nonce: "abc", run: 1 };
    await bench.order({ name: "older", size: 1024 });
    bench.clock.advanceSeconds(100);
    const since = new Date(bench.clock.now()).toISOString();
    const { body: order } = await bench.order({ name: "newer", size: 1024, pulumi: mark });
    bench.clock.advanceSeconds(40);
    const query = `o=-created&project_uuid=${ids.project}&offering_uuid=${ids.offering}&field=uuid&field=attributes`;
    const found = await bench.get(`marketplace-orders/?${query}&created=${since}`);
    expect(found.body).toEqual([
      { uuid: order.uuid, attributes: { name: "newer", size: 1024, pulumi: mark } },
    ]);
    expect((await bench.get(`marketplace-orders/?${query}`)).body).toHaveLength(2);
    expect((await bench.get("marketplace-orders/?query=older&field=state")).body).toEqual([
      { state: "done" },
    ]);
    const resource = await bench.get(`marketplace-resources/${order.marketplace_resource_uuid}/`);
    expect(resource.body.attributes.pulumi).toEqual(mark);
  });

  test("all wait for a consumer where approval is asked for", async () => {
    await bench.close();
    bench = await Bench.start({ approval: true });
    const { body: order } = await bench.order({ name: "waiting", size: 1024 });
    expect(order.state).toBe("pending-consumer");
    bench.clock.advanceSeconds(500);
    expect((await bench.read(order)).state).toBe("pending-consumer");
    expect((await bench.post(`marketplace-orders/${order.uuid}/approve_by_consumer/`)).status).toBe(200);
    bench.clock.advanceSeconds(33);
    expect((await bench.read(order)).state).toBe("done");
  });
});

describe("behind the back of a client", () => {
  test("what a test changes in the world is what the API shows", async () => {
    const { world } = bench.emulator;
    const snapshot = await bench.settledSnapshot("mine");
    const row = world.snapshots.get(snapshot.uuid);
    if (row !== undefined) row.name = "renamed by somebody";
    expect((await bench.read(snapshot)).name).toBe("renamed by somebody");
    world.dropSnapshot(snapshot.uuid);
    expect((await bench.get(`openstack-snapshots/${snapshot.uuid}/`)).status).toBe(404);
    world.dropVolume(bench.emulator.uuid("volumes", "data-1"));
    expect((await bench.get("openstack-snapshots/?name=seed")).body).toEqual([]);
  });

  test("another seed gives another world", async () => {
    await bench.close();
    const seed = recordedSeed();
    const [project] = seed.projects;
    if (project !== undefined)
      Object.assign(project, { volumes: [{ name: "only", size: 2048 }], snapshots: [] });
    bench = await Bench.start({ seed });
    expect((await bench.get("openstack-volumes/?field=name&field=size")).body).toEqual([
      { name: "only", size: 2048 },
    ]);
  });
});

describe("the log of requests", () => {
  test("has route, query, body, status and time, counts by route and tells writes apart", async () => {
    const { emulator, clock } = bench;
    await bench.get("openstack-snapshots/?name=seed");
    const { body } = await bench.snapshot("logged");
    await bench.read(body);
    await bench.get("nowhere/");
    expect(emulator.counts()).toEqual({
      "GET /api/openstack-snapshots/": 1,
      "POST /api/openstack-volumes/{uuid}/snapshot/": 1,
      "GET /api/openstack-snapshots/{uuid}/": 1,
      "GET /api/nowhere/": 1,
    });
    expect(emulator.requests.map(({ status }) => status)).toEqual([200, 201, 200, 404]);
    expect(emulator.requests[0]?.query.get("name")).toBe("seed");
    expect(emulator.writes).toMatchObject([{ body: { name: "logged" }, actor: "owner", time: clock.now() }]);
    emulator.resetRequests();
    expect([emulator.requests, emulator.writes, emulator.counts()]).toEqual([[], [], {}]);
  });
});
