import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ApiError, UserError } from "../../../provider/core/errors";
import {
  getRestorations,
  getSnapshot,
  getSnapshots,
  getVolume,
  getVolumes,
} from "../../../provider/waldur/lookups";
import type { WireRestoration, WireSnapshot, WireVolume } from "../../../provider/waldur/wire";
import { failure } from "../../support/virtualClock";
import { Stage } from "../../support/waldurStage";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

type Args = Record<string, unknown>;
const snapshotsOf = async (args: Args, ctx = stage.ctx) =>
  ((await getSnapshots.invoke(args, ctx)) as { snapshots: WireSnapshot[] }).snapshots;
const volumesOf = async (args: Args) =>
  ((await getVolumes.invoke(args, stage.ctx)) as { volumes: WireVolume[] }).volumes;
const names = (rows: { name?: string | undefined }[]) => rows.map(({ name }) => name);

describe("getSnapshots", () => {
  it("lists everything, however many pages there are", async () => {
    stage.addSnapshots(650);
    expect(await snapshotsOf({})).toHaveLength(656);
    // The first page as it is ordered, then all by age: nothing is missed that way.
    expect(stage.emulator.requests).toHaveLength(4);
  });

  it("lists just one page where that is asked for", async () => {
    expect(names(await snapshotsOf({ page: 2, pageSize: 4 }))).toEqual(["seed-snap-2", "stuck-snap"]);
    expect(stage.emulator.requests).toHaveLength(1);
    const error = await failure(snapshotsOf({ page: 3, pageSize: 4 }), ApiError);
    expect(error.message).toContain("Invalid page");
  });

  it("reads pages of the asked size to the end", async () => {
    expect(await snapshotsOf({ pageSize: 2 })).toHaveLength(6);
    expect(stage.emulator.requests).toHaveLength(4);
  });

  it("picks fields, the id always among them", async () => {
    const [row] = await snapshotsOf({ nameExact: "seed-snap-2", field: ["name", "keptUntil"] });
    const uuid = stage.emulator.uuid("snapshots", "seed-snap-2");
    expect(row).toEqual({ id: uuid, uuid, name: "seed-snap-2", keptUntil: "2035-01-01T00:00:00Z" });
  });

  it("orders rows", async () => {
    const ordered = await snapshotsOf({ sort: ["sourceVolumeName", "name:desc"], field: ["name"] });
    expect(names(ordered)).toEqual([
      "stuck-snap",
      "seed-snap-2",
      "seed-snap-1",
      "scheduled-snap",
      "erred-snap",
      "backup-snap",
    ]);
  });

  it("filters by a volume given as uuid or as URL", async () => {
    const uuid = stage.emulator.uuid("volumes", "vm-shutoff-data");
    const url = stage.emulator.link("openstack-volumes", uuid);
    for (const volumeId of [uuid, url]) {
      expect(names(await snapshotsOf({ volumeId }))).toEqual(["backup-snap"]);
    }
  });

  it("shows only what the token may see", async () => {
    expect(await snapshotsOf({}, stage.context({ actor: "outsider" }))).toEqual([]);
  });

  it.each(["2024", "2026"] as const)(
    "filters by state on a server of %s, in either spelling",
    async (generation) => {
      await stage.close();
      stage = await Stage.start({ generation });
      for (const state of [
        ["ERRED", "CREATING"],
        ["Erred", "Creating"],
        ["erred", "creating"],
      ]) {
        const rows = await snapshotsOf({ state });
        expect(rows.map(({ name, state: now }) => [name, now])).toEqual([
          ["erred-snap", "ERRED"],
          ["stuck-snap", "CREATING"],
        ]);
      }
      const error = await failure(snapshotsOf({ state: ["SLEEPING"] }), ApiError);
      expect(error.status).toBe(400);
    },
  );
});

describe("getSnapshot", () => {
  it("finds by id with one request for the object itself", async () => {
    const uuid = stage.emulator.uuid("snapshots", "seed-snap-1");
    const url = stage.emulator.link("openstack-snapshots", uuid);
    for (const given of [uuid, uuid.toUpperCase(), url]) {
      expect(await getSnapshot.invoke({ id: given, field: ["name"] }, stage.ctx)).toEqual({
        id: uuid,
        uuid,
        name: "seed-snap-1",
      });
    }
    expect(stage.emulator.counts()).toEqual({ "GET /api/openstack-snapshots/{uuid}/": 3 });
  });

  it("finds by filters that match one, and holds an id to them", async () => {
    const uuid = stage.emulator.uuid("snapshots", "erred-snap");
    expect(await getSnapshot.invoke({ nameExact: "erred-snap" }, stage.ctx)).toMatchObject({ uuid });
    expect(await getSnapshot.invoke({ id: uuid, name: "erred" }, stage.ctx)).toMatchObject({ uuid });
    await failure(Promise.resolve(getSnapshot.invoke({ id: uuid, name: "other" }, stage.ctx)), UserError);
  });

  it("says what it looked for where nothing matches", async () => {
    const none = getSnapshot.invoke({ nameExact: "nope" }, stage.ctx);
    expect((await failure(none, UserError)).message).toBe('no snapshot matches {"nameExact":"nope"}');
    const gone = getSnapshot.invoke({ id: "0".repeat(32) }, stage.ctx);
    expect((await failure(gone, UserError)).message).toBe(`there is no snapshot ${"0".repeat(32)}`);
  });

  it("names the candidates where several match", async () => {
    const { message } = await failure(getSnapshot.invoke({ name: "seed-snap" }, stage.ctx), UserError);
    expect(message).toBe(
      '2 snapshots match {"name":"seed-snap"}: ' +
        `"seed-snap-1" (${stage.emulator.uuid("snapshots", "seed-snap-1")}), ` +
        `"seed-snap-2" (${stage.emulator.uuid("snapshots", "seed-snap-2")}); narrow it down, or set mostRecent`,
    );
  });

  it("names five of many candidates", async () => {
    stage.addSnapshots(9);
    const { message } = await failure(getSnapshot.invoke({ name: "bulk" }, stage.ctx), UserError);
    expect(message.match(/"bulk-000\d"/g)).toHaveLength(5);
    expect(message).toContain(" and more; narrow it down");
  });

  it("takes the most recent one where that is asked for", async () => {
    stage.clock.advanceSeconds(60);
    stage.addSnapshots(1, "bulk-latest");
    stage.addSnapshots(3, "other");
    const found = await getSnapshot.invoke({ name: "snap", mostRecent: true }, stage.ctx);
    expect(found).toMatchObject({ name: "scheduled-snap" });
    const latest = await getSnapshot.invoke({ name: "bulk", sort: ["name"], mostRecent: true }, stage.ctx);
    expect(latest).toMatchObject({ name: "bulk-latest-0000" });
  });
});

describe("getVolumes and getVolume", () => {
  it("find by instance given as uuid or as URL", async () => {
    const uuid = stage.emulator.uuid("instances", "vm-shutoff");
    const expected = ["attached-1", "vm-shutoff-data", "vm-shutoff-system"];
    for (const instanceId of [uuid, stage.emulator.link("openstack-instances", uuid)]) {
      expect(names(await volumesOf({ instanceId }))).toEqual(expected);
    }
  });

  it("find one by its name, or name those that match", async () => {
    expect(await getVolume.invoke({ nameExact: "data-3" }, stage.ctx)).toMatchObject({
      size: 20480,
      volumeType: "hdd",
    });
    const { message } = await failure(getVolume.invoke({ name: "data-" }, stage.ctx), UserError);
    expect(message).toMatch(/^3 volumes match \{"name":"data-"\}: "data-1"/);
  });

  it("list everything that the token sees", async () => {
    expect((await volumesOf({})).length).toBe(14);
  });
});

describe("getRestorations", () => {
  it("lists what was restored, and nothing where nothing was", async () => {
    const snapshot = stage.emulator.uuid("snapshots", "seed-snap-1");
    const list = async (given: string) =>
      (
        (await getRestorations.invoke({ snapshotId: given }, stage.ctx)) as {
          restorations: WireRestoration[];
        }
      ).restorations;
    expect(await list(snapshot)).toEqual([]);
    const { client } = stage.ctx;
    const path = client.path("openstack-snapshots", snapshot, "restore");
    const { body } = await client.send("POST", path, { name: "copy" });
    const [row, ...others] = await list(stage.emulator.link("openstack-snapshots", snapshot));
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      volumeUrl: (body as { url: string }).url,
      volumeName: "copy",
      volumeSize: 10240,
    });
    expect(row?.volumeState).toBe("CREATION_SCHEDULED");
  });

  it("is an error where there is no such snapshot", async () => {
    const none = getRestorations.invoke({ snapshotId: "0".repeat(32) }, stage.ctx);
    expect((await failure(none, ApiError)).status).toBe(404);
  });
});
