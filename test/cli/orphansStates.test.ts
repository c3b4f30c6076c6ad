import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { digitsOf, resourceDigest } from "../../provider/core/resource/mark";
import { Creations, pastOf, stackDigest } from "../../provider/fronts/creations";
import { stateBackend } from "../../provider/fronts/stateBackend";
import { createSnapshot } from "../../provider/waldur/snapshot/create";
import { Stage } from "../support/waldurStage";
import { bystander } from "./support/orphans";
import { Run } from "./support/run";

let stage: Stage;
let folder: string;
beforeEach(async () => {
  stage = await Stage.start();
  folder = mkdtempSync(join(tmpdir(), "openstack-snapshots-states-"));
  writeFileSync(join(folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\nbackend: { url: file://. }\n");
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await stage.close();
});

const identity = { project: "shop", stack: "test", name: "drill" };
const where = () => ({ env: { HOME: folder, PATH: process.env.PATH }, cwd: folder });

/** Has a run of a stack take a snapshot, and forget it. @param stackId the id of the plugin's provider in its state */
async function forgotten(name = "drill-of-a-run", stackId?: string): Promise<string> {
  const volume = stage.emulator.uuid("volumes", "data-1");
  const past = pastOf(where(), undefined);
  const creations = new Creations({ where: where(), engine: undefined, past, stackId });
  const creation = creations.of("waldur:Snapshot", identity, { nonce: "0123456789abcdef" }, () => false);
  const ctx = { ...stage.context(), creation };
  const { object } = await createSnapshot({ name, volumeId: volume }, volume, ctx);
  stage.clock.advance(60_000);
  return object.uuid;
}

/** What `pulumi stack export` prints. */
const exportOf = (...resources: object[]) => JSON.stringify({ version: 3, deployment: { resources } });

function orphans(
  args: string[],
  { input = "", env = {} }: { input?: string; env?: Record<string, string> } = {},
) {
  const { emulator } = stage;
  const server = { WALDUR_API_URL: emulator.url, WALDUR_ACCESS_TOKEN: emulator.tokens.owner };
  const all = { ...where().env, ...server, ...env };
  return new Run(["orphans", ...args], { env: all, cwd: folder, clock: stage.ctx.clock, input });
}

/** Puts a `pulumi` on PATH. @param script what it does, for sh @returns the variable */
function pulumi(script: string): { PATH: string } {
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "pulumi"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, "pulumi"), 0o755);
  return { PATH: `${bin}${delimiter}${process.env.PATH}` };
}

describe("the state of orphans", () => {
  it("is what pulumi stack export prints in the folder, asked again where there are some", async () => {
    const uuid = await forgotten();
    writeFileSync(join(folder, "now.json"), exportOf(bystander));
    const env = pulumi('echo "$@" >> calls; cat now.json');
    const { code, stdout } = await orphans(["--stack", "test"], { env }).outcome();
    expect(code).toBe(1);
    expect(stdout).toContain(`openstack-snapshots orphans --stack test --remove ${uuid}\n`);

    // What a run has recorded since the first look is none.
    const held = { ...bystander, type: "openstack-snapshots:waldur:Snapshot", id: uuid };
    writeFileSync(join(folder, "next.json"), exportOf(bystander, held));
    const recording = pulumi("cat now.json; mv next.json now.json 2>/dev/null; exit 0");
    expect(await orphans([], { env: recording }).outcome()).toMatchObject({ code: 0 });
  });

  it("asks for the stack that is selected, where the state holds nothing at all", async () => {
    const uuid = await forgotten();
    const env = pulumi('case "$*" in *show-name*) echo test;; *) echo \'{"deployment":{}}\';; esac');
    const { code, stdout } = await orphans([], { env }).outcome();
    expect(code).toBe(1);
    expect(stdout).toContain(uuid);
  });

  it("can be a file, and several, relative to the folder", async () => {
    const uuid = await forgotten();
    writeFileSync(join(folder, "one state.json"), exportOf(bystander));
    const { code, stdout } = await orphans(["--state", "one state.json"]).outcome();
    expect(code).toBe(1);
    expect(stdout).toContain(`orphans --state 'one state.json' --adopt ${uuid}`);
    const holder = { urn: bystander.urn, type: "openstack-snapshots:waldur:Snapshot", id: uuid };
    writeFileSync(join(folder, "two.json"), exportOf(holder).replaceAll(":test::", ":prod::"));
    const both = await orphans(["--state", "one state.json", "--state", "two.json"]).outcome();
    expect(both).toMatchObject({ code: 0 });
  });

  it("tells the stack's marks by the ids of the plugin's providers too", async () => {
    const id = "00000000-1111-4222-8333-444444444444";
    const uuid = await forgotten("by the plugin", id);
    const provider = { urn: bystander.urn, type: "pulumi:providers:openstack-snapshots", id };
    const listed = await orphans(["--state", "-", "-o", "json"], { input: exportOf(provider) }).outcome();
    expect(JSON.parse(listed.stdout)).toMatchObject([{ id: uuid, resource: null }]);
    expect(await orphans(["--state", "-"], { input: exportOf(bystander) }).outcome()).toMatchObject({
      code: 0,
    });
  });

  it("holds what any resource of it has as its id", async () => {
    const uuid = await forgotten();
    const other = { ...bystander, type: "openstack:blockstorage/snapshotV3:SnapshotV3", id: uuid };
    expect(await orphans(["--state", "-"], { input: exportOf(other) }).outcome()).toMatchObject({ code: 0 });
  });

  it("of another back end is warned of, where what it holds bears other marks", async () => {
    const uuid = await forgotten();
    const held = {
      urn: "urn:pulumi:prod::shop::openstack-snapshots:waldur:Snapshot::drill",
      type: "openstack-snapshots:waldur:Snapshot",
      id: uuid,
      inputs: { __mark: { nonce: "0123456789abcdef" } },
    };
    const { code, stderr } = await orphans(["--state", "-"], { input: exportOf(held) }).outcome();
    expect(code).toBe(0);
    expect(stderr).toMatch(/^warning: nothing that the stack "prod" holds was found with its mark/);
  });

  it.each([
    ["no pulumi", "PATH", /"pulumi stack export" failed: it is not on PATH\. Run this in the folder/],
    ["pulumi that fails", "echo 'error: no stack selected' >&2; exit 255", /failed: no stack selected\. Run/],
    ["what is no export", "echo '[]'", /"pulumi stack export" is not what "pulumi stack export" prints/],
  ])("that cannot be had, because of %s, is one clear message", async (_what, script, words) => {
    const env = script === "PATH" ? { PATH: folder } : pulumi(script);
    const { code, stdout, stderr } = await orphans([], { env }).outcome();
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toMatch(words);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stage.emulator.requests).toEqual([]);
  });

  it.each([
    ["missing.json", "", /--state: "missing\.json" cannot be read: ENOENT/],
    ["-", "{", /standard input is not what "pulumi stack export" prints: expected its JSON/],
    ["-", '{"deployment":{}}', /the state holds no resource, so it does not tell which marks/],
  ])("in %s that is %j is one clear message", async (file, input, words) => {
    const { code, stderr } = await orphans(["--state", file], { input }).outcome();
    expect(code).toBe(3);
    expect(stderr).toMatch(words);
  });
});

describe("openstack-snapshots orphans", () => {
  it("reads each list once", async () => {
    await forgotten();
    stage.emulator.resetRequests();
    await orphans(["--state", "-"], { input: exportOf(bystander) }).outcome();
    expect(stage.emulator.counts()).toEqual({
      "GET /api/openstack-snapshots/": 1,
      "GET /api/openstack-volumes/": 1,
      "GET /api/marketplace-orders/": 1,
    });
  });

  it("finds by its generated name a snapshot whose metadata the server has overwritten", async () => {
    const uuid = await forgotten();
    const row = stage.emulator.world.snapshots.get(uuid);
    Object.assign(row ?? {}, { metadata: {} });
    const state = exportOf(bystander);
    expect(await orphans(["--state", "-"], { input: state }).outcome()).toMatchObject({ code: 0 });
    const mark = {
      resource: resourceDigest("waldur:Snapshot", identity),
      stack: stackDigest(identity, stateBackend(where())),
    };
    Object.assign(row ?? {}, { name: `drill-${digitsOf(mark, 3)}` });
    const { stdout } = await orphans(["--state", "-", "-o", "json"], { input: state }).outcome();
    expect(JSON.parse(stdout)).toMatchObject([{ id: uuid, resource: { name: "drill" } }]);
  });

  it("lists the marks of version 0.1.0 with --all", async () => {
    const uuid = await forgotten();
    Object.assign(stage.emulator.world.snapshots.get(uuid) ?? {}, {
      metadata: { pulumi: "0123456789abcdef" },
    });
    const input = exportOf(bystander);
    expect(await orphans(["--state", "-"], { input }).outcome()).toMatchObject({ code: 0 });
    const { code, stdout } = await orphans(["--state", "-", "--all"], { input }).outcome();
    expect(code).toBe(1);
    expect(stdout).toContain(uuid);
  });

  it("does not overwrite files but by force", async () => {
    await forgotten();
    const input = exportOf(bystander);
    expect(await orphans(["--state", "-", "--adopt"], { input }).outcome()).toMatchObject({ code: 0 });
    const again = await orphans(["--state", "-", "--adopt"], { input }).outcome();
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining("use --force") });
    const forced = await orphans(["--state", "-", "--adopt", "--force"], { input }).outcome();
    expect(forced).toMatchObject({ code: 0 });
  });

  it("fails with 3 where the server cannot be reached or refuses the token", async () => {
    const input = exportOf(bystander);
    const away = { WALDUR_API_URL: "http://127.0.0.1:9/api/" };
    const unreached = await orphans(["--state", "-"], { input, env: away }).outcome();
    expect(unreached).toMatchObject({ code: 3, stdout: "", stderr: expect.stringContaining("127.0.0.1:9") });
    const refused = await orphans(["--state", "-"], { input, env: { WALDUR_ACCESS_TOKEN: "no" } }).outcome();
    expect(refused).toMatchObject({ code: 3, stdout: "", stderr: expect.stringContaining("401") });
  });

  it("ends at once where it is interrupted", async () => {
    const action = { kind: "delay", ms: 3_600_000 } as const;
    const fault = stage.emulator.faults.add({ route: "GET /api/openstack-volumes/", action });
    const run = orphans(["--state", "-"], { input: exportOf(bystander) });
    await vi.waitUntil(() => fault.hits > 0);
    run.kill("SIGINT");
    const { code, stderr } = await run.outcome();
    expect({ code, stderr }).toEqual({ code: 130, stderr: "openstack-snapshots: interrupted\n" });
  });

  it.each([
    [["extra"], 'unexpected "extra": IDs go with --adopt or --remove'],
    [["--adopt", "--remove"], "--adopt or --remove, not both"],
    [["--remove"], "--remove without IDs removes everything that is listed: add --yes, or give IDs"],
    [["--remove", "--yes", "--all"], "--remove with --all needs IDs"],
    [["--adopt", "--all"], "--adopt with --all needs IDs"],
    [["--yes"], "--yes goes with --remove"],
    [["--out", "x"], "--out and --force go with --adopt"],
    [["--backend", "nova"], '--backend: invalid value "nova": expected waldur, cinder or trilio'],
    [["-o", "xml"], '--output: invalid value "xml": expected table or json'],
    [["--stack", "test", "--state", "-"], "give --stack or --state, not both"],
    [["--state", "-", "--state", "-"], "standard input can be read once"],
    [["--frobnicate"], "--frobnicate"],
  ])("%j exits 2 and says why", async (args, why) => {
    const { code, stderr } = await orphans(args).outcome();
    expect(code).toBe(2);
    expect(stderr).toContain(why);
    expect(stderr).toContain("Usage: openstack-snapshots orphans");
    expect(stage.emulator.requests).toEqual([]);
  });

  it("--help fits a screen", async () => {
    const { code, stdout } = await orphans(["--help"]).outcome();
    expect(code).toBe(0);
    const lines = stdout.split("\n");
    expect(lines.length).toBeLessThan(40);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(110);
    expect(stdout).toMatch(/^ {2}-o, --output FORMAT +table or json/m);
  });
});
