import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FaultAction } from "../../emulator/index";
import { cinder } from "../../provider/cinder/backend";
import { getSnapshots as cinderSnapshots } from "../../provider/cinder/lookups";
import { ConnectionError, isTransient, UserError } from "../../provider/core/errors";
import { getSnapshots } from "../../provider/waldur/lookups";
import { snapshotFields } from "../../provider/waldur/wire";
import { CinderDesk } from "../support/cinderDesk";
import { failure } from "../support/virtualClock";
import { Stage } from "../support/waldurStage";

const brief = snapshotFields.pick({ uuid: true, name: true, createdAt: true });

describe("lists of Waldur are whole although rows come and go between pages", () => {
  let stage: Stage;
  afterEach(() => stage.close());

  /** Starts with 700 more snapshots, all of different age, and does something before each page. */
  async function crowded(between: (page: number) => void): Promise<void> {
    stage = await Stage.start();
    stage.addSnapshots(700);
    let pages = 0;
    stage.emulator.faults.add({
      path: /\/openstack-snapshots\/$/,
      query: () => {
        if (pages++ > 0) between(pages);
        return false;
      },
      action: { kind: "drop" },
    });
  }
  const world = () => stage.emulator.world;
  const uuids = () =>
    [...world().snapshots.values()].filter(({ name }) => /^(bulk|new)/.test(name)).map(({ uuid }) => uuid);
  const drop = (uuid: string | undefined) => world().dropSnapshot(uuid ?? "");

  it.each([
    ["five rows of the first page go", () => uuids().slice(0, 5).forEach(drop)],
    ["five rows of the last page go", () => uuids().slice(-5).forEach(drop)],
    [
      "as many come as go",
      () => {
        uuids().slice(0, 5).forEach(drop);
        stage.addSnapshots(5, "new");
      },
    ],
    ["a whole page goes", () => uuids().slice(0, 300).forEach(drop)],
    ["new ones come", () => stage.addSnapshots(40, "aaa")],
  ])("where %s", async (_, between) => {
    await crowded(between);
    const before = uuids();
    const rows = await stage.ctx.client.all("openstack-snapshots", brief, {});
    const seen = new Set(rows.map(({ uuid }) => uuid));
    expect(before.filter((uuid) => world().snapshots.has(uuid) && !seen.has(uuid))).toEqual([]);
    expect(seen.size).toBe(rows.length);
  });

  it("where anything comes and goes at any time, in any order that is asked for", async () => {
    await stage?.close();
    const moves = fc.array(fc.record({ drop: fc.array(fc.nat(699), { maxLength: 12 }), add: fc.nat(12) }), {
      minLength: 4,
      maxLength: 4,
    });
    const order = fc.constantFrom(
      undefined,
      ["name"],
      ["name:desc"],
      ["createdAt"],
      ["createdAt:desc"],
      ["size", "name:desc"],
    );
    await fc.assert(
      fc.asyncProperty(moves, order, async (all, sort) => {
        await crowded((page) => {
          const move = all[page - 2];
          for (const index of move?.drop ?? []) drop(uuids()[index % uuids().length]);
          stage.addSnapshots(move?.add ?? 0, `new-${page}`);
        });
        const before = uuids();
        const { snapshots } = (await getSnapshots.invoke({ ...(sort ? { sort } : {}) }, stage.ctx)) as {
          snapshots: { uuid: string; name: string }[];
        };
        const seen = new Set(snapshots.map(({ uuid }) => uuid));
        expect(before.filter((uuid) => world().snapshots.has(uuid) && !seen.has(uuid))).toEqual([]);
        expect(seen.size).toBe(snapshots.length);
        const names = snapshots.map(({ name }) => name);
        const sorted = [...names].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
        if (sort === undefined || sort[0] === "name") expect(names).toEqual(sorted);
        if (sort?.[0] === "name:desc") expect(names).toEqual(sorted.reverse());
        await stage.close();
      }),
      { numRuns: 12 },
    );
    stage = await Stage.start();
  });

  it("for no more requests than there are pages; one that is ordered by name costs one more", async () => {
    await crowded(() => undefined);
    stage.emulator.resetRequests();
    expect(await stage.ctx.client.all("openstack-snapshots", brief, {})).toHaveLength(706);
    expect(stage.emulator.requests.map(({ query }) => query.get("page"))).toEqual(["last", "2", "1"]);
    stage.emulator.resetRequests();
    const few = await stage.ctx.client.all("openstack-volumes", brief, {});
    expect(few.length).toBeGreaterThan(5);
    expect(stage.emulator.requests).toHaveLength(1);
    stage.emulator.resetRequests();
    await getSnapshots.invoke({ field: ["description"] }, stage.ctx);
    expect(stage.emulator.requests).toHaveLength(4);
  });

  it("and rows hold just the fields that were asked for, whatever they are ordered by", async () => {
    await crowded(() => undefined);
    const asked = { field: ["description"], sort: ["createdAt:desc", "name"] };
    const { snapshots } = (await getSnapshots.invoke(asked, stage.ctx)) as { snapshots: object[] };
    expect(snapshots).toHaveLength(706);
    expect(new Set(snapshots.flatMap((row) => Object.keys(row)))).toEqual(
      new Set(["id", "uuid", "description"]),
    );
  });
});

describe("a list of Waldur that does not end", () => {
  let stage: Stage;
  afterEach(() => stage.close());

  it.each([
    ["says that another million pages come before", '<http://x/?page=1000000>; rel="prev"'],
    ["leads to another host", '<http://evil.example.com/?page=99999999>; rel="prev"'],
  ])("is an error where it %s", async (_, link) => {
    stage = await Stage.start();
    const action: FaultAction = {
      kind: "answer",
      status: 200,
      body: [{ uuid: "a" }],
      headers: { Link: link },
    };
    stage.emulator.faults.add({ times: Number.POSITIVE_INFINITY, action });
    const { client } = stage.ctx;
    const { message } = await failure(client.all("openstack-snapshots", brief, {}), UserError);
    expect(message).toContain("the list /api/openstack-snapshots/ does not end");
    expect(stage.emulator.requests).toHaveLength(1);
  });

  it("is an error after a thousand pages where there is always one more", async () => {
    stage = await Stage.start();
    const headers = { Link: '<http://x/?page=2>; rel="next"' };
    const action: FaultAction = { kind: "answer", status: 200, body: [{ uuid: "a" }], headers };
    stage.emulator.faults.add({ times: Number.POSITIVE_INFINITY, action });
    const { message } = await failure(stage.ctx.client.follow("/api/x/", brief), UserError);
    expect(message).toContain("the list /api/x/ does not end");
    expect(stage.emulator.requests).toHaveLength(1000);
  });

  it("is an error that asking again may mend where the last page says that more follow", async () => {
    stage = await Stage.start();
    const headers = { Link: '<http://x/?page=2>; rel="next"' };
    const action: FaultAction = { kind: "answer", status: 200, body: [{ uuid: "a" }], headers };
    stage.emulator.faults.add({ times: Number.POSITIVE_INFINITY, action });
    const error = await failure(stage.ctx.client.all("openstack-snapshots", brief, {}), ConnectionError);
    expect(error.message).toContain("says that more follow");
    expect(isTransient(error)).toBe(true);
  });
});

describe("lists of Cinder are whole although rows come and go between pages", () => {
  let desk: CinderDesk;
  beforeEach(async () => {
    desk = await new CinderDesk().open();
    for (let count = 0; count < 40; count++) desk.plant("snapshot", { name: `s-${count}` });
  });
  afterEach(() => desk.close());

  /** Cuts every page to ten rows, and does something before each but the first. */
  function paged(between: (marker: string) => void) {
    desk.pageLength = 10;
    desk.before = ({ method, path, query }) => {
      const marker = query.get("marker");
      if (method === "GET" && path.startsWith("/snapshots") && marker) between(marker);
      return undefined;
    };
  }
  const ask = async (args = {}) => {
    const client = cinder.connect(desk.settings, desk.stage.clock);
    const found = await cinderSnapshots.invoke(args, { client, clock: desk.stage.clock });
    return (found as { snapshots: { id: string }[] }).snapshots.map(({ id }) => id);
  };

  it.each([
    ["the row of the marker goes", (marker: string) => void desk.snapshots.delete(marker)],
    [
      "the last five rows that were read go",
      (marker: string) => {
        const ids = [...desk.snapshots.keys()].reverse();
        const place = ids.indexOf(marker);
        if (place >= 0)
          for (const id of ids.slice(Math.max(0, place - 4), place + 1)) desk.snapshots.delete(id);
      },
    ],
    ["new ones come", () => void desk.plant("snapshot", { name: "new" })],
  ])("where %s", async (_, between) => {
    paged(between);
    const before = [...desk.snapshots.keys()];
    const seen = new Set(await ask());
    expect(before.filter((id) => desk.snapshots.has(id) && !seen.has(id))).toEqual([]);
  });

  it("also where a row moves over the marker in the order that is asked for", async () => {
    let moved = false;
    paged(() => {
      const row = [...desk.snapshots.values()].find(({ name }) => name === "s-9");
      if (row && !moved) row.name = "a";
      moved = true;
    });
    expect(await ask({ sort: ["name:asc"] })).toHaveLength(40);
    expect(moved).toBe(true);
  });

  it("and one that does not end is an error", async () => {
    desk.before = ({ path }) =>
      path.startsWith("/snapshots")
        ? {
            status: 200,
            body: { snapshots: [{ id: "a" }], snapshots_links: [{ rel: "next", href: "http://x/" }] },
          }
        : undefined;
    await expect(ask()).rejects.toThrow(/the list \/snapshots\/detail does not end/);
    expect(desk.requests().length).toBeLessThan(5);
  });
});
