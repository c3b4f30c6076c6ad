import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "../../../provider/core/errors";
import type { Query } from "../../../provider/core/http/query";
import { inServersSpelling, queryOf, snapshotFilters, volumeFilters } from "../../../provider/waldur/filters";
import { snapshotFields, volumeFields } from "../../../provider/waldur/wire";
import { Stage } from "../../support/waldurStage";

const snapshots = snapshotFilters(Object.keys(snapshotFields.shape));
const volumes = volumeFilters(Object.keys(volumeFields.shape));
const uuid = "62a4ac5f2c83421a88d607c27a96f162";
const dashed = "62A4AC5F-2C83-421A-88D6-07C27A96F162";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

describe("a query", () => {
  // Contract, "filters": a bare uuid finds nothing where a URL is wanted, a URL is refused where a uuid is.
  it.each([
    ["backup", "backup", "openstack-backups", snapshots],
    ["tenant", "tenant", "openstack-tenants", snapshots],
  ])("writes %s as URL, however it is given", (name, field, collection, schema) => {
    const url = stage.emulator.link(collection, uuid);
    for (const given of [uuid, dashed, url]) {
      expect(queryOf(stage.ctx.client, schema, { [name]: given })).toEqual({ [field]: url });
    }
  });

  it.each([
    ["projectId", "project_uuid", snapshots],
    ["volumeId", "source_volume_uuid", snapshots],
    ["customer", "customer", snapshots],
    ["tenantUuid", "tenant_uuid", snapshots],
    ["id", "uuid", snapshots],
    ["instanceId", "instance_uuid", volumes],
    ["snapshotId", "snapshot_uuid", volumes],
  ])("writes %s as uuid, however it is given", (name, field, schema) => {
    for (const given of [uuid, dashed, stage.emulator.link("projects", uuid)]) {
      expect(queryOf(stage.ctx.client, schema, { [name]: given })).toEqual({ [field]: uuid });
    }
  });

  it("writes names as the server has them, and leaves out what is not given", () => {
    expect(
      queryOf(stage.ctx.client, snapshots, {
        nameExact: "a",
        canManage: true,
        pageSize: 20,
        description: undefined,
        field: ["keptUntil", "name", "volumeId", "createdAt"],
        sort: ["createdAt:desc", "sourceVolumeName"],
      }),
    ).toEqual({
      name_exact: "a",
      can_manage: true,
      page_size: 20,
      field: ["uuid", "kept_until", "name", "source_volume", "created"],
      o: "-created,source_volume_name",
    });
  });

  it("takes the fields and orders of earlier versions", () => {
    const given = { field: ["sourceVolume", "projectUuid", "modified"], sort: ["-created", "name"] };
    expect(snapshots.safeParse(given).success).toBe(true);
    expect(queryOf(stage.ctx.client, snapshots, given)).toEqual({
      field: ["uuid", "source_volume", "project_uuid", "modified"],
      o: "-created,name",
    });
  });

  it("refuses a reference to another server", () => {
    const given = { volumeId: `https://evil.example/api/openstack-volumes/${uuid}/` };
    expect(() => queryOf(stage.ctx.client, snapshots, given)).toThrow(/refusing to follow/);
  });

  it("refuses fields and orders that do not exist", () => {
    expect(snapshots.safeParse({ field: ["nope"] }).success).toBe(false);
    expect(snapshots.safeParse({ sort: ["updatedAt"] }).success).toBe(false);
    expect(snapshots.safeParse({ sort: ["name:desc"], field: ["name"] }).success).toBe(true);
    expect(volumes.safeParse({ sort: ["sourceVolumeName"] }).success).toBe(false);
    expect(snapshots.safeParse({ sort: ["-name:desc"] }).success).toBe(false);
    expect(snapshots.safeParse({ pageSize: 301 }).success).toBe(false);
  });
});

describe("states in a filter", () => {
  const refusal = (reason: string, status = 400) =>
    new ApiError({ method: "GET", path: "/", status, reason });
  const state = ["ok", "Creation Scheduled", "ERRED"];

  it("go out in today's spelling", async () => {
    const ask = vi.fn(async (query: Query) => query);
    expect(await inServersSpelling({ state, name: "a" }, ask)).toEqual({
      state: ["OK", "CREATION_SCHEDULED", "ERRED"],
      name: "a",
    });
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it("fall back to the one of 2024 where the server refuses that", async () => {
    const ask = vi.fn(async (query: Query) => query).mockRejectedValueOnce(refusal("state: no such choice"));
    expect(await inServersSpelling({ state }, ask)).toEqual({ state: ["OK", "Creation Scheduled", "Erred"] });
  });

  it("that neither spelling helps are refused with the server's words", async () => {
    const ask = vi.fn().mockRejectedValue(refusal("state: FOO is not one of the available choices"));
    await expect(inServersSpelling({ state: ["foo"] }, ask)).rejects.toThrow("FOO is not one of");
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it("are not tried again for a refusal of something else", async () => {
    for (const error of [refusal("uuid: Enter a valid UUID."), refusal("state", 403), new Error("state")]) {
      const ask = vi.fn().mockRejectedValue(error);
      await expect(inServersSpelling({ state }, ask)).rejects.toBe(error);
      expect(ask).toHaveBeenCalledTimes(1);
    }
  });

  it("that are not asked for change nothing", async () => {
    const ask = vi.fn().mockRejectedValue(refusal("state"));
    await expect(inServersSpelling({}, ask)).rejects.toThrow("state");
    expect(ask).toHaveBeenCalledTimes(1);
  });
});
