import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blockStorage } from "../../../provider/cinder/backend";
import { readAccess } from "../../../provider/openstack/access";
import { connectService } from "../../../provider/openstack/connect";
import { SkippingClock } from "../../support/skippingClock";
import { ensurePackages, pythonEnv } from "../service/packages";
import { Clouds } from "./cloud";
import { catalogs } from "./entries/catalogs";
import { credentials } from "./entries/credentials";
import { documents } from "./entries/documents";
import { files } from "./entries/files";
import { places } from "./entries/places";
import { variables } from "./entries/variables";
import type { Answer, Case } from "./entry";

const groups = { credentials, files, variables, places, catalogs, documents };
const cases: readonly Case[] = Object.values(groups).flat();

const root = mkdtempSync(join(tmpdir(), "openstacksdk-"));
let clouds: Clouds;
let theirs: Answer[];
beforeAll(async () => {
  clouds = await Clouds.open(cases);
  cases.forEach(write);
  theirs = await sdk();
});
afterAll(async () => {
  await clouds.close();
  rmSync(root, { recursive: true });
});

const folderOf = (index: number) => join(root, String(index));

function write({ entry, files: more = {} }: Case, index: number): void {
  const own =
    entry === undefined ? {} : { "clouds.yaml": `clouds:\n  it:\n${entry.replace(/^/gm, "    ")}\n` };
  for (const [name, content] of Object.entries({ ...own, ...more })) {
    mkdirSync(folderOf(index), { recursive: true });
    writeFileSync(join(folderOf(index), name), clouds.filled(index, content));
  }
  mkdirSync(folderOf(index), { recursive: true });
}

function environment({ env = {} }: Case, index: number): Record<string, string> {
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, clouds.filled(index, value)]));
}

/** What openstacksdk makes of every case, in one process. */
async function sdk(): Promise<Answer[]> {
  const packages = await ensurePackages((line) => console.error(line));
  const entries = cases.map((each, index) => {
    const { cloud = "it", region, offline } = each;
    return { folder: folderOf(index), env: environment(each, index), cloud, region, offline };
  });
  const python = spawn(packages.python, [join(__dirname, "answers.py")], {
    env: { ...pythonEnv(packages), NO_PROXY: "*" },
  });
  python.stdin.end(JSON.stringify(entries));
  const [out, wrong] = await Promise.all([text(python.stdout), text(python.stderr)]);
  if (out === "") throw new Error(`openstacksdk did not answer: ${wrong.slice(-2000)}`);
  const answers: Answer[] = JSON.parse(out);
  return answers.map((answer, index) => whole(answer, index, /openstacksdk/));
}

/** What this package makes of a case. */
async function own(each: Case, index: number): Promise<Answer> {
  const { cloud = "it", region, offline } = each;
  const settings = { ...(cloud === null ? {} : { cloud }), ...(region === undefined ? {} : { region }) };
  const folder = folderOf(index);
  const env = { HOME: folder, XDG_CONFIG_DIRS: folder, ...environment(each, index) };
  const where = { cwd: folder, machine: folder, env };
  try {
    const access = readAccess(settings, where, blockStorage);
    const { authUrl, interfaces, ca, client, insecure } = access;
    if (!offline) {
      const service = connectService(settings, new SkippingClock(), blockStorage, where);
      await service.request({ method: "GET", path: "/volumes" });
    }
    const answer = {
      authUrl: authUrl.href,
      region: access.region ?? null,
      interfaces,
      verify: insecure ? false : (ca ?? true),
      cert: client?.cert ?? null,
      key: client?.key ?? null,
    };
    return whole(answer, index, /pulumi/);
  } catch (error) {
    return { error: String(error) };
  }
}

function whole(answer: Answer, index: number, agent: RegExp): Answer {
  if (answer.error !== undefined) return answer;
  return {
    ...answer,
    authUrl: answer.authUrl && withoutVersion(answer.authUrl),
    interfaces: answer.interfaces?.map((each) => each.replace(/URL$/, "")),
    ...clouds.asked(index, agent),
  };
}

function withoutVersion(address: string): string {
  const { href } = URL.canParse(address) ? new URL(address) : { href: address };
  return href.replace(/(\/v[23](\.0)?)?\/*$/, "");
}

describe.each(Object.entries(groups))("%s", (_, group) => {
  it.each(group)("$title", async (each) => {
    const index = cases.indexOf(each);
    const ours = await own(each, index);
    const sdks = theirs[index];
    const { fails, differs } = each;
    if (fails !== undefined) {
      expect(sdks).toHaveProperty("error");
      expect(ours.error).toMatch(fails);
      return;
    }
    if (differs === undefined) {
      expect(ours).not.toHaveProperty("error");
      // openstacksdk asks with a microversion only where it is told to.
      expect(ours).toEqual({ ...sdks, microversion: sdks?.microversion ?? ours.microversion });
      return;
    }
    // A difference that is gone is none to be listed.
    expect(ours).not.toEqual(sdks);
    if (differs.ours instanceof RegExp) expect(ours.error).toMatch(differs.ours);
    else expect(ours).toMatchObject(differs.ours);
  });
});

it("there are enough of them", () => {
  expect(cases.length).toBeGreaterThanOrEqual(60);
});
