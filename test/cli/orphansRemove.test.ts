import { afterEach, describe, expect, it } from "vitest";
import type { Properties } from "../../provider/core/resource/lifecycle";
import { killedUp } from "../fronts/contract/support/killed";
import { Scene } from "../fronts/contract/support/scene";
import { CinderWorld, WaldurWorld } from "../fronts/contract/support/worlds";
import { caseOf, OrphansRun } from "./support/orphans";

let scene: Scene;
let orphans: OrphansRun;
afterEach(async () => {
  orphans.dispose();
  await scene.close();
});

async function open(type: string): Promise<void> {
  scene = await Scene.open(caseOf(type), "plugin");
  orphans = new OrphansRun(scene);
}

/** Arguments of a snapshot whose name is generated from the resource's, with this retention. */
const args = (retention: Properties = {}) =>
  scene.args({ name: undefined, retentionMode: undefined, ...retention });

const deletions = () => scene.world.writes().filter((line) => /^DELETE|terminate/.test(line));

/** Changes the snapshot on the server, behind everybody's back. */
function change(values: object): void {
  const { world } = scene;
  if (world instanceof CinderWorld) {
    for (const { name, metadata } of world.desk.snapshots.values())
      if (String(name).startsWith("drill-")) Object.assign(metadata, values);
  } else if (world instanceof WaldurWorld) {
    for (const row of world.emulator.world.snapshots.values())
      if (row.name.startsWith("drill-")) Object.assign(row, values);
  }
}

async function refused(state: string, words: RegExp): Promise<void> {
  const [one] = await orphans.listed(state);
  for (const which of ["--yes", one?.id ?? ""]) {
    const { code, stdout } = await orphans.run(state, "--remove", which);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Not removed:\n {2}snapshot "drill-[0-9a-f]{7}" \([0-9a-f-]+\): /m);
    expect(stdout).toMatch(words);
  }
  expect(deletions()).toEqual([]);
  expect(await orphans.listed(state)).toHaveLength(1);
}

const until = "2035-01-01T00:00:00Z";
const expiry = "x-snapsentry-snapshot-expiry-date";

describe("orphans --remove refuses, in the guard's words, a snapshot", () => {
  it.each([
    ["until a date", { keptUntil: until }, /is kept until 2035-01-01T00:00:00Z/],
    [
      "in governance",
      { keptUntil: until, retentionMode: "governance" },
      /is kept until 2035-01-01T00:00:00Z/,
    ],
    ["for good", { retentionMode: "governance" }, /is kept for good/],
    [
      "in compliance",
      { keptUntil: until, retentionMode: "compliance" },
      /its retentionMode is "compliance", which nothing here can shorten or force/,
    ],
  ])("of Cinder that is kept %s", async (_how, retention, words) => {
    await open("cinder:Snapshot");
    await scene.made(args(retention));
    await refused(orphans.state(), words);
  });

  it.each([
    ["an end that cannot be read", { kept_until: "soon" }, /kept_until is "soon", which cannot be read/],
    ["another tool's end", { expire_at: "2035-01-01" }, /set by cinder-snapshooter/],
  ])("of Cinder with %s", async (_what, metadata, words) => {
    await open("cinder:Snapshot");
    await scene.made(args());
    change(metadata);
    await refused(orphans.state(), words);
  });

  it("of Waldur that is kept until a date", async () => {
    await open("waldur:Snapshot");
    await scene.made(args({ keptUntil: until }));
    await refused(orphans.state(), /is kept until 2035-01-01T00:00:00Z/);
  });

  it.each([
    ["an end that cannot be read", { keptUntil: "soon" }, /kept_until is "soon", which cannot be read/],
    // Its mark goes with its metadata, and the generated name tells whose it is.
    ["another tool's end", { metadata: { [expiry]: until } }, /set by SnapSentry/],
  ])("of Waldur with %s", async (_what, values, words) => {
    await open("waldur:Snapshot");
    await scene.made(args());
    change(values);
    await refused(orphans.state(), words);
  });

  it("of Waldur, which knows no mode, that the killed run's arguments keep for good", async () => {
    await open("waldur:Snapshot");
    const first = await scene.run();
    await killedUp(scene, first, args({ retentionMode: "governance" }));
    const state = orphans.state(first.exported());
    const [one] = await orphans.listed(state);
    expect(one?.retentionMode).toBe("governance");
    const { code, stdout } = await orphans.run(state, "--remove", one?.id ?? "");
    expect(code).toBe(1);
    expect(stdout).toMatch(/is kept for good/);
    expect(deletions()).toEqual([]);
  });
});

describe("orphans --remove", () => {
  it("removes a snapshot whose retention is over", async () => {
    await open("cinder:Snapshot");
    await scene.made(args({ keptUntil: new Date(scene.world.clock.now() + 3_600_000).toISOString() }));
    scene.world.pass(7_200_000);
    expect(await orphans.run(orphans.state(), "--remove", "--yes")).toMatchObject({ code: 0 });
    expect(deletions()).toHaveLength(1);
  });

  it("does nothing where an ID is none of those that are listed", async () => {
    await open("cinder:Snapshot");
    const stack = await scene.made(args());
    const other = await scene.run(undefined, { name: "other" });
    await other.up(args());
    // What the stack holds cannot be removed here, nor anything beside it.
    const state = orphans.state(stack.exported());
    const held = stack.there().id;
    const [one] = await orphans.listed(state);
    const { code, stderr } = await orphans.run(state, "--remove", one?.id ?? "", held);
    expect(code).toBe(1);
    expect(stderr).toBe(`openstack-snapshots: not listed as an orphan: ${held}. Nothing is removed.\n`);
    expect(deletions()).toEqual([]);
    expect(await orphans.run(state, "--remove", one?.id ?? "")).toMatchObject({ code: 0 });
    expect(await orphans.run(state)).toMatchObject({ code: 0 });
  });

  it("does not touch what was made after the state of a file was written", async () => {
    await open("cinder:Snapshot");
    const before = new Date(scene.world.clock.now()).toISOString();
    await scene.made(args());
    const parsed = JSON.parse(orphans.state());
    parsed.deployment.manifest = { time: before };
    const state = JSON.stringify(parsed);
    const [one] = await orphans.listed(state);
    expect(one?.notes).toEqual(["made after the state was written, which a newer state may hold"]);
    const { code, stdout } = await orphans.run(state, "--remove", one?.id ?? "");
    expect(code).toBe(1);
    expect(stdout).toContain("made after the state in the file was written: export the state again");
    expect(deletions()).toEqual([]);
  });

  it("tells programs what was removed, and what not and why", async () => {
    await open("cinder:Snapshot");
    await scene.made(args({ keptUntil: until }));
    const other = await scene.run(undefined, { name: "other" });
    await other.up(args());
    const id = other.there().id;
    const { code, stdout } = await orphans.run(orphans.state(), "--remove", "--yes", "-o", "json");
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      removed: [id],
      refused: [{ id: expect.any(String), reason: expect.stringContaining("is kept until 2035") }],
    });
  });

  it("refuses an order that waits for approval, since that is to be rejected", async () => {
    await open("waldur:Volume");
    const { world } = scene;
    if (!(world instanceof WaldurWorld)) throw new Error("another world");
    world.emulator.world.rules.approval = true;
    const first = await scene.run();
    await killedUp(scene, first, args());
    const [one] = await orphans.listed(orphans.state());
    expect(one).toMatchObject({ kind: "order", resource: { name: "drill" }, adopt: null, remove: null });
    expect(one?.notes.join("; ")).toContain("have it rejected");
    const { code, stdout } = await orphans.run(orphans.state(), "--remove", one?.id ?? "");
    expect(code).toBe(1);
    expect(stdout).toContain("it waits for approval (pending-consumer): have it rejected");
    const adopted = await orphans.run(orphans.state(), "--adopt", "--out", orphans.out);
    expect(adopted).toMatchObject({ code: 1, stdout: expect.stringContaining('taken up by "pulumi up"') });
  });
});
