import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { UserError } from "../../../provider/core/errors";
import { cloudNamed, readClouds } from "../../../provider/openstack/cloudFiles";
import { inRegion } from "../../../provider/openstack/regions";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "clouds-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, text: string): string {
  const path = join(root, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const cloud = (name: string, region: string) => `clouds: { ${name}: { region_name: ${region} } }\n`;
const where = (env: NodeJS.ProcessEnv = {}) => ({
  cwd: join(root, "here"),
  machine: join(root, "etc"),
  env: { HOME: join(root, "home"), XDG_CONFIG_DIRS: join(root, "site"), ...env },
});
const names = (env?: NodeJS.ProcessEnv) => Object.keys(readClouds(where(env)).clouds);

function wrong(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  throw new Error("was accepted");
}

describe("clouds.yaml", () => {
  it("is looked for from the named file to the machine's, and the first one counts alone", () => {
    write("etc/clouds.yaml", cloud("machine", "A"));
    expect(names()).toEqual(["machine"]);
    write("site/openstack/clouds.yaml", cloud("site", "A"));
    expect(names()).toEqual(["site"]);
    write("home/.config/openstack/clouds.json", '{"clouds": {"home-json": {}}}');
    expect(names()).toEqual(["home-json"]);
    write("home/.config/openstack/clouds.yml", cloud("home-yml", "A"));
    expect(names()).toEqual(["home-yml"]);
    write("home/.config/openstack/clouds.yaml", cloud("home", "A"));
    expect(names()).toEqual(["home"]);
    write("xdg/openstack/clouds.yaml", cloud("xdg", "A"));
    expect(names({ XDG_CONFIG_HOME: join(root, "xdg") })).toEqual(["xdg"]);
    write("here/clouds.yaml", cloud("here", "A"));
    expect(names()).toEqual(["here"]);
    const named = write("elsewhere.yaml", cloud("named", "A"));
    expect(names({ OS_CLIENT_CONFIG_FILE: named })).toEqual(["named"]);
    expect(names({ OS_CLIENT_CONFIG_FILE: join(root, "not-there.yaml") })).toEqual(["here"]);
  });

  it("has secure.yaml merged over it, wherever that is, key by key", () => {
    const main = write(
      "here/clouds.yaml",
      "clouds: { a: { auth: { username: u, password: old }, region_name: R } }",
    );
    const secure = write("home/.config/openstack/secure.yaml", "clouds: { a: { auth: { password: new } } }");
    expect(readClouds(where())).toEqual({
      clouds: { a: { auth: { username: "u", password: "new" }, region_name: "R" } },
      files: [main, secure],
    });
    const other = write("other.yaml", "clouds: { a: { auth: { password: other } } }");
    expect(readClouds(where({ OS_CLIENT_SECURE_FILE: other })).clouds.a).toMatchObject({
      auth: { password: "other" },
    });
  });

  it("may use anchors, and values stay as they are written", () => {
    write(
      "here/clouds.yaml",
      [
        "common: &common",
        "  auth: { auth_url: 'https://k.example.com', password: 0123, username: 1e3 }",
        "  verify: false",
        "clouds:",
        "  a: { <<: *common, region_name: yes }",
      ].join("\n"),
    );
    expect(readClouds(where()).clouds.a).toEqual({
      auth: { auth_url: "https://k.example.com", password: "0123", username: "1e3" },
      verify: "false",
      region_name: "yes",
    });
  });

  it("that cannot be read is an error with its place, never with its text", () => {
    const file = write("here/clouds.yaml", "clouds:\n  a: { auth: { password: 'hunter2 } }\n");
    const message = wrong(() => readClouds(where()));
    expect(message).toContain(`${file} is not YAML (line `);
    expect(message).not.toContain("hunter2");
    writeFileSync(file, "hunter2\n");
    expect(wrong(() => readClouds(where()))).toBe(
      `${file} lists no clouds: expected a mapping with the key "clouds"`,
    );
    writeFileSync(file, "clouds: { a: *hunter2 }\n");
    expect(wrong(() => readClouds(where()))).toBe(`${file} is not YAML`);
    rmSync(file);
    mkdirSync(file);
    expect(wrong(() => readClouds(where()))).toContain(`${file} cannot be read: `);
  });
});

describe("a cloud", () => {
  it("that is not there is named with those that are, and with the files", () => {
    expect(wrong(() => cloudNamed("prod", readClouds(where()), where()))).toMatch(
      /^openstack-snapshots:cloud: there is no cloud "prod"; there are: none \(no clouds.yaml in .*here/,
    );
    const file = write("here/clouds.yaml", "clouds: { b: {}, a: {} }");
    expect(wrong(() => cloudNamed("constructor", readClouds(where()), where()))).toContain("no cloud");
    expect(wrong(() => cloudNamed("prod", readClouds(where()), where()))).toBe(
      `openstack-snapshots:cloud: there is no cloud "prod"; there are: a, b (in ${file})`,
    );
  });

  it("has its profile merged under it", () => {
    write("here/clouds.yaml", "clouds: { a: { profile: big, auth: { username: u } }, b: { cloud: none } }");
    write(
      "home/.config/openstack/clouds-public.yaml",
      "public-clouds: { big: { auth: { auth_url: 'https://big.example.com', username: x }, region_name: R } }",
    );
    expect(cloudNamed("a", readClouds(where()), where())).toEqual({
      profile: "big",
      auth: { auth_url: "https://big.example.com", username: "u" },
      region_name: "R",
    });
    expect(wrong(() => cloudNamed("b", readClouds(where()), where()))).toContain(
      'has the unknown profile "none"; give "auth_url" in the entry',
    );
  });

  it("in several regions is in the one that is asked for, else in the first, with that one's values", () => {
    const many = {
      regions: ["A", { name: "B", values: { interface: "internal", auth: { project_id: "b" } } }],
    };
    expect(inRegion({ ...many, auth: { username: "u" } }, "B", "c")).toMatchObject({
      region_name: "B",
      interface: "internal",
      auth: { username: "u", project_id: "b" },
    });
    expect(inRegion(many, undefined, "c").region_name).toBe("A");
    expect(inRegion({ region_name: "Z" }, "B", "c")).toEqual({ region_name: "Z" });
    expect(wrong(() => inRegion(many, "C", 'the cloud "c"'))).toBe(
      'openstack-snapshots:region: "C" is no region of the cloud "c"; its regions: A, B',
    );
  });
});
