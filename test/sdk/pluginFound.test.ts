import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { missingPlugin } from "../../sdk/pluginFound";

const executable = "pulumi-resource-openstack-snapshots";

let folder: string;
/** The environment of a program that the engine has started on a machine without the plugin. */
let env: NodeJS.ProcessEnv;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "openstack-snapshots-found-"));
  for (const name of ["bin", "home", "project"]) mkdirSync(join(folder, name));
  env = {
    PULUMI_NODEJS_MONITOR: "127.0.0.1:1",
    PATH: join(folder, "bin"),
    PULUMI_HOME: join(folder, "home"),
    PULUMI_NODEJS_ROOT_DIRECTORY: join(folder, "project"),
  };
  project("");
});
afterEach(() => rmSync(folder, { recursive: true }));

const project = (more: string) =>
  writeFileSync(
    join(folder, "project", "Pulumi.yaml"),
    `name: shop\nruntime: nodejs\nconfig:\n  openstack-snapshots:front: plugin\n${more}`,
  );
const missing = (changed: NodeJS.ProcessEnv = {}) => missingPlugin({ ...env, ...changed }, tmpdir());

it("a plugin that is nowhere is missed, with three ways to get it and one to do without", () => {
  const message = missing() ?? "";
  expect(message).toContain(`the plugin ${executable} is not installed`);
  expect(message).toContain("path: node_modules/pulumi-openstack-snapshots/bin");
  expect(message).toContain("npx pulumi up");
  expect(message).toContain("pulumi plugin install resource openstack-snapshots");
  expect(message).toContain("pulumi config set openstack-snapshots:front dynamic");
});

describe("a plugin is found", () => {
  it("on PATH, unless the engine does not look there", () => {
    writeFileSync(join(folder, "bin", executable), "");
    expect(missing()).toBeUndefined();
    expect(missing({ PULUMI_IGNORE_AMBIENT_PLUGINS: "true" })).toContain("is not installed");
  });

  it("among those that Pulumi has installed", () => {
    mkdirSync(join(folder, "home", "plugins", "resource-aws-v6.0.0"), { recursive: true });
    expect(missing()).toContain("is not installed");
    mkdirSync(join(folder, "home", "plugins", "resource-openstack-snapshots-v0.1.0"));
    expect(missing()).toBeUndefined();
  });

  it("where it runs already", () => {
    expect(missing({ PULUMI_DEBUG_PROVIDERS: "aws:1" })).toContain("is not installed");
    expect(missing({ PULUMI_DEBUG_PROVIDERS: "aws:1,openstack-snapshots:4711" })).toBeUndefined();
  });

  it.each([
    ["plugins", "plugins:\n  providers:\n    - name: openstack-snapshots\n      path: bin\n"],
    ["packages", "packages:\n  openstack-snapshots: ./bin\n"],
  ])("by the project's %s", (_, text) => {
    project(text);
    expect(missing()).toBeUndefined();
  });
});

it("in doubt the engine decides", () => {
  expect(missing({ PULUMI_NODEJS_MONITOR: undefined })).toBeUndefined();
  expect(missing({ PULUMI_PLUGIN_DOWNLOAD_URL_OVERRIDES: "^openstack=https://mirror" })).toBeUndefined();
  rmSync(join(folder, "project", "Pulumi.yaml"));
  expect(missing()).toBeUndefined();
});
