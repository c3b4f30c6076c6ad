import { fetch as undiciFetch } from "undici";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { TrilioFaultAction } from "../../../emulator/index";
import { TrilioBench } from "./support/bench";

const create = "POST /v1/{tenant}/snapshots/{snapshotId}";
const show = "GET /v1/{tenant}/restores/{id}";
const cancel = "GET /v1/{tenant}/restores/{id}/cancel";
let bench: TrilioBench;

beforeEach(async () => {
  bench = await TrilioBench.start();
});

afterEach(async () => {
  expect(bench.emulator.faults.remaining).toBe(0);
  await bench.close();
});

function on(route: string, action: TrilioFaultAction, times = 1) {
  return bench.emulator.faults.add({ route, action, times });
}

describe("a fault of a create", () => {
  test("lets the restore end in error, with message and warning", async () => {
    on(create, {
      kind: "fail",
      message: "Failed restoring snapshot: no host",
      warning: "2 of 3 hosts are full",
    });
    const created = await bench.restore();
    expect(created.status).toBe(202);
    bench.clock.advanceSeconds(475);
    expect((await bench.shown(created)).status).toBe("restoring");
    bench.clock.advanceSeconds(1);
    expect(await bench.shown(created)).toMatchObject({
      status: "error",
      progress_percent: 100,
      error_msg: "Failed restoring snapshot: no host",
      warning_msg: "2 of 3 hosts are full",
      finished_at: "2026-01-01T00:07:56.000000",
    });
    expect((await bench.snapshot("API taken 2")).status).toBe("available");
  });

  test("drops the connection after the restore was started, and before", async () => {
    const { emulator } = bench;
    const send = () =>
      undiciFetch(`${emulator.url}/snapshots/${bench.snapshotId("before upgrade")}`, {
        method: "POST",
        headers: { "X-Auth-Token": emulator.token(), "Content-Type": "application/json" },
        body: JSON.stringify({
          restore: {
            name: "lost",
            options: { type: "openstack", restore_type: "oneclick", openstack: {} },
          },
        }),
      });
    on(create, { kind: "drop" });
    await expect(send()).rejects.toThrow();
    expect(emulator.world.restoresNamed("lost")).toHaveLength(0);
    on(create, { kind: "dropAnswer" });
    await expect(send()).rejects.toThrow();
    expect(emulator.world.restoresNamed("lost")).toHaveLength(1);
    expect(emulator.writes.map(({ status, fault }) => [status, fault])).toEqual([
      [0, "drop"],
      [0, "dropAnswer"],
    ]);
    const found = await bench.list(`/restores/detail?snapshot_id=${bench.snapshotId("before upgrade")}`);
    expect(found.map(({ name }) => name)).toEqual(["lost"]);
  });

  test("finds the snapshot gone, as after retention", async () => {
    on(create, { kind: "snapshotGone" });
    expect((await bench.restore()).status).toBe(404);
    expect((await bench.get(`/snapshots/${bench.snapshotId("API taken 2")}`)).status).toBe(404);
    const kept = await bench.get(`/restores/${bench.emulator.id("restores", "finished")}`);
    expect(kept.body.restore).toMatchObject({ status: "available", snapshot_details: { deleted: true } });
  });

  test("makes it slow, stuck, invisible for a while or of a status that nobody knows", async () => {
    on(create, { kind: "slow", factor: 2 });
    const slow = await bench.restore();
    expect((await bench.ended(slow)).status).toBe("restoring");
    expect((await bench.ended(slow)).status).toBe("available");

    on(create, { kind: "missing", reads: 2 });
    const unseen = await bench.restore();
    const listed = async () => (await bench.list("/restores")).map(({ id }) => id);
    expect(await listed()).not.toContain(unseen.body.restore.id);
    const path = `/restores/${unseen.body.restore.id}`;
    const statuses = [await bench.get(path), await bench.get(path), await bench.get(path)];
    expect(statuses.map(({ status }) => status)).toEqual([404, 404, 200]);
    expect(await listed()).toContain(unseen.body.restore.id);
    await bench.ended(unseen);

    on(create, { kind: "unknownStatus", status: "uploading-metadata", seconds: 30 });
    const odd = await bench.restore();
    expect(odd.body.restore.status).toBe("uploading-metadata");
    bench.clock.advanceSeconds(31);
    expect((await bench.shown(odd)).status).toBe("restoring");
    expect((await bench.ended(odd)).status).toBe("available");

    on(create, { kind: "stuck" });
    const stuck = await bench.restore();
    bench.clock.advanceSeconds(100_000);
    expect(await bench.shown(stuck)).toMatchObject({ status: "restoring", progress_percent: 99 });
  });
});

describe("a fault of a poll", () => {
  test("answers 401 once, 500 and 503 as Trilio would or as a proxy's page", async () => {
    const created = await bench.restore();
    const path = `/restores/${created.body.restore.id}`;
    on(show, { kind: "answer", status: 401, headers: { "WWW-Authenticate": 'Keystone uri="x"' }, body: {} });
    expect((await bench.get(path)).status).toBe(401);
    on(show, { kind: "answer", status: 500, body: { computeFault: { code: 500, message: "oops" } } });
    const fault = await bench.get(path);
    expect([fault.status, fault.body.computeFault.message]).toEqual([500, "oops"]);
    on(show, { kind: "answer", status: 503, headers: { "Retry-After": "2" } });
    const page = await bench.get(path);
    expect([page.status, page.headers.get("retry-after"), page.body]).toEqual([503, "2", null]);
    expect(page.headers.get("content-type")).toBe("text/html");
    expect(page.headers.has("x-compute-request-id")).toBe(false);
    expect(page.text).toContain("<html>");
    on(show, { kind: "garble", how: "truncated" });
    expect((await bench.get(path)).body).toBeNull();
    expect((await bench.get(path)).status).toBe(200);
  });

  test("leaves fields out, of one object and of those in a list", async () => {
    on(show, { kind: "without", fields: ["metadata", "instances"] });
    const { body } = await bench.get(`/restores/${bench.emulator.id("restores", "finished")}`);
    expect(body.restore).toMatchObject({ status: "available" });
    expect(Object.keys(body.restore)).not.toContain("metadata");
    expect(Object.keys(body.restore)).not.toContain("instances");
    on("GET /v1/{tenant}/restores/detail", { kind: "without", fields: ["metadata"] });
    const listed = await bench.list("/restores/detail");
    expect(listed.map((restore) => "metadata" in restore)).toEqual([false, false]);
  });

  test("tokens that are revoked or past their time are a 401 until there is a new one", async () => {
    for (const end of ["revokeTokens", "expireTokens"] as const) {
      const token = bench.emulator.token();
      expect((await bench.get("/restores", { token })).status).toBe(200);
      bench.emulator.keystone[end]();
      expect((await bench.get("/restores", { token })).status).toBe(401);
      expect((await bench.get("/restores")).status).toBe(200);
    }
    const token = bench.emulator.token();
    bench.clock.advanceSeconds(3601);
    expect((await bench.get("/restores", { token })).status).toBe(401);
  });
});

describe("a fault of a cancel or delete", () => {
  test("a cancel that comes too late: the restore ends available", async () => {
    const created = await bench.restore();
    on(cancel, { kind: "cancelTooLate" });
    expect((await bench.cancel(created)).status).toBe(200);
    expect((await bench.ended(created)).status).toBe("available");
  });

  test("a slow cancel, and one that never ends", async () => {
    const slow = await bench.restore();
    on(cancel, { kind: "slow", factor: 10 });
    await bench.cancel(slow);
    bench.clock.advanceSeconds(199);
    expect((await bench.shown(slow)).status).toBe("restoring");
    bench.clock.advanceSeconds(1);
    expect((await bench.shown(slow)).status).toBe("cancelled");

    const stuck = await bench.restore();
    on(cancel, { kind: "stuck" });
    await bench.cancel(stuck);
    bench.clock.advanceSeconds(100_000);
    expect((await bench.shown(stuck)).status).toBe("restoring");
  });

  test("a record that is gone only some time after its deletion was answered", async () => {
    const path = `/restores/${bench.emulator.id("restores", "failed")}`;
    on("DELETE /v1/{tenant}/restores/{id}", { kind: "slowDelete", seconds: 5 });
    expect((await bench.call("DELETE", path)).status).toBe(200);
    expect((await bench.get(path)).body.restore.status).toBe("deleting");
    bench.clock.advanceSeconds(5);
    expect((await bench.get(path)).status).toBe(404);
  });
});
