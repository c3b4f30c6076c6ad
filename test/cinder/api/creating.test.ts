import { beforeAll, describe, expect, inject, it } from "vitest";
import { Tenant } from "../service/tenant";
import {
  attach,
  look,
  makeSnapshot,
  makeVolume,
  messagesOf,
  newest,
  resetStatus,
  type Shown,
  startSnapshot,
  untilSettled,
} from "../support/objects";

let tenant: Tenant;
let volume: Shown;

beforeAll(async () => {
  tenant = await Tenant.create(inject("cloud"));
  volume = await makeVolume(tenant.api);
});

const create = (snapshot: Record<string, unknown>, version = newest) =>
  tenant.api.send("POST", "/snapshots", { body: { snapshot }, version });

describe("Create a snapshot", () => {
  it("answers 202 with the snapshot, which is available a little later", async () => {
    const { status, headers, body } = await create({
      volume_id: volume.id,
      name: "nightly",
      description: "of the page",
      metadata: { key: "v3" },
    });
    expect(status).toBe(202);
    expect(headers.get("x-openstack-request-id")).toMatch(/^req-/);
    expect(body.snapshot).toMatchObject({
      status: "creating",
      name: "nightly",
      description: "of the page",
      volume_id: volume.id,
      user_id: tenant.user.id,
      metadata: { key: "v3" },
      size: 1,
      updated_at: null,
    });
    expect(await untilSettled(tenant.api, "snapshot", body.snapshot.id)).toMatchObject({
      status: "available",
    });
  });

  it("refuses what is wrong with a 400, and an unknown volume with a 404", async () => {
    const wrong: Record<string, unknown>[] = [
      {},
      { volume_id: "banana" },
      { volume_id: volume.id, banana: 1 },
      { volume_id: volume.id, name: 1 },
      { volume_id: volume.id, name: "n".repeat(256) },
      { volume_id: volume.id, metadata: { key: "v".repeat(256) } },
      { volume_id: volume.id, metadata: { key: 1 } },
      { volume_id: volume.id, metadata: { "": "v" } },
    ];
    for (const body of wrong) expect((await create(body)).status, JSON.stringify(body)).toBe(400);
    expect((await create({ volume_id: "11111111-2222-4333-8444-555555555555" })).status).toBe(404);
  });

  it("trims name and description, and takes null for them", async () => {
    expect(await makeSnapshot(tenant.api, volume.id, { name: "  n  ", description: null })).toMatchObject({
      name: "n",
      description: null,
    });
  });

  it("of a volume in use needs force before 3.66; from then on force: false is the error", async () => {
    const used = await makeVolume(tenant.api);
    await attach(tenant.admin, used.id);
    expect((await create({ volume_id: used.id }, "3.65")).status).toBe(400);
    expect((await create({ volume_id: used.id, force: false }, "3.65")).status).toBe(400);
    for (const [force, version] of [
      [{ force: true }, "3.65"],
      [{}, "3.66"],
      [{ force: true }, "3.66"],
    ] as const) {
      const { status, body } = await create({ volume_id: used.id, ...force }, version);
      expect(status).toBe(202);
      await untilSettled(tenant.api, "snapshot", body.snapshot.id);
    }
    const refused = await create({ volume_id: used.id, force: false }, "3.66");
    expect(refused.status).toBe(400);
    await resetStatus(tenant.admin, "volume", used.id, "error");
    expect((await create({ volume_id: used.id }, "3.66")).status).toBe(400);
  });

  it("that fails ends in error, and only the messages say why", async () => {
    const failed = await makeSnapshot(tenant.api, volume.id, { metadata: { inject: "fail_create" } });
    expect(failed.status).toBe("error");
    expect(JSON.stringify(failed)).not.toContain("injected failure");
    const [message] = await messagesOf(tenant.api, failed.id);
    expect(message).toMatchObject({ resource_type: "VOLUME_SNAPSHOT", message_level: "ERROR" });
    expect(message?.user_message).toMatch(/snapshot/i);
  });

  it("over the quota is a 413 that says which", async () => {
    const small = await Tenant.create(inject("cloud"), { quotas: { snapshots: 1 } });
    const own = await makeVolume(small.api);
    await makeSnapshot(small.api, own.id);
    const body = { snapshot: { volume_id: own.id } };
    const answer = await small.api.send("POST", "/snapshots", { body });
    expect(answer.status).toBe(413);
    expect(answer.headers.get("retry-after")).toBe("0");
    expect(answer.body.overLimit.message).toMatch(/^SnapshotLimitExceeded/);
  });

  it("loses metadata that are written while it is being created with some", async () => {
    const { id } = await startSnapshot(tenant.api, volume.id, { metadata: { inject: "hold_create" } });
    expect((await look(tenant.api, "snapshot", id))?.status).toBe("creating");
    const added = await tenant.api.ok("POST", `/snapshots/${id}/metadata`, {
      body: { metadata: { late: "1" } },
    });
    expect(added.metadata).toMatchObject({ late: "1" });
    tenant.release(id);
    expect((await untilSettled(tenant.api, "snapshot", id)).metadata).toEqual({ inject: "hold_create" });
  });
});

describe("Show a snapshot's details", () => {
  it("answers 200 with every field of the page, by microversion", async () => {
    const { id } = await makeSnapshot(tenant.api, volume.id);
    const fields = async (version: string) =>
      Object.keys((await tenant.api.ok("GET", `/snapshots/${id}`, { version })).snapshot).sort();
    const oldest = [
      "created_at",
      "description",
      "id",
      "metadata",
      "name",
      "os-extended-snapshot-attributes:progress",
      "os-extended-snapshot-attributes:project_id",
      "size",
      "status",
      "updated_at",
      "volume_id",
    ];
    expect(await fields("3.0")).toEqual(oldest);
    expect(await fields("3.14")).toEqual([...oldest, "group_snapshot_id"].sort());
    expect(await fields("3.41")).toEqual([...oldest, "group_snapshot_id", "user_id"].sort());
    expect(await fields(newest)).toEqual(
      [...oldest, "group_snapshot_id", "user_id", "consumes_quota"].sort(),
    );
  });

  it("is a 404 for what is not there, and for what is another project's", async () => {
    const { id } = await makeSnapshot(tenant.api, volume.id);
    expect((await tenant.api.send("GET", "/snapshots/11111111-2222-4333-8444-555555555555")).status).toBe(
      404,
    );
    const other = await Tenant.create(inject("cloud"));
    expect((await other.api.send("GET", `/snapshots/${id}`)).status).toBe(404);
    expect((await tenant.admin.send("GET", `/snapshots/${id}`)).status).toBe(200);
  });

  it("shows each status of the page", async () => {
    const { id } = await makeSnapshot(tenant.api, volume.id);
    const statuses = [
      "creating",
      "backing-up",
      "deleting",
      "error",
      "deleted",
      "unmanaging",
      "restoring",
      "error_deleting",
      "available",
    ];
    for (const status of statuses) {
      await resetStatus(tenant.admin, "snapshot", id, status);
      expect((await look(tenant.api, "snapshot", id))?.status).toBe(status);
    }
  });
});
