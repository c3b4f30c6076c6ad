import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { WaldurEmulator } from "../../emulator";
import { routes, scenario } from "./support/scenario";
import { front, type Stack } from "./support/stack";

// Each row of docs/resource-options.md that no other file has: `ignoreChanges.test.ts`, `transforms.test.ts`,
// `imports.test.ts`, `components.test.ts`, and `test/sdk/mocks.test.ts` for providers.

/** A program with a resource for each option. @param n which of its versions, from 0 */
const program = ({ ids }: WaldurEmulator, n: number) => `
const { appendFileSync } = require("node:fs");
const pulumi = require("@pulumi/pulumi");
const { waldur } = require("pulumi-openstack-snapshots");
const [data1, data2] = ${JSON.stringify([ids.volumes["data-1"], ids.volumes["data-2"]])};
const seed = ${JSON.stringify(ids.snapshots["seed-snap-1"])};
const [n, description] = [${n}, "declared ${n}"];

const snapshot = (name, args, opts) => new waldur.Snapshot(name, { volumeId: data1, name, ...args }, opts);

module.exports = async () => {
  const note = (name) =>
    new pulumi.ResourceHook(name, async ({ id }) => appendFileSync("hooks.txt", name + (id ? " " + id : "") + "\\n"));
  const hooks = Object.fromEntries(
    ["beforeCreate", "afterCreate", "beforeUpdate", "afterUpdate"].map((each) => [each, [note(each)]]),
  );
  snapshot("hooked", { description }, { hooks });
  const ofDelete = { beforeDelete: [note("beforeDelete")], afterDelete: [note("afterDelete")] };
  if (n === 0) snapshot("removed", {}, { hooks: ofDelete });

  const first = snapshot("first", {}, { version: "0.0.1", additionalSecretOutputs: ["url"] });
  snapshot("downloaded", {}, { pluginDownloadURL: "https://plugins.example.com" });
  snapshot("after", {}, { dependsOn: first });
  snapshot("child", {}, { parent: first });
  const replaced = snapshot("replaced", { volumeId: n === 0 ? data1 : data2 }, { deleteBeforeReplace: true });
  snapshot("along", {}, { replaceWith: [replaced] });
  snapshot("triggered", {}, { replacementTrigger: n });
  snapshot("quiet", { description: "quietly " + n }, { hideDiffs: ["description"] });
  snapshot("imported", { name: undefined, description }, { import: seed, ignoreChanges: ["description"] });
  if (n === 0) snapshot("old", { name: "aliased" });
  else snapshot("new", { name: "aliased" }, { aliases: [{ name: "old" }] });
  if (n === 0) {
    snapshot("retained", {}, { retainOnDelete: true });
    snapshot("with", {}, { deletedWith: snapshot("whole") });
  }
  if (n < 2) snapshot("protected", {}, { protect: true });
};
`;

/** What the state of a provider says of its plugin. */
interface Asked {
  version?: string;
  pluginDownloadURL?: string;
}

/** The versions and the addresses with which the engine was asked for the plugin. */
function pluginsAsked(stack: Stack): string[] {
  const { deployment } = JSON.parse(stack.exported()) as {
    deployment: { resources: { type: string; inputs?: Asked & { __internal?: Asked } }[] };
  };
  return deployment.resources
    .filter(({ type }) => type === "pulumi:providers:openstack-snapshots")
    .map(({ inputs: { __internal, ...inputs } = {} }) => ({ ...inputs, ...__internal }))
    .map(({ version = "", pluginDownloadURL = "" }) => `${version} ${pluginDownloadURL}`)
    .sort();
}

it("each resource option does what Pulumi says of it", () =>
  scenario({ speed: 400, maxProvisioning: Number.POSITIVE_INFINITY }, async ({ waldur, stack, sent }) => {
    const run = async (n: number) => {
      stack.program(program(waldur, n), true);
      await stack.up({ diff: n === 1 });
      return stack.resources();
    };
    const hooked = () => readFileSync(join(stack.place.cwd, "hooks.txt"), "utf8").trim().split("\n");
    const before = await run(0);
    expect(pluginsAsked(stack)).toEqual(
      front === "plugin" ? [" ", " https://plugins.example.com", "0.0.1 "] : [],
    );
    expect(hooked()).toEqual(["beforeCreate", `afterCreate ${before.hooked?.id}`]);
    const names = sent(routes.snapshot).map((body) => String((body as { name: string }).name));
    expect(names.indexOf("after")).toBeGreaterThan(names.indexOf("first"));
    expect(before.child?.urn).toContain("waldur:Snapshot$");
    const { url, name } = before.first?.outputs ?? {};
    expect([typeof url, name]).toEqual(["object", "first"]);
    expect(stack.exported()).not.toContain(`/openstack-snapshots/${before.first?.id}/`);
    expect(before.imported?.id).toBe(waldur.ids.snapshots["seed-snap-1"]);
    expect(before.imported?.outputs.description).not.toBe("declared 0");

    waldur.resetRequests();
    const after = await run(1);
    expect(hooked().slice(2)).toEqual([
      `beforeUpdate ${after.hooked?.id}`,
      `afterUpdate ${after.hooked?.id}`,
      `beforeDelete ${before.removed?.id}`,
      `afterDelete ${before.removed?.id}`,
    ]);
    for (const name of ["along", "triggered"]) expect(after[name]?.id, name).not.toBe(before[name]?.id);
    // Hidden from who looks, and done all the same.
    expect(stack.printed).toContain("declared 1");
    expect(stack.printed).not.toContain("quietly 1");
    expect(after.quiet?.outputs.description).toBe("quietly 1");
    expect(after.new?.id).toBe(before.old?.id);
    expect(after.replaced?.id).not.toBe(before.replaced?.id);
    const writes = waldur.writes.map(
      ({ method, path }) => `${method} ${path.split("/").slice(-3, -1).join("/")}`,
    );
    const gone = writes.findIndex((write) => write.endsWith(`/${before.replaced?.id}`));
    // Nothing else is taken of this volume.
    const made = writes.indexOf(`POST ${waldur.ids.volumes["data-2"]}/snapshot`);
    expect(gone).toBeGreaterThanOrEqual(0);
    expect(made).toBeGreaterThan(gone);
    expect(Object.keys(after)).not.toContain("retained");
    expect(waldur.world.snapshots.has(String(before.retained?.id))).toBe(true);
    expect(writes.filter((write) => write.endsWith(`/${before.with?.id}`))).toEqual([]);
    // Of the import nothing was written, although it is not as declared.
    expect(waldur.writes.filter(({ path }) => path.includes(String(before.imported?.id)))).toEqual([]);

    stack.program(program(waldur, 2), true);
    expect(await stack.upFails()).toContain("protect");
    expect(waldur.world.snapshots.has(String(before.protected?.id))).toBe(true);
  }));
