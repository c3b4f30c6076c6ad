import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cinder } from "../../../provider/cinder/backend";
import { getSnapshot, getSnapshots, getVolumes } from "../../../provider/cinder/lookups";
import type { Lookup } from "../../../provider/core/resource/lifecycle";
import { CinderDesk, fault, type Row } from "../../support/cinderDesk";
import { demoProject } from "../../support/cloudStage";

let desk: CinderDesk;
let rows: Row[];

beforeEach(async () => {
  desk = await new CinderDesk().open();
  rows = Array.from({ length: 7 }, (_, index) =>
    desk.plant("snapshot", {
      name: `s${index}`,
      metadata: { class: index % 2 ? "gold" : "silver", pulumi: "x" },
    }),
  );
});
afterEach(() => desk.close());

type Result = { snapshots: { id: string; name: string; metadata: unknown }[]; count?: number };

async function look(lookup: Lookup<ReturnType<typeof cinder.connect>>, args: Record<string, unknown>) {
  const client = cinder.connect(desk.settings, desk.stage.clock);
  return (await lookup.invoke(lookup.inputs.parse(args), { client, clock: desk.stage.clock })) as Result;
}
const names = ({ snapshots }: Result) => snapshots.map(({ name }) => name);

describe("a list", () => {
  it("is read to its end by the last row alone, an offset only at its beginning", async () => {
    desk.before = ({ query }) => {
      // A service that caps pages.
      if (Number(query.get("limit") ?? 9) > 2) query.set("limit", "2");
      return undefined;
    };
    const found = await look(getSnapshots, { offset: 1 });
    expect(names(found)).toEqual(["s5", "s4", "s3", "s2", "s1", "s0"]);
    expect(desk.requests(/snapshots/)).toEqual([
      "GET /snapshots/detail?offset=1",
      `GET /snapshots/detail?marker=${rows[4]?.id}`,
      `GET /snapshots/detail?marker=${rows[2]?.id}`,
      `GET /snapshots/detail?marker=${rows[0]?.id}`,
    ]);
  });

  it("of so many rows asks for no more", async () => {
    const found = await look(getSnapshots, { limit: 3, marker: rows[5]?.id, withCount: true });
    expect(names(found)).toEqual(["s4", "s3", "s2"]);
    expect(found.count).toBe(7);
    expect(desk.requests(/snapshots/)).toEqual([
      `GET /snapshots/detail?marker=${rows[5]?.id}&with_count=true&limit=3`,
    ]);
  });

  it("hides the provider's own mark, and shows times with their zone", async () => {
    const [first] = (await look(getSnapshots, { name: "s1" })).snapshots;
    expect(first).toMatchObject({ metadata: { class: "gold" }, createdAt: expect.stringMatching(/Z$/) });
  });

  it("without details goes to the short list, unless the filters need more", async () => {
    await look(getSnapshots, { detail: false, status: "available" });
    await look(getSnapshots, { detail: false, consumesQuota: true });
    expect(desk.requests(/snapshots/)).toEqual([
      "GET /snapshots?status=available",
      "GET /snapshots/detail?consumes_quota=true",
    ]);
  });

  it("sorts by our names and by the service's, at every microversion", async () => {
    await look(getSnapshots, { sort: ["createdAt:desc", "name:asc"] });
    desk.highest = "3.29";
    await look(getSnapshots, { sort: ["created_at", "name"] });
    const sorts = desk.requests(/sort/).map((line) => new URLSearchParams(line.split("?")[1]).get("sort"));
    expect(sorts).toEqual(["created_at:desc,name:asc", "created_at,display_name"]);
  });
});

describe("a filter", () => {
  it("goes to a service that knows it", async () => {
    expect(names(await look(getSnapshots, { metadata: { class: "gold" } }))).toEqual(["s5", "s3", "s1"]);
    expect(new URLSearchParams(desk.requests(/metadata/)[0]?.split("?")[1]).get("metadata")).toBe(
      '{"class":"gold"}',
    );
  });

  it("that a service would ignore silently is applied here, with limit, offset and count", async () => {
    desk.highest = "3.21";
    const args = { metadata: { class: "gold" }, limit: 1, offset: 1, withCount: true };
    const found = await look(getSnapshots, args);
    expect({ names: names(found), count: found.count }).toEqual({ names: ["s3"], count: 3 });
    expect(desk.requests(/snapshots/)).toEqual(["GET /snapshots/detail"]);
  });

  it("that a service refuses is applied here", async () => {
    desk.before = ({ query }) =>
      query.has("metadata")
        ? fault(400, "badRequest", "Invalid filters metadata are found in query options.")
        : undefined;
    expect(names(await look(getSnapshots, { metadata: { class: "gold" }, limit: 2 }))).toEqual(["s5", "s3"]);
  });

  it("by the own project is none for the service, by another one is for administrators", async () => {
    expect(names(await look(getSnapshots, { projectId: demoProject, limit: 1 }))).toEqual(["s6"]);
    expect(desk.requests(/project_id/)).toEqual([]);
    desk.before = ({ query }) =>
      query.has("project_id")
        ? fault(400, "badRequest", "Invalid filters project_id are found in query options.")
        : undefined;
    await expect(look(getSnapshots, { projectId: "other" })).rejects.toThrow(/Invalid filters project_id/);
  });

  it("of volumes matches whatever the service made of it", async () => {
    desk.plant("volume", { name: "small", size: 1 });
    desk.plant("volume", { name: "large", size: 5 });
    const found = (await look(getVolumes, { size: 5, bootable: false })) as unknown as {
      volumes: { name: string }[];
    };
    expect(found.volumes.map(({ name }) => name)).toEqual(["large"]);
  });
});

describe("one snapshot", () => {
  it("is found by its id with one request, or by filters that match no other", async () => {
    const id = rows[3]?.id ?? "";
    expect(await look(getSnapshot, { id: id.replaceAll("-", "").toUpperCase() })).toMatchObject({ id });
    expect(desk.requests()).toEqual([`GET /snapshots/${id}`]);
    expect(await look(getSnapshot, { name: "s2" })).toMatchObject({ id: rows[2]?.id });
    expect(await look(getSnapshot, { status: "available", mostRecent: true })).toMatchObject({ name: "s6" });
  });

  it("that is not there, or not alone, is an error that says so", async () => {
    await expect(look(getSnapshot, { name: "none" })).rejects.toThrow('no snapshot matches {"name":"none"}');
    await expect(look(getSnapshot, { status: "available" })).rejects.toThrow(/7 snapshots match.*mostRecent/);
    const id = "11111111-2222-4333-8444-555555555555";
    await expect(look(getSnapshot, { id })).rejects.toThrow(`there is no snapshot ${id}`);
  });
});
