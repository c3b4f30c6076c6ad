import { afterEach, describe, expect, it } from "vitest";
import { ApiError, ConnectionError, isTransient, UserError } from "../../../provider/core/errors";
import { snapshotFields } from "../../../provider/waldur/wire";
import { failure } from "../../support/virtualClock";
import { Stage } from "../../support/waldurStage";

let stage: Stage;
afterEach(() => stage.close());

const brief = snapshotFields.pick({ uuid: true, name: true });

describe("references", () => {
  it("become uuids in any spelling, and URLs of this server only", async () => {
    stage = await Stage.start();
    const { client } = stage.ctx;
    const uuid = stage.emulator.uuid("volumes", "data-1");
    const url = stage.emulator.link("openstack-volumes", uuid);
    expect(client.url("openstack-volumes", uuid)).toBe(url);
    for (const reference of [uuid, uuid.toUpperCase(), url]) {
      expect(client.uuid("volumeId", reference)).toBe(uuid);
    }
    expect(() => client.uuid("volumeId", `https://evil.example/api/openstack-volumes/${uuid}/`)).toThrow(
      /refusing to follow https:\/\/evil\.example/,
    );
    expect(() => client.uuid("volumeId", "data-1")).toThrow(
      new UserError('"data-1" is neither a uuid nor a URL of one', "volumeId"),
    );
  });
});

describe("one object", () => {
  it("is undefined where the API itself says that there is none", async () => {
    stage = await Stage.start();
    const { client } = stage.ctx;
    expect(await client.get("openstack-snapshots", "0".repeat(32))).toBeUndefined();
    const uuid = stage.emulator.uuid("snapshots", "seed-snap-1");
    expect(await client.get("openstack-snapshots", uuid, ["uuid", "name"])).toEqual({
      uuid,
      name: "seed-snap-1",
    });
  });

  it("is not taken as gone for the 404 of a web server in front, nor for any other error", async () => {
    stage = await Stage.start();
    const { client } = stage.ctx;
    const uuid = stage.emulator.uuid("snapshots", "seed-snap-1");
    for (const status of [403, 401]) {
      stage.emulator.faults.add({ action: { kind: "answer", status } });
      expect((await failure(client.get("openstack-snapshots", uuid), ApiError)).status).toBe(status);
    }
    for (const body of ["<html><title>404 Not Found</title></html>", { message: "no Route matched" }, []]) {
      stage.emulator.faults.add({ action: { kind: "answer", status: 404, body } });
      const error = await failure(client.get("openstack-snapshots", uuid), ConnectionError);
      expect(error.message).toMatch(/answered 404: .*not in Waldur's words/);
      expect(isTransient(error)).toBe(true);
    }
  });
});

describe("lists", () => {
  it("are read to their end, 300 rows at a time", async () => {
    stage = await Stage.start();
    stage.addSnapshots(700);
    const rows = await stage.ctx.client.all("openstack-snapshots", brief, { o: "-created" });
    expect(rows).toHaveLength(706);
    expect(new Set(rows.map(({ uuid }) => uuid)).size).toBe(706);
    expect(stage.emulator.requests.map(({ query }) => [query.get("page_size"), query.get("page")])).toEqual([
      ["300", "last"],
      ["300", "2"],
      ["300", "1"],
    ]);
  });

  it("end where they shrank while they were read", async () => {
    stage = await Stage.start();
    stage.addSnapshots(600);
    const { world, faults } = stage.emulator;
    // Between the last page and the second, so many go that there is no second one any more.
    faults.add({
      query: (query) => {
        if (query.get("page") === "2")
          for (const uuid of [...world.snapshots.keys()].slice(-400)) world.dropSnapshot(uuid);
        return false;
      },
      action: { kind: "drop" },
    });
    const rows = await stage.ctx.client.all("openstack-snapshots", brief, {});
    // Those of the last page were there when they were read.
    expect(rows).toHaveLength(206 + 6);
    expect(stage.emulator.requests.map(({ status }) => status)).toEqual([200, 404, 200]);
  });

  it("name nothing twice that moved to another page while they were read", async () => {
    stage = await Stage.start();
    stage.addSnapshots(400);
    const { world, faults } = stage.emulator;
    let added = false;
    faults.add({
      query: (query) => {
        if (query.get("page") === "1" && !added) {
          added = true;
          // The oldest of page 2, which was read, moves to page 1.
          const [oldest] = [...world.snapshots.values()].filter(({ name }) => name === "bulk-0000");
          world.dropSnapshot(oldest?.uuid ?? "");
        }
        return false;
      },
      action: { kind: "drop" },
    });
    const rows = await stage.ctx.client.all("openstack-snapshots", brief, {});
    expect(added).toBe(true);
    expect(new Set(rows.map(({ uuid }) => uuid)).size).toBe(rows.length);
  });
});

describe("seeing a project", () => {
  it("is asked once for all who ask at the same moment, and again for who asks later", async () => {
    stage = await Stage.start();
    const { emulator } = stage;
    const { project } = emulator.ids;
    const insider = stage.context().client;
    expect(await Promise.all([insider.sees(project), insider.sees(project)])).toEqual([true, true]);
    expect(emulator.requests).toHaveLength(1);
    // A membership can end at any time; what its end hides is not to be taken as deleted.
    emulator.faults.add({ action: { kind: "answer", status: 404, body: { detail: "Not found." } } });
    expect(await insider.sees(project)).toBe(false);
    expect(await stage.context({ actor: "outsider" }).client.sees(project)).toBe(false);
  });

  it("is no answer where there was an error", async () => {
    stage = await Stage.start();
    const { project } = stage.emulator.ids;
    const { client } = stage.context();
    stage.emulator.faults.add({ action: { kind: "answer", status: 403 } });
    await failure(client.sees(project), ApiError);
    expect(await client.sees(project)).toBe(true);
  });
});
