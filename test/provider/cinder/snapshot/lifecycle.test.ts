import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cinder } from "../../../../provider/cinder/backend";
import { snapshotLifecycle } from "../../../../provider/cinder/snapshot/lifecycle";
import { PartialError } from "../../../../provider/core/errors";
import { CinderDesk, fault, type Row } from "../../../support/cinderDesk";
import { lifecycleOn } from "../../../support/lifecycleOn";

let desk: CinderDesk;
let volume: Row;

beforeEach(async () => {
  desk = await new CinderDesk().open();
  volume = desk.plant("volume", { name: "data" });
});
afterEach(() => desk.close());

const snapshots = () => {
  const client = cinder.connect(desk.settings, desk.stage.clock);
  return lifecycleOn(snapshotLifecycle, client, desk.stage.clock);
};
const thrown = (run: Promise<unknown>) =>
  run.then(
    () => expect.fail("it should have failed"),
    (error: unknown) => error as Error,
  );

describe("a snapshot is made exactly once", () => {
  it("where the answer is lost after it was made", async () => {
    desk.after = ({ method }) => (method === "POST" && desk.snapshots.size === 1 ? "reset" : undefined);
    const { id, outputs } = await snapshots().create({ volumeId: volume.id, metadata: { class: "gold" } });
    expect([...desk.snapshots.keys()]).toEqual([id]);
    expect(desk.requests(/^POST/)).toHaveLength(1);
    // The mark that found it again is nobody's business.
    expect(outputs.metadata).toEqual({ class: "gold" });
    expect(desk.snapshots.get(id)?.metadata).toMatchObject({
      pulumi: expect.stringMatching(/^[0-9a-f]{16}-[0-9a-f]{16}-[0-9a-f]{16}$/),
      "pulumi-stack": expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });

  it("where the request was lost before it was made, and another one looks the same", async () => {
    desk.plant("snapshot", {
      name: "nightly",
      volume_id: volume.id,
      metadata: { pulumi: "somebody else's" },
    });
    let lost = 0;
    desk.before = ({ method }) =>
      method === "POST" && lost++ === 0 ? { status: 504, body: "late" } : undefined;
    const { id } = await snapshots().create({ volumeId: volume.id, name: "nightly" });
    expect(desk.snapshots.size).toBe(2);
    expect(desk.requests(/^POST/)).toHaveLength(2);
    expect([...desk.snapshots.keys()].at(-1)).toBe(id);
  });

  it("waits for a volume that is busy instead of failing", async () => {
    volume.status = "extending";
    desk.before = ({ method }) => {
      if (method !== "POST" || volume.status === "available") return undefined;
      return fault(
        400,
        "badRequest",
        "Invalid volume: status must be available, but current status is: extending.",
      );
    };
    desk.stage.clock.onSleep = () => {
      volume.status = "available";
    };
    await snapshots().create({ volumeId: volume.id });
    expect(desk.snapshots.size).toBe(1);
  });
});

describe("force", () => {
  const refused = () =>
    fault(400, "badRequest", "Invalid volume: status must be available, but it is: in-use.");

  it.each([
    ["3.65", undefined, false],
    ["3.65", true, true],
    ["3.66", true, undefined],
    ["3.71", undefined, undefined],
  ])("on %s, given as %s, is sent as %s", async (highest, force, sent) => {
    desk.highest = highest;
    await snapshots().create({ volumeId: volume.id, force });
    expect(desk.writes()[0]?.body.snapshot?.force).toBe(sent);
  });

  it("is what the refusal for an attached volume leads to", async () => {
    volume.status = "in-use";
    desk.highest = "3.59";
    desk.before = ({ method }) => (method === "POST" ? refused() : undefined);
    const error = await thrown(snapshots().create({ volumeId: volume.id }));
    expect(error.message).toMatch(/answered 400: Invalid volume.*req-refused.*set force/);
  });
});

describe("metadata", () => {
  it("of others is no difference, is never written, and survives", async () => {
    const resource = snapshots();
    const { id, outputs } = await resource.create({ volumeId: volume.id, metadata: { a: "1", b: "2" } });
    const row = desk.snapshots.get(id) as Row;
    row.metadata = { ...row.metadata, theirs: "x" };
    const found = await resource.read(id, outputs);
    expect(found?.outputs.metadata).toEqual({ a: "1", b: "2", theirs: "x" });
    const state = found?.outputs ?? outputs;
    expect(resource.diff(state, { volumeId: volume.id, metadata: { a: "1", b: "2" } })).toEqual([]);
    expect(resource.diff(state, { volumeId: volume.id, metadata: { a: "1" } })).toEqual(["metadata"]);
    expect(resource.diff(state, { volumeId: volume.id })).toEqual(["metadata"]);

    const after = await resource.update(id, state, { volumeId: volume.id, metadata: { a: "1", c: "3" } });
    expect(desk.requests(/^(PUT|DELETE)/)).toEqual([
      `PUT /snapshots/${id}/metadata/c`,
      `DELETE /snapshots/${id}/metadata/b`,
    ]);
    expect(after.metadata).toEqual({ a: "1", c: "3", theirs: "x" });
    expect(resource.diff(after, { volumeId: volume.id, metadata: { a: "1", c: "3" } })).toEqual([]);
    const last = await resource.update(id, after, { volumeId: volume.id });
    expect(last.metadata).toEqual({ theirs: "x" });
  });

  it("is written only once the snapshot is available", async () => {
    const resource = snapshots();
    const { id, outputs } = await resource.create({ volumeId: volume.id });
    const row = desk.snapshots.get(id) as Row;
    row.status = "backing-up";
    const early: string[] = [];
    desk.before = ({ method, path }) => {
      if (method === "PUT" && row.status !== "available") early.push(path);
      return undefined;
    };
    desk.stage.clock.onSleep = () => {
      row.status = "available";
    };
    await resource.update(id, outputs, { volumeId: volume.id, metadata: { a: "1" } });
    expect(early).toEqual([]);
    expect(row.metadata.a).toBe("1");
  });

  it("an answer that is lost is looked up, and not written twice", async () => {
    const resource = snapshots();
    const { id, outputs } = await resource.create({ volumeId: volume.id });
    let lost = 0;
    desk.after = ({ method }) => (method === "PUT" && lost++ === 0 ? "reset" : undefined);
    await resource.update(id, outputs, { volumeId: volume.id, metadata: { a: "1" } });
    expect(desk.requests(/^PUT.*metadata/)).toHaveLength(1);
  });

  it("refuses what the service would refuse, with what would be right", async () => {
    const wrong = (metadata: unknown) => thrown(snapshots().create({ volumeId: volume.id, metadata }));
    expect((await wrong({ ü: "x" })).message).toMatch(/expected a key of 1 to 255/);
    expect((await wrong({ a: "x".repeat(256) })).message).toMatch(/expected at most 255/);
    expect((await wrong({ a: 5 })).message).toMatch(/expected a text/);
    expect((await wrong({ pulumi: "x" })).message).toMatch(/provider's own mark/);
    expect((await wrong({ "pulumi-stack": "x" })).message).toMatch(/provider's own mark/);
    const resource = snapshots();
    const { id, outputs } = await resource.create({ volumeId: volume.id, metadata: { "a/b": "1" } });
    const error = await thrown(
      resource.update(id, outputs, { volumeId: volume.id, metadata: { "a/b": "2" } }),
    );
    expect(error.message).toMatch(/"a\/b" later/);
  });
});

describe("a failure", () => {
  const message = (resource_uuid: string, user_message: string) => ({
    id: "m",
    resource_uuid,
    user_message,
    event_id: "VOLUME_VOLUME_SNAPSHOT_009_013",
    request_id: "req-of-the-create",
    created_at: new Date(desk.stage.clock.now() + 1000).toISOString().replace("Z", ""),
  });

  it("of a create keeps the id, and says what the service said, which comes a moment later", async () => {
    desk.after = (_asked, row) => {
      if (row) row.status = "error";
      return undefined;
    };
    let asked = 0;
    desk.before = ({ path }) => {
      const [id = ""] = desk.snapshots.keys();
      if (path === "/messages" && ++asked > 1) desk.messages = [message(id, "create snapshot:It failed.")];
      return undefined;
    };
    const error = await thrown(snapshots().create({ volumeId: volume.id, name: "nightly" }));
    expect(error).toBeInstanceOf(PartialError);
    expect((error as PartialError).id).toBe([...desk.snapshots.keys()][0]);
    expect(error.message).toMatch(
      /"nightly".*error: create snapshot:It failed\. \(event VOLUME_VOLUME_SNAPSHOT_009_013/,
    );
  });

  it("says so where the service has no messages", async () => {
    desk.highest = "3.2";
    desk.after = (_asked, row) => {
      if (row) row.status = "error";
      return undefined;
    };
    const error = await thrown(snapshots().create({ volumeId: volume.id }));
    expect(error.message).toMatch(/error: the service gives no reason/);
    expect(desk.requests(/messages/)).toEqual([]);
  });

  it("of a deletion is one that goes back to available, and never waits for ever", async () => {
    const resource = snapshots();
    const { id, outputs } = await resource.create({ volumeId: volume.id });
    desk.before = ({ method }) => (method === "DELETE" ? { status: 202 } : undefined);
    desk.messages = [message(id, "delete snapshot:Snapshot is busy.")];
    const error = await thrown(resource.delete(id, outputs));
    expect(error.message).toMatch(/available: delete snapshot:Snapshot is busy\./);
    expect(desk.requests(/^DELETE/)).toHaveLength(1);
  });

  it("error_deleting says what to ask the administrator, without asking the service again", async () => {
    const resource = snapshots();
    const { id, outputs } = await resource.create({ volumeId: volume.id });
    (desk.snapshots.get(id) as Row).status = "error_deleting";
    const error = await thrown(resource.delete(id, outputs));
    expect(error.message).toMatch(/error_deleting: .*ask an administrator.*--state available/);
    expect(desk.requests(/^DELETE/)).toEqual([]);
  });
});

describe("not found", () => {
  it("is gone only where the service names the snapshot", async () => {
    const resource = snapshots();
    const { id, outputs } = await resource.create({ volumeId: volume.id });
    desk.before = ({ path }) => (path.includes(id) ? desk.stage.replay("044") : undefined);
    await expect(resource.read(id, outputs)).rejects.toThrow(/answered 404/);
    await expect(resource.delete(id, outputs)).rejects.toThrow(/answered 404/);
    desk.before = () => undefined;
    desk.snapshots.clear();
    expect(await resource.read(id, outputs)).toBeUndefined();
    await resource.delete(id, outputs);
  });

  it("is no deletion where the credentials are for another project", async () => {
    const resource = snapshots();
    const { id, outputs } = await resource.create({ volumeId: volume.id });
    desk.snapshots.clear();
    const elsewhere = { ...outputs, projectId: "fd94273f5c2b4b4ab55037449c39ce92" };
    const error = await thrown(resource.read(id, elsewhere));
    expect(error.message).toMatch(/was in project fd94273f.*credentials are for project 6f053bb2/);
    await expect(resource.delete(id, elsewhere)).rejects.toThrow(/not treated as deleted/);
  });
});

describe("an import", () => {
  it("shows a snapshot without name and description as what declares it", async () => {
    const row = desk.plant("snapshot", { volume_id: volume.id, metadata: { pulumi: "1", a: "1" } });
    const found = await snapshots().read(row.id.toUpperCase());
    expect(found).toMatchObject({
      id: row.id,
      inputs: { volumeId: volume.id, name: "", metadata: { a: "1" } },
    });
    expect(snapshots().diff(found?.outputs ?? {}, found?.inputs ?? {})).toEqual([]);
  });
});
