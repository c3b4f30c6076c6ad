import { beforeAll, describe, expect, inject, it } from "vitest";
import { Tenant } from "../service/tenant";
import { makeSnapshot, makeVolume, type Shown } from "../support/objects";

/** Fields of a summary at the oldest microversion. */
const summary = [
  "created_at",
  "description",
  "id",
  "metadata",
  "name",
  "size",
  "status",
  "updated_at",
  "volume_id",
];
const details = ["os-extended-snapshot-attributes:progress", "os-extended-snapshot-attributes:project_id"];

let tenant: Tenant;
let volume: Shown;
/** Five snapshots in the order in which they were made. */
const made: Shown[] = [];

beforeAll(async () => {
  tenant = await Tenant.create(inject("cloud"));
  volume = await makeVolume(tenant.api);
  for (const name of ["e", "d", "c", "b", "a"]) {
    made.push(await makeSnapshot(tenant.api, volume.id, { name, metadata: { letter: name } }));
  }
});

const names = (snapshots: Shown[]) => snapshots.map(({ name }) => name).join("");

describe.each([
  ["List snapshots and details", "/snapshots/detail", [...summary, ...details].sort()],
  ["List accessible snapshots", "/snapshots", summary],
])("%s", (_, path, fields) => {
  const list = async (query: string, version?: string) =>
    tenant.api.ok("GET", `${path}${query}`, version ? { version } : {});

  it("answers 200 with every field of the page, newest first", async () => {
    const { snapshots } = await list("");
    expect(names(snapshots)).toBe("abcde");
    expect(Object.keys(snapshots[0]).sort()).toEqual(fields);
    expect(snapshots[4]).toMatchObject({
      id: made[0]?.id,
      status: "available",
      size: 1,
      volume_id: volume.id,
      metadata: { letter: "e" },
    });
    if (path.endsWith("detail")) {
      expect(snapshots[0]).toMatchObject({
        "os-extended-snapshot-attributes:progress": "100%",
        "os-extended-snapshot-attributes:project_id": tenant.projectId,
      });
    }
    // A time without zone, in microseconds.
    expect(snapshots[0].created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/);
  });

  it("shows user_id from 3.41 and consumes_quota from 3.65, in details alone", async () => {
    const [before] = (await list("", "3.40")).snapshots;
    const [withUser] = (await list("", "3.41")).snapshots;
    const [withQuota] = (await list("", "3.65")).snapshots;
    const [user, quota] = path.endsWith("detail") ? [tenant.user.id, true] : [];
    expect([before.user_id, withUser.user_id]).toEqual([undefined, user]);
    expect([withUser.consumes_quota, withQuota.consumes_quota]).toEqual([undefined, quota]);
  });

  it("sorts, by several keys too; by name from 3.30", async () => {
    expect(names((await list("?sort=created_at:asc")).snapshots)).toBe("edcba");
    expect(names((await list("?sort=volume_id:asc,created_at:asc")).snapshots)).toBe("edcba");
    expect(names((await list("?sort=name:asc", "3.30")).snapshots)).toBe("abcde");
    expect((await tenant.api.send("GET", `${path}?sort=banana:asc`)).status).toBe(400);
  });

  it("pages by limit and marker, with a link to the next page where one is full", async () => {
    const pages: string[] = [];
    let marker = "";
    for (;;) {
      const { snapshots, snapshots_links: links } = await list(`?limit=2${marker}`);
      pages.push(names(snapshots));
      expect(links === undefined).toBe(snapshots.length < 2);
      if (!links) break;
      expect(links[0].rel).toBe("next");
      marker = `&marker=${snapshots.at(-1).id}`;
    }
    expect(pages).toEqual(["ab", "cd", "e"]);
    expect((await tenant.api.send("GET", `${path}?marker=${volume.id}`)).status).toBe(404);
    for (const wrong of ["limit=-1", "limit=x", "offset=-1"]) {
      expect((await tenant.api.send("GET", `${path}?${wrong}`)).status).toBe(400);
    }
  });

  it("skips what offset says, also on the page that the link leads to: following it loses snapshots", async () => {
    const { snapshots, snapshots_links: links } = await list("?limit=2&offset=1");
    expect(names(snapshots)).toBe("bc");
    const query = new URL(links[0].href).searchParams;
    expect(query.get("marker")).toBe(snapshots.at(-1).id);
    const next = await list(`?${query}`);
    expect(names(next.snapshots)).toBe(query.has("offset") ? "e" : "de");
  });

  it("counts everything that matches with with_count, from 3.45", async () => {
    expect(await list("?with_count=true&limit=1", "3.45")).toMatchObject({ count: 5, snapshots: [{}] });
    expect((await tenant.api.send("GET", `${path}?with_count=true`, { version: "3.44" })).status).toBe(400);
  });

  it("filters by name, status, volume and, from 3.22, metadata", async () => {
    expect(names((await list("?name=c")).snapshots)).toBe("c");
    expect((await list("?status=error")).snapshots).toEqual([]);
    expect(names((await list(`?volume_id=${volume.id}`)).snapshots)).toBe("abcde");
    const metadata = encodeURIComponent("{'letter': 'b'}");
    expect(names((await list(`?metadata=${metadata}`, "3.22")).snapshots)).toBe("b");
  });

  it("ignores a filter that it does not know before 3.31, and answers 400 from then on", async () => {
    expect(names((await list("?banana=1", "3.30")).snapshots)).toBe("abcde");
    const { status, body } = await tenant.api.send("GET", `${path}?banana=1`, { version: "3.31" });
    expect(status).toBe(400);
    expect(body.badRequest.message).toContain("banana");
  });

  it("shows other projects to an administrator who asks for all_tenants, and to nobody else", async () => {
    const other = await Tenant.create(inject("cloud"));
    expect((await other.api.ok("GET", `${path}?all_tenants=1`)).snapshots).toEqual([]);
    expect((await tenant.admin.ok("GET", path)).snapshots).toEqual([]);
    const everything = await tenant.admin.ok("GET", `${path}?all_tenants=1&project_id=${tenant.projectId}`);
    expect(names(everything.snapshots)).toBe("abcde");
  });
});
