import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { stateBackend } from "../../../provider/fronts/stateBackend";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "openstack-snapshots-backend-"));
  for (const folder of ["home/.pulumi", "project/deep", "one/.pulumi", "two/.pulumi"])
    mkdirSync(join(root, folder), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const at = (env: NodeJS.ProcessEnv = {}, cwd = "project") =>
  stateBackend({ env: { HOME: join(root, "home"), ...env }, cwd: join(root, cwd) });
const write = (path: string, text: string) => writeFileSync(join(root, path), text);

describe("where the state of a stack is", () => {
  it("is said by the environment, then by the project, then by who has signed in", () => {
    write("home/.pulumi/credentials.json", JSON.stringify({ current: "https://signed.example.com" }));
    expect(at()).toEqual(["https://signed.example.com"]);
    write("project/Pulumi.yaml", "name: p\nbackend:\n  url: s3://of-the-project\n");
    expect(at()).toEqual(["s3://of-the-project"]);
    expect(at({}, "project/deep")).toEqual(["s3://of-the-project"]);
    expect(at({ PULUMI_BACKEND_URL: "gs://of-the-run/" })).toEqual(["gs://of-the-run"]);
  });

  it("is looked for where the variables of Pulumi say", () => {
    mkdirSync(join(root, "elsewhere"));
    write("elsewhere/credentials.json", JSON.stringify({ current: "https://elsewhere.example.com" }));
    for (const name of ["PULUMI_HOME", "PULUMI_CREDENTIALS_PATH"])
      expect(at({ [name]: join(root, "elsewhere") })).toEqual(["https://elsewhere.example.com"]);
  });

  it("is nothing where nobody says it, or nobody can read it", () => {
    expect(at()).toEqual([]);
    write("home/.pulumi/credentials.json", "{");
    write("project/Pulumi.yaml", "backend: [");
    expect(at()).toEqual([]);
  });
});

describe("a folder with states", () => {
  const file = (path: string) => at({ PULUMI_BACKEND_URL: `file://${path}` });

  it("is the same by whatever path", () => {
    const one = file(join(root, "one"));
    expect(file(`${join(root, "one")}/`)).toEqual(one);
    expect(file("../one")).toEqual(one);
    expect(at({ PULUMI_BACKEND_URL: "file://~", HOME: join(root, "one") })).toEqual(one);
    expect(at({ PULUMI_BACKEND_URL: "file://~/one", HOME: root })).toEqual(one);
    write("project/Pulumi.yaml", "backend:\n  url: file://../one\n");
    expect(at({}, "project/deep")).toEqual(one);
  });

  it("is not another, nor a copy of it at its path", () => {
    const one = file(join(root, "one"));
    expect(file(join(root, "two"))).not.toEqual(one);
    renameSync(join(root, "one"), join(root, "moved"));
    expect(file(join(root, "moved"))).toEqual(one);
    cpSync(join(root, "moved"), join(root, "one"), { recursive: true });
    expect(file(join(root, "one"))).not.toEqual(one);
  });

  it("that is not there yet is known by its path, on this machine", () => {
    expect(file("/not/there")).toEqual(["file", expect.any(String), "/not/there"]);
  });
});
