import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { transpileModule } from "typescript";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { CinderDesk, type Row } from "../support/cinderDesk";
import { CloudStage, demoPassword } from "../support/cloudStage";
import { SkippingClock } from "../support/skippingClock";

const root = join(__dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "openstack-snapshots-cli-"));
let desk: CinderDesk;
let volume: Row;
let nightly: Row;
let nameless: Row;

beforeAll(async () => {
  // The command line has the machine's clock, so tokens have to end by that.
  desk = await new CinderDesk(new CloudStage(new SkippingClock(undefined, Date.now()))).open();
  volume = desk.plant("volume", { name: "data", size: 2, metadata: { pulumi: "mark", team: "a" } });
  nightly = desk.plant("snapshot", {
    name: "nightly",
    volume_id: volume.id,
    metadata: { class: "gold", kept_until: "2035-01-01T00:00:00Z", pulumi: "mark" },
  });
  nameless = desk.plant("snapshot", { volume_id: volume.id });
  desk.plant("snapshot", { name: "broken", volume_id: volume.id, status: "error" });
});
beforeEach(() => {
  for (const file of readdirSync(folder)) rmSync(join(folder, file), { recursive: true });
});
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const tsx = join(root, "node_modules", ".bin", "tsx");
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith("OS_"));
  const env = {
    ...Object.fromEntries(others),
    OS_AUTH_URL: desk.stage.authUrl,
    OS_USERNAME: "demo",
    OS_PASSWORD: demoPassword,
    OS_PROJECT_NAME: "demo",
  };
  return new Promise((resolve) => {
    execFile(
      tsx,
      [join(root, "cli", "main.ts"), "import", ...args, "--backend", "cinder"],
      { cwd: folder, env },
      (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

const program = () => readFileSync(join(folder, "imported.ts"), "utf8");
const resources = (): unknown[] => JSON.parse(readFileSync(join(folder, "import.json"), "utf8")).resources;

describe("openstack-snapshots import --backend cinder", () => {
  test("writes snapshots with their volumes, and leaves out what has failed", async () => {
    const { code, stdout, stderr } = await run("snapshots", "--with-volumes");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^NAME +ID +SIZE +STATUS +KEPT UNTIL +VOLUME$/m);
    expect(stdout).toMatch(
      new RegExp(`^nightly +${nightly.id} +1 GiB +available +2035-01-01T00:00:00Z`, "m"),
    );
    expect(stdout).toMatch(/broken \(.*\): its status is error/);
    expect(resources()).toEqual([
      { type: "openstack-snapshots:cinder:Volume", name: "data", id: volume.id },
      { type: "openstack-snapshots:cinder:Snapshot", name: "snapshot", id: nameless.id },
      { type: "openstack-snapshots:cinder:Snapshot", name: "nightly", id: nightly.id },
    ]);
    const text = program();
    expect(text).toContain('import { cinder } from "pulumi-openstack-snapshots";');
    expect(text).toMatch(/const data = new cinder\.Volume\(\n? *"data"/);
    expect(text.match(/volumeId: data\.id/g)).toHaveLength(2);
    // The retention is declared as one, the provider's own mark not at all.
    expect(text).toContain('keptUntil: "2035-01-01T00:00:00Z"');
    expect(text).toContain('metadata: { class: "gold" }');
    expect(text).not.toMatch(/mark|kept_until/);
    expect(transpileModule(text, { reportDiagnostics: true }).diagnostics).toEqual([]);
  });

  test("takes Cinder's filters, by metadata too", async () => {
    expect((await run("snapshots", "--metadata", "class=gold", "--status", "available")).code).toBe(0);
    expect(resources()).toMatchObject([{ id: nightly.id }]);
    const wrong = await run("snapshots", "--metadata", "class", "--force");
    expect(wrong).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--metadata: "class" is not right'),
    });
  });

  test("imports volumes", async () => {
    expect((await run("volumes", "--name-prefix", "da")).code).toBe(0);
    expect(resources()).toMatchObject([{ type: "openstack-snapshots:cinder:Volume", id: volume.id }]);
    expect(program()).toMatch(/size: 2/);
  });

  test("--help names its filters and where credentials come from", async () => {
    const { stdout } = await run("--help");
    expect(stdout).toMatch(/^ {2}--volume-id UUID +\S/m);
    expect(stdout).toMatch(/^ {2}--metadata KEY=VALUE +\S/m);
    expect(stdout).toContain("clouds.yaml");
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(110);
  });
});
