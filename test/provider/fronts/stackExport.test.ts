import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deploymentIn, exportStack, stateFor } from "../../../provider/fronts/stackExport";

const urn = (name: string) => `urn:pulumi:prod::backups::openstack-snapshots:waldur:Volume::${name}`;
const entry = (name: string, nonce?: string, id?: string) => ({
  urn: urn(name),
  type: "openstack-snapshots:waldur:Volume",
  ...(id ? { id } : {}),
  inputs: nonce ? { __mark: { nonce } } : {},
});
const text = (resources: unknown[], begun: unknown[]) =>
  JSON.stringify({
    version: 3,
    deployment: { resources, pending_operations: begun.map((resource) => ({ resource, type: "creating" })) },
  });

describe("a state", () => {
  it("tells a creation that is under way what the stack holds, and what was begun before", () => {
    const copy = {
      ...entry("copy", "n4", "id-copy"),
      type: "pulumi-nodejs:dynamic/openstack-snapshots/waldur:SnapshotRestoration",
      outputs: { volume: "id-volume" },
    };
    const bucket = { urn: "urn", type: "aws:s3:Bucket", id: "id-bucket", inputs: {} };
    const deployment = deploymentIn(
      text(
        [entry("a", "n1", "id-a"), entry("old"), copy, bucket],
        [entry("data", "own"), entry("data", "n2"), entry("b", "n3")],
      ),
    );
    expect(deployment && stateFor(deployment, "own")).toEqual({
      ids: new Set(["id-a", "id-copy", "id-volume"]),
      pending: new Set(["n2", "n3"]),
      begunBefore: true,
    });
  });

  it("that knows nothing of the creation is another stack's, and tells it nothing", () => {
    const deployment = deploymentIn(text([entry("a", "own", "id-a")], [entry("data", "n2")]));
    expect(deployment && stateFor(deployment, "own")).toBeUndefined();
  });

  it("holds what version 0.1.0 began too, which has no nonce", () => {
    const deployment = deploymentIn(text([], [entry("data", "own"), entry("data")]));
    expect(deployment && stateFor(deployment, "own")).toEqual({
      ids: new Set(),
      pending: new Set(),
      begunBefore: true,
    });
    const other = deploymentIn(text([], [entry("data", "own"), entry("b")]));
    expect(other && stateFor(other, "own")?.begunBefore).toBe(false);
  });

  it("counts only creations among what was begun", () => {
    const deployment = {
      resources: [],
      pending_operations: [{ resource: entry("data", "own"), type: "updating" }],
    };
    const read = deploymentIn(JSON.stringify({ deployment }));
    expect(read && stateFor(read, "own")).toBeUndefined();
  });

  it.each(["", "{", "[]", '{"deployment":7}', "null"])("is not what is none: %j", (other) => {
    expect(deploymentIn(other)).toBeUndefined();
  });
});

describe("the command line of Pulumi", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "openstack-snapshots-cli-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const identity = { project: "backups", stack: "prod" };
  const where = () => ({ env: { PATH: `${folder}${delimiter}${process.env.PATH}` }, cwd: folder });
  const command = (script: string) => {
    writeFileSync(join(folder, "pulumi"), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, "pulumi"), 0o755);
  };

  it("is asked for the stack by its name, and by its organization where that is known", async () => {
    command('echo "$@ $PULUMI_SKIP_UPDATE_CHECK"');
    expect(await exportStack(identity, where())).toBe("stack export --stack prod --non-interactive true\n");
    expect(await exportStack({ ...identity, organization: "acme" }, where())).toContain(
      "--stack acme/backups/prod ",
    );
  });

  it("that fails, or is not there, tells nothing", async () => {
    command("echo half; exit 1");
    expect(await exportStack(identity, where())).toBeUndefined();
    expect(await exportStack(identity, { env: { PATH: folder }, cwd: join(folder, "gone") })).toBeUndefined();
  });
});
