import { beforeAll, describe, expect, inject, it } from "vitest";
import { Tenant } from "../service/tenant";
import { until } from "../service/until";
import {
  look,
  makeSnapshot,
  makeVolume,
  messagesOf,
  resetStatus,
  type Shown,
  startSnapshot,
  untilGone,
  untilSettled,
} from "../support/objects";

let tenant: Tenant;
let volume: Shown;

beforeAll(async () => {
  tenant = await Tenant.create(inject("cloud"));
  volume = await makeVolume(tenant.api);
});

const remove = (id: string) => tenant.api.send("DELETE", `/snapshots/${id}`);

describe("Delete a snapshot", () => {
  it("answers 202, and 404 once it is gone", async () => {
    const { id } = await makeSnapshot(tenant.api, volume.id);
    expect(await remove(id)).toMatchObject({ status: 202, body: "" });
    await untilGone(tenant.api, "snapshot", id);
    expect((await remove(id)).status).toBe(404);
  });

  it("is possible from available and error alone", async () => {
    const held = await startSnapshot(tenant.api, volume.id, { metadata: { inject: "hold" } });
    expect((await remove(held.id)).status).toBe(400);
    tenant.release(held.id);
    expect((await untilSettled(tenant.api, "snapshot", held.id)).status).toBe("available");

    const { id } = await makeSnapshot(tenant.api, volume.id);
    for (const status of [
      "creating",
      "deleting",
      "backing-up",
      "restoring",
      "unmanaging",
      "error_deleting",
    ]) {
      await resetStatus(tenant.admin, "snapshot", id, status);
      expect((await remove(id)).status, status).toBe(400);
    }
    await resetStatus(tenant.admin, "snapshot", id, "error");
    expect((await remove(id)).status).toBe(202);
    await untilGone(tenant.api, "snapshot", id);
  });

  it("goes back to available where the back end is busy, with a message", async () => {
    const { id } = await makeSnapshot(tenant.api, volume.id, { metadata: { inject: "busy_delete" } });
    expect((await remove(id)).status).toBe(202);
    const [message] = await until("there is a message", async () => {
      const messages = await messagesOf(tenant.api, id);
      return messages.length > 0 ? messages : undefined;
    });
    expect(message?.user_message).toMatch(/in use|busy/i);
    expect((await look(tenant.api, "snapshot", id))?.status).toBe("available");
  });

  it("that fails ends in error_deleting, out of which only an administrator helps", async () => {
    const { id } = await makeSnapshot(tenant.api, volume.id, { metadata: { inject: "fail_delete" } });
    await remove(id);
    await until("it is in error_deleting", async () =>
      (await look(tenant.api, "snapshot", id))?.status === "error_deleting" ? true : undefined,
    );
    expect((await remove(id)).status).toBe(400);
    const force = { body: { "os-force_delete": {} } };
    expect((await tenant.api.send("POST", `/snapshots/${id}/action`, force)).status).toBe(403);
    await tenant.api.ok("DELETE", `/snapshots/${id}/metadata/inject`);
    expect((await tenant.admin.send("POST", `/snapshots/${id}/action`, force)).status).toBe(202);
    await untilGone(tenant.api, "snapshot", id);
  });

  it("is in the way of deleting the volume, unless in a cascade", async () => {
    const own = await makeVolume(tenant.api);
    const { id } = await makeSnapshot(tenant.api, own.id);
    expect((await tenant.api.send("DELETE", `/volumes/${own.id}`)).status).toBe(400);
    expect((await tenant.api.send("DELETE", `/volumes/${own.id}?cascade=True`)).status).toBe(202);
    await untilGone(tenant.api, "volume", own.id);
    expect(await look(tenant.api, "snapshot", id)).toBeUndefined();
  });
});
