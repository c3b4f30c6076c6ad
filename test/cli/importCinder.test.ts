import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { CinderDesk } from "../support/cinderDesk";
import { demoPassword, demoProject } from "../support/cloudStage";
import { plant } from "./support/cinderWorld";
import { ImportFolder } from "./support/importing";

const folder = new ImportFolder();
/** Another project than that of the credentials. */
const elsewhere = "e15e3e2e0000400080000000e15e3e2e";
let desk: CinderDesk;
let world: ReturnType<typeof plant>;

beforeEach(async () => {
  folder.empty();
  desk = await new CinderDesk().open();
  world = plant(desk);
  // A service whose pages are short.
  desk.before = ({ query }) => {
    if (Number(query.get("limit") ?? 9) > 4) query.set("limit", "4");
    return undefined;
  };
});
afterEach(() => desk.close());
afterAll(() => folder.remove());

const run = (args: string[], env?: Record<string, string>) => folder.run(args, env, desk.stage.clock);

const fromCinder = (...args: string[]) =>
  run([...args, "--backend", "cinder"], {
    OS_AUTH_URL: desk.stage.authUrl,
    OS_USERNAME: "demo",
    OS_PASSWORD: demoPassword,
    OS_PROJECT_NAME: "demo",
  });

describe("openstack-snapshots import --backend cinder", () => {
  test("prints what it found in a cloud of clouds.yaml, and writes both files", async () => {
    const clouds = {
      clouds: {
        here: {
          auth: {
            auth_url: desk.stage.authUrl,
            username: "demo",
            password: demoPassword,
            project_name: "demo",
          },
        },
      },
    };
    writeFileSync(join(folder.path, "clouds.yaml"), JSON.stringify(clouds));
    const { code, stdout, stderr } = await run(["snapshots", "--backend=cinder"], {
      OS_CLOUD: "here",
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^NAME +ID +SIZE +STATUS +KEPT UNTIL +VOLUME$/m);
    const { data, nameless, kept, unnamed, failed, making, endless, odd } = world;
    const cells = (id: string) =>
      stdout
        .split("\n")
        .find((line) => line.includes(id))
        ?.split(/ {2,}/);
    expect(cells(kept.id)).toEqual([
      "nightly",
      kept.id,
      "10 GiB",
      "available",
      "2035-01-01T00:00:00Z",
      data.id,
    ]);
    expect(cells(unnamed.id)).toEqual(["-", unnamed.id, "3 GiB", "available", "-", nameless.id]);

    expect(stdout).toContain(`failed (${failed.id}): its status is error\n`);
    expect(stdout).toContain(`making (${making.id}): its status is creating\n`);
    expect(stdout).toContain(`endless (${endless.id}): retentionMode: the mode "compliance" needs keptUntil`);
    // Nobody can declare an end that cannot be read. It is adopted, and guarded all the same.
    expect(cells(odd.id)).toContain("whenever");
    expect(stdout).not.toContain(`odd (${odd.id})`);

    const type = "openstack-snapshots:cinder:Snapshot";
    expect(folder.resources()).toHaveLength(4);
    expect(folder.resources()).toContainEqual({ type, name: "nightly-2", id: kept.id });
    expect(folder.resources()).toContainEqual({ type, name: "odd", id: odd.id });
    expect(folder.resources()).toContainEqual({ type, name: "snapshot-ca11ed00", id: unnamed.id });
    const program = folder.program();
    expect(() => folder.compiled()).not.toThrow();
    expect(program).not.toContain("whenever");
    expect(program).toContain('import { cinder } from "pulumi-openstack-snapshots";\n');
    expect(program).toContain(`new cinder.Snapshot(
  "nightly-2",
  {
    volumeId: "${data.id}",
    keptUntil: "2035-01-01T00:00:00Z",
    name: "nightly",
    description: ${JSON.stringify(kept.description)},
    metadata: { class: "gold" },
    retentionMode: "governance",
  },
  { import: "${kept.id}", protect: true },
);`);
    // Without a name here is with an empty one there: nothing is to be made up.
    expect(program).toMatch(
      /"snapshot-ca11ed00",\s+\{ volumeId: "[^"]+", name: "", metadata: \{ class: "gold" \} \}/,
    );

    expect(desk.writes()).toEqual([]);
    expect(desk.requests(/detail/)).toHaveLength(2);
    for (const file of ["import.json", "imported.ts"]) {
      const text = readFileSync(join(folder.path, file), "utf8");
      for (const secret of [demoPassword, ...desk.stage.issued]) expect(text).not.toContain(secret);
    }
  });

  test("with the source volumes, snapshots refer to them, by one list for each project", async () => {
    const theirs = desk.plant("volume", { name: "cinder", "os-vol-tenant-attr:tenant_id": elsewhere });
    desk.plant("snapshot", {
      name: "nightly theirs",
      volume_id: theirs.id,
      "os-extended-snapshot-attributes:project_id": elsewhere,
    });
    const { stdout } = await fromCinder(
      "snapshots",
      "--name-prefix",
      "nightly",
      "--with-volumes",
      "--all-tenants",
    );
    expect(stdout).toMatch(/^NAME +ID +SIZE +STATUS +TYPE +INSTANCE$/m);
    expect(stdout).toMatch(/^data 1 +\S+ +10 GiB +in-use +folder +4de9e333-f00c-4250-b364-5134e5643fe5$/m);
    expect(() => folder.compiled()).not.toThrow();
    const program = folder.program();
    // What the service says of the attachment is nobody's to declare.
    expect(program).toContain(`const data1 = new cinder.Volume(
  "data-1",
  {
    size: 10,
    volumeType: "folder",
    availabilityZone: "nova",
    name: "data 1",
    metadata: { team: "a" },
  },`);
    // A variable cannot be called like the module.
    expect(program).toContain("const cinder_ = new cinder.Volume(");
    expect(program.match(/volumeId: data1\.id/g)).toHaveLength(2);
    expect(program.match(/volumeId: cinder_\.id/g)).toHaveLength(1);
    const names = folder.resources().map(({ type, name }) => `${type.split(":").at(-1)} ${name}`);
    expect(names.slice(0, 2).sort()).toEqual(["Volume cinder", "Volume data-1"]);
    expect(names.slice(2).sort()).toEqual([
      "Snapshot nightly",
      "Snapshot nightly-2",
      "Snapshot nightly-theirs",
    ]);
    expect(desk.requests(/volumes/).sort()).toEqual([
      `GET /volumes/detail?project_id=${demoProject}&all_tenants=1`,
      `GET /volumes/detail?project_id=${elsewhere}&all_tenants=1`,
    ]);
  });

  test("takes the filters of Cinder's look-ups, those too that the service would ignore", async () => {
    desk.highest = "3.20";
    const { kept, data, unnamed } = world;
    const dashless = data.id.replaceAll("-", "").toUpperCase();
    await fromCinder(
      "snapshots",
      "--metadata",
      "class=gold",
      "--volume-id",
      dashless,
      "--sort",
      "created_at:asc",
    );
    expect(folder.resources().map(({ id }) => id)).toEqual([kept.id]);
    expect(desk.requests(/detail/)[0]).toBe(
      `GET /snapshots/detail?volume_id=${data.id}&sort=created_at%3Aasc`,
    );

    await fromCinder("snapshots", "--kept-until-set", "--force");
    expect(folder.resources().map(({ name }) => name)).toEqual(["odd", "nightly"]);
    await fromCinder("snapshots", "--marker", kept.id, "--limit", "1", "--force");
    expect(folder.resources()).toHaveLength(1);
    expect(folder.resources()[0]?.id).not.toBe(unnamed.id);
  });

  test("imports volumes, flags the other way round among the filters", async () => {
    const { code, stdout } = await fromCinder("volumes", "--no-bootable", "--size", "3");
    expect(code).toBe(0);
    expect(stdout).toContain("Wrote 1 resource to");
    const { data, nameless } = world;
    expect(folder.resources()).toEqual([
      { type: "openstack-snapshots:cinder:Volume", name: "volume-5eeded00", id: nameless.id },
    ]);
    // The image came with the copy: there is one origin.
    expect(folder.program()).toContain(`new cinder.Volume(
  "volume-5eeded00",
  {
    size: 3,
    volumeType: "folder",
    sourceVolumeId: "${data.id}",
    name: "",
  },
  { import: "${nameless.id}", protect: true },
);`);
    expect(desk.requests(/detail/)).toEqual(["GET /volumes/detail?bootable=false&size=3"]);
  });

  test("credentials that are refused are an error with exit code 1, and are not printed", async () => {
    const env = {
      OS_AUTH_URL: desk.stage.authUrl,
      OS_USERNAME: "demo",
      OS_PASSWORD: "not-the-password",
      OS_PROJECT_NAME: "demo",
    };
    const { code, stdout, stderr } = await run(["volumes", "--backend", "cinder"], env);
    expect(code).toBe(1);
    expect(stderr).toContain("401");
    expect(stdout + stderr).not.toContain("not-the-password");
    expect(folder.files()).toEqual([]);
  });

  test("without a cloud, says where one is set", async () => {
    const { code, stderr } = await run(["volumes", "--backend", "cinder"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/clouds\.yaml/);
    expect(stderr).toContain("OS_AUTH_URL");
  });
});
