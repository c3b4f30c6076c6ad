import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cinder } from "../../../../provider/cinder/backend";
import { snapshotLifecycle } from "../../../../provider/cinder/snapshot/lifecycle";
import { volumeLifecycle } from "../../../../provider/cinder/volume/lifecycle";
import { CinderDesk, type Row } from "../../../support/cinderDesk";
import { lifecycleOn } from "../../../support/lifecycleOn";

let desk: CinderDesk;
let volume: Row;

beforeEach(async () => {
  desk = await new CinderDesk().open();
  volume = desk.plant("volume", { name: "data" });
});
afterEach(() => desk.close());

const day = 86_400_000;
const inDays = (days: number) => new Date(desk.stage.clock.start + days * day).toISOString();
const client = () => cinder.connect(desk.settings, desk.stage.clock);
const snapshots = () => lifecycleOn(snapshotLifecycle, client(), desk.stage.clock);
const metadataOf = (id: string) => desk.snapshots.get(id)?.metadata ?? {};

describe("a retention of a Cinder snapshot", () => {
  it("stands in metadata that nobody has to declare, and holds against a deletion", async () => {
    const resource = snapshots();
    const declared = { volumeId: volume.id, keptUntil: inDays(3), retentionMode: "governance" };
    const { id, outputs } = await resource.create(declared);
    expect(metadataOf(id)).toMatchObject({ kept_until: inDays(3), retention_mode: "governance" });
    expect(outputs).toMatchObject({ metadata: {}, keptUntil: inDays(3), expired: false });
    expect(resource.diff(outputs, declared)).toEqual([]);
    await expect(resource.delete(id, outputs)).rejects.toThrow(/is kept until .*forceDelete/);
    expect(desk.requests(/^DELETE/)).toEqual([]);
  });

  it("follows the server where somebody extends it there", async () => {
    const resource = snapshots();
    const { id, outputs } = await resource.create({ volumeId: volume.id, keptUntil: inDays(1) });
    metadataOf(id).kept_until = inDays(10);
    await desk.stage.clock.sleep(2 * day);
    await expect(resource.delete(id, outputs)).rejects.toThrow(/is kept until/);
    await desk.stage.clock.sleep(9 * day);
    await resource.delete(id, outputs);
    expect(desk.snapshots.size).toBe(0);
  });

  it("that another tool wrote without a zone is one in UTC", async () => {
    const metadata = { kept_until: inDays(1).replace(".000Z", "") };
    const row = desk.plant("snapshot", { volume_id: volume.id, metadata });
    const found = await snapshots().read(row.id);
    expect(found?.inputs).toMatchObject({ keptUntil: inDays(1).replace(".000Z", "Z") });
    await expect(snapshots().delete(row.id, found?.outputs ?? {})).rejects.toThrow(/is kept until/);
  });

  it("is changed and taken out in its own keys alone", async () => {
    const resource = snapshots();
    const declared = { volumeId: volume.id, metadata: { a: "1" } };
    const made = await resource.create({ ...declared, retainFor: "P5D" });
    expect(metadataOf(made.id).kept_until).toBe(inDays(5).replace(".000Z", "Z"));
    const longer = await resource.update(made.id, made.outputs, { ...declared, keptUntil: inDays(9) });
    expect(metadataOf(made.id).kept_until).toBe(inDays(9));
    const none = await resource.update(made.id, longer, declared);
    expect(metadataOf(made.id)).toEqual({
      a: "1",
      pulumi: expect.any(String),
      "pulumi-stack": expect.any(String),
    });
    expect(none.keptUntil).toBeUndefined();
    expect(desk.requests(/^(PUT|DELETE)/)).toEqual([
      `PUT /snapshots/${made.id}/metadata/kept_until`,
      `DELETE /snapshots/${made.id}/metadata/kept_until`,
    ]);
    await resource.delete(made.id, none);
  });

  it("that is over leaves an expired snapshot in the state, before that a lost one", async () => {
    const resource = snapshots();
    const { id, outputs } = await resource.create({ volumeId: volume.id, keptUntil: inDays(1) });
    desk.snapshots.clear();
    expect(await resource.read(id, outputs)).toBeUndefined();
    expect(resource.warnings).toEqual([expect.stringMatching(/^LOST/)]);
    await desk.stage.clock.sleep(2 * day);
    expect((await resource.read(id, outputs))?.outputs).toMatchObject({ expired: true });
  });

  it("holds against a volume that would take its snapshots with it", async () => {
    const volumes = lifecycleOn(volumeLifecycle, client(), desk.stage.clock);
    await snapshots().create({ volumeId: volume.id, name: "kept", keptUntil: inDays(1) });
    const { outputs } = (await volumes.read(volume.id)) ?? { outputs: {} };
    const state = { ...outputs, cascade: true };
    await expect(volumes.delete(volume.id, state)).rejects.toThrow(/still kept: snapshot "kept"/);
    await desk.stage.clock.sleep(2 * day);
    await volumes.delete(volume.id, state);
    expect(desk.requests(/^DELETE/)).toEqual([`DELETE /volumes/${volume.id}?cascade=True`]);
  });
});
