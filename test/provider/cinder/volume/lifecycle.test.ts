import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cinder } from "../../../../provider/cinder/backend";
import { snapshotRestorationLifecycle } from "../../../../provider/cinder/restoration/lifecycle";
import { volumeLifecycle } from "../../../../provider/cinder/volume/lifecycle";
import { CinderDesk, fault, type Row } from "../../../support/cinderDesk";
import { lifecycleOn } from "../../../support/lifecycleOn";

let desk: CinderDesk;
beforeEach(async () => {
  desk = await new CinderDesk().open();
});
afterEach(() => desk.close());

const client = () => cinder.connect(desk.settings, desk.stage.clock);
const volumes = () => lifecycleOn(volumeLifecycle, client(), desk.stage.clock);
const restorations = () => lifecycleOn(snapshotRestorationLifecycle, client(), desk.stage.clock);
const someId = "11111111-2222-4333-8444-555555555555";

describe("arguments of a volume", () => {
  it.each([
    [{}, /size is required/],
    [{ imageId: someId }, /size is required/],
    [{ size: 1.5 }, /whole number of GiB/],
    [{ snapshotId: someId, sourceVolumeId: someId }, /not from both/],
    [{ size: 1, snapshotId: "nightly" }, /invalid value "nightly": expected a uuid/],
    [{ size: 1, name: "x".repeat(256) }, /at most 255/],
  ])("%j are refused", async (args, reason) => {
    await expect(volumes().create(args)).rejects.toThrow(reason);
    expect(desk.requests()).toEqual([]);
  });
});

describe("a volume", () => {
  it("is made once where the answer is lost, and asks for what was declared", async () => {
    desk.after = ({ method }) => (method === "POST" ? "reset" : undefined);
    const { id } = await volumes().create({ size: 2, volumeType: "folder", availabilityZone: "nova" });
    expect([...desk.volumes.keys()]).toEqual([id]);
    expect(desk.writes()).toMatchObject([
      { body: { volume: { size: 2, volume_type: "folder", availability_zone: "nova" } } },
    ]);
  });

  it("grows, and never shrinks: that is refused before anything is sent", async () => {
    const resource = volumes();
    const { id, outputs } = await resource.create({ size: 2 });
    const grown = await resource.update(id, outputs, { size: 3 });
    expect(grown.size).toBe(3);
    expect(desk.writes().at(-1)?.body).toEqual({ "os-extend": { new_size: 3 } });
    const before = desk.requests().length;
    await expect(resource.permitted(id, grown, { size: 1 })).rejects.toThrow(/1 GiB is less than the 3 GiB/);
    expect(desk.requests()).toHaveLength(before);
  });

  it("that is attached grows only where the service has 3.42, and says so", async () => {
    desk.highest = "3.41";
    const resource = volumes();
    const { id, outputs } = await resource.create({ size: 1 });
    (desk.volumes.get(id) as Row).status = "in-use";
    await expect(resource.update(id, outputs, { size: 2 })).rejects.toThrow(/3\.42.*3\.41/);
    expect(desk.requests(/action/)).toEqual([]);
    desk.highest = "3.42";
    await volumes().update(id, outputs, { size: 2 });
    expect(desk.requests(/action/)).toHaveLength(1);
  });

  it("a change that the service gives up is a failure that says what helps", async () => {
    const resource = volumes();
    const { id, outputs } = await resource.create({ size: 1 });
    desk.before = ({ path }) => (path.endsWith("/action") ? { status: 202 } : undefined);
    const retype = resource.update(id, outputs, { size: 1, volumeType: "ssd" });
    await expect(retype).rejects.toThrow(/its type is not "ssd".*retypeMigrationPolicy: "on-demand"/);
    const error: unknown = await retype.catch((thrown: unknown) => thrown);
    // The volume is as good as before, so it is not to be destroyed.
    expect((error as Error).message).not.toMatch(/Destroy it/);
  });

  it("a lost answer to an extension does not extend twice", async () => {
    const resource = volumes();
    const { id, outputs } = await resource.create({ size: 1 });
    desk.after = ({ path }) => (path.endsWith("/action") ? "reset" : undefined);
    expect((await resource.update(id, outputs, { size: 2 })).size).toBe(2);
    expect(desk.requests(/action/)).toHaveLength(1);
  });

  it("a type declared by its uuid is the one that the service names", async () => {
    const resource = volumes();
    const { id, outputs } = await resource.create({ size: 1, volumeType: someId });
    (desk.volumes.get(id) as Row).volume_type = "folder";
    const found = await resource.read(id, outputs);
    expect(resource.diff(found?.outputs ?? {}, { size: 1, volumeType: someId })).toEqual([]);
    await resource.update(id, outputs, { size: 1, volumeType: someId });
    expect(desk.requests(/action/)).toEqual([]);
  });

  it("that cannot be deleted names what is in the way", async () => {
    const resource = volumes();
    const { id, outputs } = await resource.create({ size: 1 });
    desk.plant("snapshot", { volume_id: id, name: "of it" });
    desk.before = ({ method }) =>
      method === "DELETE" ? fault(400, "badRequest", "Invalid volume: must not have snapshots.") : undefined;
    await expect(resource.delete(id, outputs)).rejects.toThrow(/snapshots of it: "of it" .*cascade: true/);
    (desk.volumes.get(id) as Row).attachments = [{ server_id: someId }];
    await expect(resource.delete(id, outputs)).rejects.toThrow(`attached to ${someId}`);
  });
});

describe("a restoration", () => {
  const planted = () => {
    const volume = desk.plant("volume", { name: "data" });
    return { volume, snapshot: desk.plant("snapshot", { name: "nightly", volume_id: volume.id }) };
  };

  it("waits for a snapshot that is busy, and keeps the new volume where it is told to", async () => {
    const { snapshot } = planted();
    snapshot.status = "backing-up";
    desk.stage.clock.onSleep = () => {
      snapshot.status = "available";
    };
    const resource = restorations();
    const { id, outputs } = await resource.create({ snapshotId: snapshot.id, onDestroy: "keep" });
    expect(desk.writes()).toMatchObject([{ body: { volume: { snapshot_id: snapshot.id } } }]);
    expect(outputs).toMatchObject({ volumeId: id, snapshotId: snapshot.id, onDestroy: "keep" });
    await resource.delete(id, outputs);
    expect(desk.volumes.has(id)).toBe(true);
  });

  it("a revert wants to be confirmed, needs 3.40, and its destruction is a no-op that says so", async () => {
    const { volume, snapshot } = planted();
    const args = { snapshotId: snapshot.id, mode: "revert" };
    await expect(restorations().create(args)).rejects.toThrow(/confirmRevert: true/);
    desk.highest = "3.39";
    const sure = { ...args, confirmRevert: true };
    await expect(restorations().create(sure)).rejects.toThrow(/3\.40.*3\.39/);
    desk.highest = "3.40";
    const resource = restorations();
    const { id, outputs } = await resource.create(sure);
    expect(id).toBe(`${volume.id}/${snapshot.id}`);
    expect(desk.writes()).toEqual([
      { line: `POST /volumes/${volume.id}/action`, body: { revert: { snapshot_id: snapshot.id } } },
    ]);
    expect((await resource.read(id))?.inputs).toMatchObject(sure);
    expect(resource.diff(outputs, sure)).toEqual([]);
    await resource.delete(id, outputs);
    expect(resource.warnings).toEqual([expect.stringMatching(/nothing undoes a revert/)]);
    expect(desk.writes()).toHaveLength(1);
  });

  it("a revert whose answer is lost is not sent again where it was carried out", async () => {
    const { volume, snapshot } = planted();
    desk.after = ({ path }) => {
      if (!path.endsWith("/action")) return undefined;
      snapshot.updated_at = volume.updated_at;
      return "reset";
    };
    await restorations().create({ snapshotId: snapshot.id, mode: "revert", confirmRevert: true });
    expect(desk.requests(/action/)).toHaveLength(1);
  });

  it("a snapshot that is not the latest is refused with those that are newer", async () => {
    const { volume, snapshot } = planted();
    desk.plant("snapshot", { volume_id: volume.id, name: "newer" });
    const words = `Specified snapshot ${snapshot.id} is None or not the latest one of volume ${volume.id}.`;
    desk.before = ({ method }) => (method === "POST" ? fault(400, "badRequest", words) : undefined);
    const revert = restorations().create({ snapshotId: snapshot.id, mode: "revert", confirmRevert: true });
    await expect(revert).rejects.toThrow(/newer ones are "newer"/);
  });
});
