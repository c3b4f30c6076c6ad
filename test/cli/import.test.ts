import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { recordedSeed, type Seed, startWaldur, type WaldurEmulator } from "../../emulator";
import { ImportFolder } from "./support/importing";

const folder = new ImportFolder();
let waldur: WaldurEmulator;
/** A text that would end a string, a line and a comment where it is written as it is. */
const awkward = 'of "data-1"; \'\n` */ process.exit(); //';

beforeAll(async () => {
  waldur = await startWaldur({ seed: world() });
});
beforeEach(() => folder.empty());
afterAll(async () => {
  await waldur.close();
  folder.remove();
});

/** The recorded world, and snapshots with names that no resource and no variable could have. */
function world(): Seed {
  const seed = recordedSeed();
  const [project] = seed.projects;
  project?.volumes.push({ name: "class", size: 1536 }, { name: "7 Größen/ü", size: 1024 });
  project?.snapshots.push(
    { name: "nightly", volume: "data-1" },
    { name: "nightly", volume: "class", keptUntil: "2035-01-01T00:00:00Z" },
    { name: "nightly-2", volume: "data-1", description: awkward },
    { name: "nightly Ünïcode \u001b[31m 写", volume: "7 Größen/ü" },
    { name: "备份", volume: "data-2" },
    { name: "Not nightly", volume: "data-2" },
  );
  return seed;
}

const run = (args: string[], env?: Record<string, string>) => folder.run(args, env);

const onServer = (...args: string[]) =>
  run(args, { WALDUR_API_URL: `${waldur.url}/api/`, WALDUR_ACCESS_TOKEN: waldur.tokens.owner });

const program = () => folder.program();
const resources = () => folder.resources();

describe("openstack-snapshots import", () => {
  test("prints what it found and writes both files", async () => {
    waldur.resetRequests();
    const { code, stdout, stderr } = await onServer("snapshots", "--project", waldur.ids.project);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const lines = stdout.split("\n");
    expect(lines[0]).toMatch(/^NAME +ID +SIZE +STATE +KEPT UNTIL +SOURCE VOLUME$/);
    const kept = lines.find((line) => line.startsWith("seed-snap-2"));
    const uuid = waldur.uuid("snapshots", "seed-snap-2");
    expect(kept?.split(/ {2,}/)).toEqual([
      "seed-snap-2",
      uuid,
      "10 GiB",
      "OK",
      "2035-01-01T00:00:00Z",
      "data-1",
    ]);
    expect(stdout).toContain("1536 MiB");
    expect(stdout).not.toContain("\u001b");
    // One list, whatever there is on it.
    expect(waldur.counts()).toEqual({ "GET /api/openstack-snapshots/": 1 });

    expect(resources()).toContainEqual({
      type: "openstack-snapshots:waldur:Snapshot",
      name: "seed-snap-2",
      id: uuid,
    });
    expect(program()).toContain(
      `new waldur.Snapshot(\n  "seed-snap-2",\n  {\n    volumeId: "${waldur.ids.volumes["data-1"]}",`,
    );
    expect(program()).toContain(`{ import: "${uuid}", protect: true }`);
    for (const file of ["import.json", "imported.ts"]) {
      expect(readFileSync(join(folder.path, file), "utf8")).not.toContain(waldur.tokens.owner);
    }
  });

  test("lists what is not OK, with a note, and leaves it out", async () => {
    const { stdout } = await onServer("snapshots");
    const erred = waldur.uuid("snapshots", "erred-snap");
    const stuck = waldur.uuid("snapshots", "stuck-snap");
    expect(stdout).toMatch(new RegExp(`^erred-snap +${erred} +10 GiB +ERRED`, "m"));
    expect(stdout).toContain(`erred-snap (${erred}): its state is ERRED (fake error)`);
    expect(stdout).toContain(`stuck-snap (${stuck}): its state is CREATING`);
    const ids = resources().map(({ id }) => id);
    expect(ids).not.toContain(erred);
    expect(program()).not.toContain(stuck);
  });

  test("makes names valid and unique, the oldest first, in whatever order they are listed", async () => {
    await onServer("snapshots", "--name-prefix", "nightly", "--order-by=-created");
    const names = Object.fromEntries(resources().map(({ id, name }) => [name, id]));
    expect(Object.keys(names).sort()).toEqual(["nightly", "nightly-2", "nightly-3", "nightly-Unicode-31m"]);
    // What is called so on the server keeps its name.
    expect(names["nightly-2"]).toBe(waldur.uuid("snapshots", "nightly-2"));
    const twins = waldur.world.snapshotsNamed("nightly").sort((a, b) => (a.created < b.created ? -1 : 1));
    expect([names.nightly, names["nightly-3"]].sort()).toEqual(twins.map(({ uuid }) => uuid).sort());
    expect(() => folder.compiled()).not.toThrow();
  });

  test("with the source volumes, snapshots refer to them", async () => {
    const { stdout } = await onServer("snapshots", "--name-prefix", "nightly", "--with-volumes");
    expect(stdout).toMatch(/^NAME +ID +SIZE +STATE +TYPE +INSTANCE$/m);
    const text = program();
    expect(text).toMatch(/const data1 = new waldur\.Volume\(/);
    // `class` is a reserved word; a variable cannot begin with a digit.
    expect(text).toMatch(/const class_ = new waldur\.Volume\(\n {2}"class"/);
    expect(text).toMatch(/const _7GroEnU = new waldur\.Volume\(\n {2}"7-Gro-en-u"/);
    expect(text.match(/volumeId: (data1|class_|_7GroEnU)\.id/g)).toHaveLength(4);
    expect(text).toContain('volumeType: "ssd"');
    const types = resources().map(({ type }) => type.split(":").at(-1));
    expect(types).toEqual([...Array(3).fill("Volume"), ...Array(4).fill("Snapshot")]);
    expect(() => folder.compiled()).not.toThrow();
  });

  test("takes filters, repeated ones and flags among them", async () => {
    await onServer("snapshots", "--kept-until-set", "--state", "OK", "--state", "CREATING", "--can-manage");
    expect(
      resources()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["nightly", "seed-snap-2"]);
  });

  test("writes what it declares without letting it end its text early", async () => {
    await onServer("snapshots", "--name-exact", "nightly-2");
    expect(program()).toContain(`description: ${JSON.stringify(awkward)}`);
  });

  test("imports volumes", async () => {
    const { code, stdout } = await onServer(
      "volumes",
      "--instance-id",
      waldur.uuid("instances", "vm-shutoff"),
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^attached-1 .* ssd +vm-shutoff$/m);
    expect(resources()).toContainEqual({
      type: "openstack-snapshots:waldur:Volume",
      name: "attached-1",
      id: waldur.uuid("volumes", "attached-1"),
    });
    expect(program()).toMatch(/^new waldur\.Volume\(\n {2}"attached-1"/m);
  });

  test("where nothing matches, writes nothing", async () => {
    const { code, stdout } = await onServer("snapshots", "--name", "there is none");
    expect({ code, stdout }).toEqual({ code: 0, stdout: "No snapshot to import: nothing is written.\n" });
    expect(folder.files()).toEqual([]);
  });

  test("overwrites files only by force", async () => {
    writeFileSync(join(folder.path, "imported.ts"), "mine");
    const refused = await onServer("snapshots");
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("imported.ts would be overwritten: use --force");
    expect(program()).toBe("mine");
    expect(existsSync(join(folder.path, "import.json"))).toBe(false);
    expect((await onServer("snapshots", "--force")).code).toBe(0);
    expect(program()).toContain("new waldur.Snapshot(");
  });

  test("makes the folder that --out names", async () => {
    expect((await onServer("snapshots", "--out", "new/place")).code).toBe(0);
    expect(readdirSync(join(folder.path, "new", "place")).sort()).toEqual(["import.json", "imported.ts"]);
  });

  test("--help lists every filter with what it means", async () => {
    const { code, stdout } = await run(["snapshots", "--help"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}--volume-id UUID +The volume that the snapshot was taken of/m);
    expect(stdout).toMatch(/^ {2}--kept-until-set +\S/m);
    expect(stdout).toMatch(/^ {2}--attach-instance-uuid UUID +\S/m);
    expect(stdout).toMatch(/^ {2}--sort VALUE +\S/m);
    expect(stdout).not.toContain("--field");
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(110);
  });

  test.each([
    [[], 'say first what to import, "snapshots" or "volumes"'],
    [["backups"], 'not "backups"'],
    [["snapshots", "--frobnicate"], "--frobnicate"],
    [["snapshots", "extra"], "extra"],
    [["volumes", "--with-volumes"], "--with-volumes"],
    [["snapshots", "--project-id", "P"], '--project-id: invalid value "P": expected a uuid'],
    [["snapshots", "--project-uuid", "P"], '--project-id: invalid value "P": expected a uuid'],
    [["snapshots", "--page-size", "many"], '--page-size: invalid value "many"'],
    [["snapshots", "--order-by", "name", "--order-by", "colour"], '--sort: invalid value "colour"'],
  ])("%j exits 2 and says why", async (args, why) => {
    const { code, stderr } = await onServer(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(why);
    expect(stderr).toContain("Usage: openstack-snapshots import");
    expect(folder.files()).toEqual([]);
  });

  test("without a server or a token, says where they are set", async () => {
    const { code, stderr } = await run(["snapshots"]);
    expect(code).toBe(1);
    expect(stderr).toContain("WALDUR_API_URL");
    expect(stderr).toContain("WALDUR_ACCESS_TOKEN");
  });

  test("a file of a setting is looked for from the folder of the command", async () => {
    const env = { WALDUR_API_URL: waldur.url, WALDUR_ACCESS_TOKEN: "t", WALDUR_CA_FILE: "ca.pem" };
    const { code, stderr } = await run(["snapshots"], env);
    expect(code).toBe(1);
    expect(stderr).toContain(join(folder.path, "ca.pem"));
  });

  test("interrupted while the server does not answer, ends at once and writes nothing", async () => {
    const fault = waldur.faults.add({
      route: "GET /api/openstack-snapshots/",
      action: { kind: "delay", ms: 3_600_000 },
    });
    const env = { WALDUR_API_URL: `${waldur.url}/api/`, WALDUR_ACCESS_TOKEN: waldur.tokens.owner };
    const interrupted = folder.start(["snapshots"], env);
    await vi.waitUntil(() => fault.hits > 0);
    interrupted.kill("SIGINT");
    const { code, stdout, stderr } = await interrupted.outcome();
    expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
    expect(stderr).toBe("openstack-snapshots: interrupted\n");
    expect(folder.files()).toEqual([]);
  });

  test("a token that is refused is an error with exit code 1, and is not printed", async () => {
    const token = "0123456789abcdef0123456789abcdef01234567";
    const env = { WALDUR_API_URL: `${waldur.url}/api/`, WALDUR_ACCESS_TOKEN: token };
    const { code, stdout, stderr } = await run(["snapshots"], env);
    expect(code).toBe(1);
    expect(stderr).toContain("401");
    expect(stdout + stderr).not.toContain(token);
    expect(folder.files()).toEqual([]);
  });
});
