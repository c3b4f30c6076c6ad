import { describe, expect, test } from "vitest";
import { Run } from "./support/run";

describe("openstack-snapshots", () => {
  test("without a command, tells the commands and exits 2", async () => {
    const run = new Run([]);
    expect(await run.exit).toBe(2);
    expect(run.stderr).toContain("emulator");
    expect(run.stdout).toBe("");
  });

  test("--help tells the commands and exits 0", async () => {
    const run = new Run(["--help"]);
    expect(await run.exit).toBe(0);
    expect(run.stdout).toContain("Usage: openstack-snapshots COMMAND");
  });

  test("an unknown command is named, with the usage, and exits 2", async () => {
    const run = new Run(["emulate"]);
    expect(await run.exit).toBe(2);
    expect(run.stderr).toContain('there is no command "emulate"');
    expect(run.stderr).toContain("Usage:");
  });
});

describe("openstack-snapshots emulator", () => {
  test("--help tells the options", async () => {
    const run = new Run(["emulator", "--help"]);
    expect(await run.exit).toBe(0);
    for (const option of ["--port", "--speed", "--generation", "--approval", "--trilio", "--guess"])
      expect(run.stdout).toContain(option);
  });

  test.each([
    [["--frobnicate"], "--frobnicate"],
    [["--generation", "1999"], '2024 or 2026, not "1999"'],
    [["--speed", "fast"], 'a number above 0, not "fast"'],
    [["--port", "70000"], '0 to 65535, not "70000"'],
    [["--guess", "cancelSeconds=1"], "--guess is for --trilio only"],
    [["extra"], "extra"],
  ])("%j exits 2 and says why", async (args, why) => {
    const run = new Run(["emulator", ...args]);
    expect(await run.exit).toBe(2);
    expect(run.stderr).toContain(why);
    expect(run.stderr).toContain("Usage: openstack-snapshots emulator");
  });

  test.each(["SIGINT", "SIGTERM"] as const)("serves until %s, then exits 0", async (signal) => {
    const run = new Run(["emulator", "--port", "0", "--generation", "2026", "--approval", "--speed", "50"]);
    const url = await run.printed(/export WALDUR_API_URL=(\S+)/);
    const token = await run.printed(/export WALDUR_ACCESS_TOKEN=(\S+)\n/);
    const offering = await run.printed(/offering\s+([0-9a-f]{32})/);
    const project = await run.printed(/project\s+([0-9a-f]{32})/);
    const headers = { Authorization: `Token ${token}`, "Content-Type": "application/json" };
    const listed = await fetch(`${url}openstack-volumes/?name_exact=data-1`, { headers });
    expect(await listed.json()).toMatchObject([{ name: "data-1", extend_enabled: true }]);
    const ordered = await fetch(`${url}marketplace-orders/`, {
      method: "POST",
      headers,
      body: JSON.stringify({
        offering: `${url}marketplace-public-offerings/${offering}/`,
        project: `${url}projects/${project}/`,
        attributes: { name: "ordered", size: 1024 },
      }),
    });
    expect(await ordered.json()).toMatchObject({ state: "pending-consumer" });
    run.kill(signal);
    expect(await run.exit).toBe(0);
    expect(run.stderr).toBe("");
  });

  test("a port that is taken is an error with exit code 1", async () => {
    const first = new Run(["emulator", "--port", "0"]);
    const port = await first.printed(/127\.0\.0\.1:(\d+)/);
    const second = new Run(["emulator", "--port", port]);
    expect(await second.exit).toBe(1);
    expect(second.stderr).toContain("EADDRINUSE");
    first.kill("SIGTERM");
    expect(await first.exit).toBe(0);
  });
});
