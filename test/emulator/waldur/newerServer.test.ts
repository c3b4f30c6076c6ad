import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Bench } from "../support/client";

describe("a server of 2026", () => {
  let bench: Bench;

  beforeAll(async () => {
    bench = await Bench.start({ generation: "2026" });
  });

  afterAll(() => bench.close());

  test("spells states in capitals, in objects and in the filter", async () => {
    const all = await bench.get("openstack-snapshots/?field=name&field=state");
    expect(all.body.map((row: { state: string }) => row.state)).toEqual([
      "OK",
      "ERRED",
      "OK",
      "OK",
      "OK",
      "CREATING",
    ]);
    const erred = await bench.get("openstack-snapshots/?field=name&state=ERRED");
    expect(erred.body).toEqual([{ name: "erred-snap" }]);
    const old = await bench.get("openstack-snapshots/?state=Erred");
    expect(old.status).toBe(400);
    expect(old.body.state[0]).toContain("Erred is not one of the available choices");
  });

  test("creates through CREATION_SCHEDULED and CREATING", async () => {
    const { status, body } = await bench.snapshot("modern");
    expect([status, body.state]).toEqual([201, "CREATION_SCHEDULED"]);
    bench.clock.advanceSeconds(3);
    expect((await bench.read(body)).state).toBe("CREATING");
    bench.clock.advanceSeconds(10);
    expect(await bench.read(body)).toMatchObject({ state: "OK", runtime_state: "available" });
  });

  test("has the newer fields and none of the schedule", async () => {
    const snapshot = (
      await bench.get(`openstack-snapshots/${bench.emulator.uuid("snapshots", "scheduled-snap")}/`)
    ).body;
    expect(snapshot).toMatchObject({ backups: [], marketplace_offering_type: null });
    expect(snapshot.customer_uuid).toBe(bench.emulator.ids.customer);
    expect(Object.keys(snapshot).filter((key) => key.startsWith("snapshot_schedule"))).toEqual([]);
    const volume = (await bench.get(`openstack-volumes/${bench.emulator.uuid("volumes", "data-1")}/`)).body;
    expect(volume).toMatchObject({ extend_enabled: true, marketplace_offering_type: "OpenStack.Volume" });
  });

  test("ignores the filter that is gone", async () => {
    const rows = await bench.get("openstack-snapshots/?field=name&snapshot_schedule_uuid=nonsense");
    expect(rows.status).toBe(200);
  });

  test("restores with 200 and shows the description of a restoration", async () => {
    const snapshot = await bench.settledSnapshot("to-restore");
    const restored = await bench.post(`openstack-snapshots/${snapshot.uuid}/restore/`, {
      name: "r",
      description: "d",
    });
    expect(restored.status).toBe(200);
    expect(restored.body).toMatchObject({ name: "r", state: "CREATION_SCHEDULED", size: 10240 });
    const { body } = await bench.get(`openstack-snapshots/${snapshot.uuid}/restorations/`);
    expect(body).toMatchObject([
      { description: "d", volume: restored.body.url, volume_state: "CREATION_SCHEDULED" },
    ]);
  });

  test("pulls a snapshot with 202 and without a body, and it stays OK", async () => {
    const snapshot = await bench.settledSnapshot("to-pull", { metadata: { class: "gold" } });
    const pulled = await bench.post(`openstack-snapshots/${snapshot.uuid}/pull/`);
    expect([pulled.status, pulled.text]).toEqual([202, ""]);
    expect(await bench.read(snapshot)).toMatchObject({ state: "UPDATE_SCHEDULED", action: "Pull" });
    bench.clock.advanceSeconds(4);
    expect(await bench.read(snapshot)).toMatchObject({ state: "OK", action: "", metadata: {} });
  });

  test("deletes with 204 and without a body", async () => {
    const snapshot = await bench.settledSnapshot("to-delete");
    const deleted = await bench.call("DELETE", `openstack-snapshots/${snapshot.uuid}/`);
    expect([deleted.status, deleted.text]).toEqual([204, ""]);
    expect((await bench.read(snapshot)).state).toBe("DELETION_SCHEDULED");
    bench.clock.advanceSeconds(8);
    expect((await bench.get(`openstack-snapshots/${snapshot.uuid}/`)).status).toBe(404);
  });

  test("unlinks with 204, staff only", async () => {
    const { body } = await bench.snapshot("to-unlink");
    expect((await bench.post(`openstack-snapshots/${body.uuid}/unlink/`)).status).toBe(403);
    const unlinked = await bench.post(`openstack-snapshots/${body.uuid}/unlink/`, {}, "staff");
    expect([unlinked.status, unlinked.text]).toEqual([204, ""]);
  });

  test("answers actions on volumes with an empty 200", async () => {
    const volume = bench.emulator.uuid("volumes", "data-2");
    const extended = await bench.post(`openstack-volumes/${volume}/extend/`, { disk_size: 20480 });
    expect([extended.status, extended.text]).toEqual([200, ""]);
    const shown = await bench.get(`openstack-volumes/${volume}/?field=size&field=state&field=action`);
    expect(shown.body).toEqual({ size: 20480, state: "UPDATE_SCHEDULED", action: "Extend" });
  });
});

test("a server with other answers where servers differ", async () => {
  const bench = await Bench.start({
    generation: "2026",
    answers: {
      pull: { status: 200 },
      unlink: { status: 200 },
      deleteSnapshot: { status: 202 },
      restoreStatus: 201,
    },
  });
  const snapshot = await bench.settledSnapshot("s");
  const path = `openstack-snapshots/${snapshot.uuid}/`;
  const statuses = [
    (await bench.post(`${path}restore/`, { name: "r" })).status,
    (await bench.post(`${path}pull/`)).status,
  ];
  bench.clock.advanceSeconds(4);
  statuses.push(
    (await bench.call("DELETE", path)).status,
    (await bench.post(`${path}unlink/`, {}, "staff")).status,
  );
  expect(statuses).toEqual([201, 200, 202, 200]);
  await bench.close();
});
