import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { schemaPath } from "../../scripts/generate/files";
import { writePluginArchive } from "../../scripts/plugin/archive";
import { routes, scenario, snapshot, volume } from "./support/scenario";
import { front, repository } from "./support/stack";

const name = "pulumi-resource-openstack-snapshots";

describe.runIf(front === "plugin")("the plugin", () => {
  it("is found on PATH, where npx puts it", () =>
    scenario({ pluginSetting: false }, async ({ waldur, stack }) => {
      stack.declare([snapshot(waldur)]);
      stack.onPath(join(repository, "node_modules", ".bin"));
      expect((await stack.up()).changes).toEqual({ create: 2 });
    }));

  it("is found as an installed file, which needs nothing but Node", () =>
    scenario({ pluginSetting: false }, async ({ waldur, stack }) => {
      const folder = mkdtempSync(join(tmpdir(), "openstack-snapshots-plugin-"));
      try {
        const archive = join(folder, "plugin.tar.gz");
        await writePluginArchive(archive);
        await stack.pulumiAlone(
          "plugin",
          "install",
          "resource",
          "openstack-snapshots",
          "0.1.0",
          "--file",
          archive,
        );
      } finally {
        rmSync(folder, { recursive: true });
      }
      stack.declare([snapshot(waldur)]);
      expect((await stack.up()).changes).toEqual({ create: 2 });
      expect((await stack.up()).changes).toEqual({ same: 2 });
    }));

  it("gives the package schema that is checked in", () =>
    scenario({}, async ({ stack }) => {
      const printed = await stack.pulumiAlone("package", "get-schema", join(repository, "bin", name));
      const checkedIn = JSON.parse(readFileSync(join(repository, schemaPath), "utf8"));
      expect(JSON.parse(printed)).toEqual(checkedIn);
    }));

  it("imports by `pulumi import`, and what is then declared writes nothing", () =>
    scenario({}, async ({ waldur, stack }) => {
      const { snapshots, volumes } = waldur.ids;
      stack.declare([]);
      await stack.up();
      waldur.resetRequests();
      const importing = (type: string, as: string, id: string | undefined) =>
        stack.pulumi(
          ...["import", `openstack-snapshots:waldur:${type}`, as, String(id)],
          ...["--generate-code=false", "--protect=false", "--yes"],
        );
      await importing("Snapshot", "old", snapshots["seed-snap-2"]);
      await importing("Volume", "data", volumes["data-1"]);
      expect(stack.resources().old).toMatchObject({
        id: snapshots["seed-snap-2"],
        inputs: { keptUntil: "2035-01-01T00:00:00Z" },
      });
      const { inputs } = stack.resources().data ?? {};
      stack.declare([
        volume(waldur, { ...inputs }),
        snapshot(
          waldur,
          { name: "seed-snap-2", keptUntil: "2035-01-01", description: "with retention" },
          "old",
        ),
      ]);
      expect((await stack.up()).changes).toMatchObject({ same: 3 });
      expect(waldur.writes).toEqual([]);
    }));

  it("shows in a preview what changes, property by property", () =>
    scenario({}, async ({ waldur, stack, sent }) => {
      stack.declare([snapshot(waldur, { name: "n", keptUntil: "2031-01-31" })]);
      await stack.up();
      stack.declare([snapshot(waldur, { name: "m", keptUntil: "2032-01-31" })]);
      const { text, changes } = await stack.preview();
      expect(changes).toEqual({ update: 1, same: 1 });
      expect(text).toMatch(/~ name +: "n" => "m"/);
      expect(text).toMatch(/~ keptUntil *: "2031-01-31[^"]*" => "2032-01-31/);
      expect(sent(routes.patchSnapshot)).toEqual([]);
    }));
});
