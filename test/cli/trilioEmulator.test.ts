import { describe, expect, test } from "vitest";
import { UsageError } from "../../cli/command";
import { emulatorOptions } from "../../cli/emulator/options";
import { guessNames, guessTable } from "../../emulator/index";
import type { Body } from "../emulator/support/client";
import { Run } from "./support/run";

describe("openstack-snapshots emulator --guesses", () => {
  test("lists every guess with its value, what it decides and how to set it", async () => {
    const run = new Run(["emulator", "--guesses"]);
    expect(await run.exit).toBe(0);
    expect(run.stdout).toContain("--trilio --guess NAME=VALUE");
    const lines = run.stdout.split("\n");
    for (const name of guessNames) {
      const { default: value, decides, evidence, section } = guessTable[name];
      const at = lines.indexOf(`${name} = ${value === "" ? '""' : value}`);
      expect(at, name).toBeGreaterThan(0);
      expect(lines[at + 1]).toBe(`    ${decides}`);
      expect(lines[at + 2]).toContain(`${evidence}: `);
      expect(lines[at + 2]).toContain(`section ${section}`);
    }
    expect(lines.filter((line) => / = /.test(line))).toHaveLength(guessNames.length);
    expect(lines[lines.indexOf("cancelSettled = ignored") + 2]).toContain("takes ignored | refused;");
  });

  test("with some of them set, shows their defaults too", async () => {
    const set = ["--guess", "cancelSettled=refused", "--guess", "cancelSeconds=3"];
    const { stdout: list } = await new Run(["emulator", "--guesses", ...set]).outcome();
    expect(list).toContain("cancelSettled = refused (default: ignored)\n");
    expect(list).toContain("cancelSeconds = 3 (default: 20)\n");
  });
});

describe("openstack-snapshots emulator --trilio", () => {
  test("a guess that there is not is refused with all that there are, and exits 2", async () => {
    const run = new Run(["emulator", "--trilio", "--guess", "colour=blue"]);
    expect(await run.exit).toBe(2);
    expect(run.stderr).toContain(`there is no guess "colour"; there are ${guessNames.join(", ")}`);
    expect(run.stderr).toContain("Usage: openstack-snapshots emulator");
  });

  test.each([
    [
      ["--trilio", "--guess", "cancelSettled=perhaps"],
      /--guess: .* cancelSettled is ignored, refused, not "perhaps"/,
    ],
    [["--trilio", "--generation", "2026"], /--generation is for Waldur only/],
    [["--guesses", "--approval"], /--approval is for Waldur only/],
    [["--keystone-port", "0"], /--keystone-port is for --trilio only/],
    [["--trilio", "--keystone-port", "x"], /--keystone-port takes 0 to 65535, not "x"/],
  ])("%j is refused", (args, why) => {
    const parse = () => emulatorOptions(args);
    expect(parse).toThrow(why);
    expect(parse).toThrow(UsageError);
  });

  test("serves until SIGTERM what its OS_ lines lead to, with the guesses that were set", async () => {
    const ports = ["--port", "0", "--keystone-port", "0"];
    const others = ["--speed", "1000", "--guess", "deleteStatus=204"];
    const run = new Run(["emulator", "--trilio", ...ports, ...others]);
    await run.printed(/Ctrl-C stops it/);
    const lines = run.stdout.matchAll(/export (OS_\w+)=(\S+)/g);
    // The first line of a name is that of the password; the others are of the application credential.
    const env: Record<string, string> = {};
    for (const [, name = "", value = ""] of lines) env[name] ??= value;
    const ask = async (identity: unknown, scope?: unknown) => {
      const auth = { identity, ...(scope === undefined ? {} : { scope }) };
      const body = JSON.stringify({ auth });
      const headers = { "Content-Type": "application/json" };
      const answer = await fetch(`${env.OS_AUTH_URL}/auth/tokens`, { method: "POST", headers, body });
      const { token } = (await answer.json()) as Body;
      const { endpoints } = token.catalog.find(({ type }: Body) => type === "workloads");
      return { token: answer.headers.get("x-subject-token") ?? "", url: endpoints[0].url };
    };
    const domain = { name: env.OS_USER_DOMAIN_NAME };
    const user = { name: env.OS_USERNAME, password: env.OS_PASSWORD, domain };
    const { token, url } = await ask(
      { methods: ["password"], password: { user } },
      { project: { name: env.OS_PROJECT_NAME, domain: { name: env.OS_PROJECT_DOMAIN_NAME } } },
    );
    const credential = { id: env.OS_APPLICATION_CREDENTIAL_ID, secret: env.OS_APPLICATION_CREDENTIAL_SECRET };
    const other = await ask({
      methods: ["application_credential"],
      application_credential: credential,
    });
    expect(other.url).toBe(url);
    const restore = await run.printed(/([0-9a-f-]{36}) {2}failed, error/);
    expect(run.stdout).toMatch(/[0-9a-f-]{36} {2}API taken 2, available/);
    const path = `${url}/restores/${restore}`;
    expect((await fetch(path, { method: "DELETE", headers: { "X-Auth-Token": token } })).status).toBe(204);
    expect((await fetch(path, { headers: { "X-Auth-Token": other.token } })).status).toBe(404);
    run.kill("SIGTERM");
    expect(await run.exit).toBe(0);
    expect(run.stderr).toBe("");
  });
});
