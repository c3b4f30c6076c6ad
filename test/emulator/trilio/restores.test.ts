import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startTrilio } from "../../../emulator/index";
import type { Body } from "../support/client";
import { cirros1, databases, sample, TrilioBench } from "./support/bench";

let bench: TrilioBench;

beforeEach(async () => {
  bench = await TrilioBench.start();
});

afterEach(() => bench.close());

describe("a restore", () => {
  test("shows progress, holds its snapshot, and brings the included instances under new ids", async () => {
    const created = await bench.restoreSelected();
    expect((await bench.snapshot("API taken 2")).status).toBe("restoring");
    const percents: number[] = [];
    for (let step = 0; step < 5; step++) {
      bench.clock.advanceSeconds(100);
      const { status, progress_percent, finished_at } = await bench.shown(created);
      expect([status, finished_at]).toEqual(["restoring", null]);
      percents.push(progress_percent);
    }
    expect(percents).toEqual([17, 34, 51, 68, 86]);
    const { status, instances } = await bench.ended(created);
    expect(status).toBe("available");
    expect(instances).toEqual([
      {
        id: expect.any(String),
        name: "cirros-1-selective",
        status: "available",
        metadata: { config_drive: "", instance_id: cirros1.id, production: "1" },
      },
    ]);
    expect(instances[0].id).not.toBe(cirros1.id);
    expect((await bench.snapshot("API taken 2")).status).toBe("available");
  });

  test("one-click brings all back; once they exist, a second one of the live ones fails", async () => {
    const { instances } = await bench.ended(await bench.restore());
    expect(instances.map((instance: Body) => instance.name)).toEqual(["cirros-2", "cirros-1"]);
    const onLive = await bench.restore(sample("oneclick"), "before upgrade");
    expect(await bench.ended(onLive)).toMatchObject({
      status: "error",
      error_msg: `Failed restoring snapshot: Error creating instance ${databases[0].id}`,
    });
  });

  test("in-place overwrites the volumes whose flag is true, and only when it is over", async () => {
    const created = await bench.restoreInPlace((instances) => {
      instances[0].vdisks[0].restore_cinder_volume = false;
    });
    const { overwrittenVolumes } = bench.emulator.world;
    expect(overwrittenVolumes).toEqual([]);
    const { id } = await bench.ended(created);
    expect(overwrittenVolumes).toEqual([{ volumeId: databases[1].volume, restoreId: id }]);
  });

  test("takes keys that are not known, blank names and every form of the address", async () => {
    const body = sample("selective");
    const { ids } = bench.emulator;
    Object.assign(body.restore, { name: " " });
    Object.assign(body.restore.options, { zone: "", restore_options: {}, name: "x" });
    body.restore.options.openstack.instances[0].server_group = "g";
    const path = `/workloads/${ids.workloads.web}/snapshots/${ids.snapshots["API taken 2"]}/restores`;
    const created = await bench.call("POST", path, body);
    expect([created.status, created.body.restore.name]).toEqual([202, " "]);
    expect(created.body.restore.restore_options).toEqual(body.restore.options);
    const shown = await bench.ended(created);
    expect((await bench.get(bench.nested(created))).body.restore).toEqual(shown);
    expect((await bench.get(bench.nested(created, "databases"))).status).toBe(404);
    expect((await bench.call("DELETE", bench.nested(created))).status).toBe(202);
    expect((await bench.get(bench.nested(created))).status).toBe(404);
  });

  test.each([
    ["no JSON", "restore"],
    ["no restore", { snapshot: {} }],
    [
      "an unknown kind",
      { restore: { options: { type: "openstack", restore_type: "one-click", openstack: {} } } },
    ],
    ["no openstack", { restore: { options: { type: "openstack", restore_type: "oneclick" } } }],
  ])("with %s in its body is refused", async (_, body) => {
    const answer = await bench.restore(body);
    expect([answer.status, answer.body.badRequest.code]).toEqual([400, 400]);
    expect(bench.emulator.world.restores.size).toBe(2);
  });

  test("is neither seen nor touched from another project", async () => {
    const { emulator } = bench;
    const user = emulator.keystone.user(emulator.ids.users.member, undefined);
    if (user === undefined) throw new Error("the seed has no member");
    const token = emulator.keystone.issue(user, emulator.ids.otherProject, ["password"]).value;
    const other = emulator.url.replace(emulator.ids.project, emulator.ids.otherProject);
    const at = (path: string) => bench.get(`${other}${path}`, { token });
    expect((await at(`/restores/${emulator.id("restores", "failed")}`)).status).toBe(404);
    expect((await at(`/snapshots/${bench.snapshotId("nightly")}`)).status).toBe(404);
    expect((await at("/restores")).body).toEqual({ restores: [] });
    expect((await at("/snapshots")).body).toEqual({ snapshots: [] });
    expect((await bench.get("/restores", { token })).status).toBe(403);
  });
});

describe("cancel and delete", () => {
  test("a cancel is a request; the end comes later, once, and the snapshot is free again", async () => {
    const created = await bench.restore();
    bench.clock.advanceSeconds(100);
    for (let again = 0; again < 2; again++) {
      const { status, text } = await bench.cancel(created);
      expect([status, text]).toEqual([200, ""]);
    }
    expect((await bench.shown(created)).status).toBe("restoring");
    bench.clock.advanceSeconds(20);
    expect(await bench.shown(created)).toMatchObject({
      status: "cancelled",
      finished_at: "2026-01-01T00:02:00.000000",
      instances: [],
    });
    expect((await bench.ended(created)).status).toBe("cancelled");
    expect((await bench.snapshot("API taken 2")).status).toBe("available");
  });

  test("a cancel counts as a write, though it is a GET; asking for a token does not", async () => {
    const created = await bench.restore();
    await bench.cancel(created);
    await bench.shown(created);
    await bench.call("POST", `${bench.emulator.authUrl}/auth/tokens`, {});
    expect(bench.emulator.writes.map(({ route, actor }) => [route, actor])).toEqual([
      ["POST /v1/{tenant}/snapshots/{snapshotId}", "member"],
      ["GET /v1/{tenant}/restores/{id}/cancel", "member"],
    ]);
    expect(bench.emulator.counts()["GET /v1/{tenant}/restores/{id}/cancel"]).toBe(1);
    bench.emulator.resetRequests();
    expect(bench.emulator.requests).toEqual([]);
  });

  test("a delete takes the record; what was restored stays", async () => {
    const created = await bench.restore();
    expect((await bench.delete(created)).status).toBe(400);
    const { instances, id } = await bench.ended(created);
    expect((await bench.delete(created)).status).toBe(200);
    expect((await bench.delete(created)).status).toBe(404);
    const { restoredInstances, liveInstances } = bench.emulator.world;
    expect(restoredInstances.filter(({ restoreId }) => restoreId === id)).toHaveLength(2);
    for (const instance of instances) expect(liveInstances.has(instance.id)).toBe(true);
  });
});

describe("snapshots and workloads", () => {
  test("a snapshot shows the instances that bodies are made from", async () => {
    const { instances, status } = await bench.snapshot("API taken 2");
    expect(status).toBe("available");
    expect(instances[1]).toMatchObject({
      id: cirros1.id,
      name: "cirros-1",
      flavor: { vcpus: 1, ram: 512, disk: 1 },
      metadata: { availability_zone: "nova" },
      nics: [{ ip_address: "10.10.1.11", network: { name: "internal", subnet: { cidr: "10.10.1.0/24" } } }],
      vdisks: [
        { image_id: expect.any(String) },
        { volume_id: cirros1.volume, volume_type: "iscsi", availability_zone: "nova" },
      ],
    });
  });

  test("snapshots are found by workload, host and date, with the few fields of a list", async () => {
    const workload = bench.emulator.id("workloads", "web");
    const listed = await bench.list(`/snapshots?workload_id=${workload}&host=TVM1&limit=1`);
    expect(listed.map(({ name, status }) => [name, status])).toEqual([
      ["failed nightly", "error"],
      ["API taken 2", "available"],
    ]);
    expect(Object.keys(listed[0]).sort()).toEqual([
      "created_at",
      "description",
      "host",
      "id",
      "name",
      "snapshot_type",
      "status",
      "workload_id",
    ]);
    expect(await bench.list("/snapshots?host=TVM9")).toEqual([]);
    expect(await bench.list("/snapshots?date_to=2020-11-04T13:58:36")).toEqual([]);
  });

  test("the one that is being taken is available some time later", async () => {
    expect((await bench.snapshot("nightly")).status).toBe("executing");
    expect((await bench.restore(sample("inplace"), "nightly")).status).toBe(400);
    bench.clock.advanceSeconds(428);
    expect((await bench.snapshot("nightly")).status).toBe("available");
    expect((await bench.restore(sample("inplace"), "nightly")).status).toBe(202);
  });

  test("workloads have their schedule when shown, not in the list", async () => {
    const listed = await bench.list("/workloads");
    expect(listed.map(({ name, jobschedule }) => [name, jobschedule])).toEqual([
      ["web", undefined],
      ["databases", undefined],
    ]);
    const [web] = await bench.list("/workloads/detail");
    expect(web.jobschedule).toMatchObject({ enabled: true, interval: "24 hr", timezone: "UTC" });
    expect((await bench.get(`/workloads/${web.id}`)).body.workload).toEqual(web);
    expect((await bench.get("/workloads/none")).status).toBe(404);
  });
});

describe("startTrilio", () => {
  test("makes everything faster by `speed`, and takes durations of its own", async () => {
    const { clock } = bench;
    const fast = await startTrilio({ clock, speed: 100, durations: { restore: 300 } });
    const send = async (method: string, path: string, body?: string) => {
      const headers = { "X-Auth-Token": fast.token(), "Content-Type": "application/json" };
      const answer = await fetch(`${fast.url}${path}`, { method, headers, ...(body && { body }) });
      return (await answer.json()) as Body;
    };
    const snapshot = fast.id("snapshots", "API taken 2");
    const { restore } = await send("POST", `/snapshots/${snapshot}`, JSON.stringify(sample("oneclick")));
    clock.advance(2999);
    expect((await send("GET", `/restores/${restore.id}`)).restore.status).toBe("restoring");
    clock.advance(1);
    expect((await send("GET", `/restores/${restore.id}`)).restore.status).toBe("available");
    expect(() => fast.id("snapshots", "none")).toThrow("no snapshots named none");
    await fast.close();
  });

  test("a path that no route has is a 404, also for methods that are not known", async () => {
    expect((await bench.get("/backups")).status).toBe(404);
    expect((await bench.call("PUT", `/restores/${bench.emulator.id("restores", "failed")}`, {})).status).toBe(
      404,
    );
    expect((await bench.call("PATCH", "/restores")).status).toBe(404);
  });
});
