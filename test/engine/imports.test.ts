import { describe, expect, it } from "vitest";
import type { WaldurEmulator } from "../../emulator";
import { restoration, routes, type Scenario, scenario, snapshot, volume } from "./support/scenario";
import { type Declared, front } from "./support/stack";

/** Declarations of objects that the emulator starts with, or that somebody made by hand, exactly as they are. */
async function existing({ waldur }: Scenario): Promise<Record<string, Declared & { id: string }>> {
  const { ids } = waldur;
  const restored = await fetch(
    `${waldur.url}/api/openstack-snapshots/${ids.snapshots["seed-snap-2"]}/restore/`,
    {
      method: "POST",
      headers: { authorization: `Token ${waldur.tokens.owner}`, "content-type": "application/json" },
      body: '{"name":"by hand"}',
    },
  );
  expect(restored.status).toBe(201);
  const [row] = waldur.world.restorationsOf(String(ids.snapshots["seed-snap-2"]));
  const attached = ids.volumes["attached-1"];
  const instance = ids.instances["vm-shutoff"];
  await expect.poll(() => stateOf(waldur, "by hand")).toBe("OK");
  return {
    snapshot: {
      ...snapshot(waldur, { keptUntil: "2035-01-01", description: "with retention" }, "old"),
      id: String(ids.snapshots["seed-snap-2"]),
    },
    volume: { ...volume(waldur, { volumeType: "ssd" }, "old"), id: String(ids.volumes["data-2"]) },
    restoration: {
      ...restoration(waldur, { snapshotId: ids.snapshots["seed-snap-2"], name: "by hand" }, "old"),
      id: String(row?.uuid),
    },
    attachment: {
      type: "VolumeAttachment",
      name: "old",
      args: { volume: attached, instance },
      id: `${attached}/${instance}`,
    },
  };
}

function stateOf(waldur: WaldurEmulator, name: string): string | undefined {
  waldur.world.advance();
  return waldur.world.volumesNamed(name)[0]?.state;
}

describe("the import option", () => {
  it.each(["snapshot", "volume", "restoration", "attachment"])(
    "takes over a %s as it is, without a write, and the option can be taken out afterwards",
    (kind) =>
      scenario({}, async (stage) => {
        const { waldur, stack } = stage;
        const declared = (await existing(stage))[kind];
        if (!declared) throw new Error(`there is no ${kind}`);
        const { id, ...resource } = declared;
        waldur.resetRequests();
        stack.declare([{ ...resource, opts: { import: id } }]);
        await stack.up();
        expect(stack.resources().old).toMatchObject({ id });
        expect((await stack.up()).changes).toEqual({ same: 2 });
        stack.declare([resource]);
        expect((await stack.up()).changes).toEqual({ same: 2 });
        expect((await stack.refresh()).changes).toEqual({ same: 2 });
        expect((await stack.up()).changes).toEqual({ same: 2 });
        expect(waldur.writes).toEqual([]);
      }),
  );

  it("is an error where the object is not as declared, with the property and both values", () =>
    scenario({}, async ({ waldur, stack }) => {
      const id = waldur.ids.snapshots["seed-snap-2"];
      const wrong = snapshot(waldur, { name: "seed-snap-2", keptUntil: "2034-01-01" }, "old");
      stack.declare([{ ...wrong, opts: { import: id } }]);
      const text = await stack.upFails();
      expect(text).toContain('keptUntil: declared "2034-01-01", actual "2035-01-01T00:00:00Z"');
      expect(waldur.writes).toEqual([]);
      // The engine has recorded by then what the plugin read; that is the object as it is.
      const kept = stack.resources().old?.outputs.keptUntil;
      expect(kept).toBe(front === "plugin" ? "2035-01-01T00:00:00Z" : undefined);
    }));

  it("is an error where there is no such object", () =>
    scenario({}, async ({ waldur, stack }) => {
      stack.declare([{ ...snapshot(waldur, {}, "old"), opts: { import: "0".repeat(32) } }]);
      expect(await stack.upFails()).toMatch(/does not exist|there is no waldur:Snapshot/);
      expect(stack.resources()).toEqual({});
      expect(waldur.writes).toEqual([]);
    }));

  it("makes what is declared the stack's own: taken out later, it goes", () =>
    scenario({}, async ({ waldur, stack, sent }) => {
      const id = waldur.ids.snapshots["seed-snap-2"];
      const declared = { keptUntil: "2035-01-01", description: "with retention" };
      stack.declare([{ ...snapshot(waldur, declared, "old"), opts: { import: id } }]);
      await stack.up();
      // The engine takes the arguments of the run that imports from the object; those of the next are declared.
      await stack.up();
      stack.declare([snapshot(waldur, { keptUntil: "2035-01-01" }, "old")]);
      expect((await stack.up()).changes).toEqual({ update: 1, same: 1 });
      expect(sent(routes.patchSnapshot)).toEqual([{ description: "" }]);
      expect((await stack.up()).changes).toEqual({ same: 2 });
      expect(waldur.writes).toHaveLength(1);
    }));

  it("does not keep an imported resource from being replaced", () =>
    scenario({}, async ({ waldur, stack, sent }) => {
      const id = waldur.ids.snapshots["seed-snap-1"];
      stack.declare([{ ...snapshot(waldur, {}, "old"), opts: { import: id } }]);
      await stack.up();
      const other = { volumeId: waldur.ids.volumes["data-2"] };
      stack.declare([snapshot(waldur, other, "old")]);
      expect((await stack.up()).changes).toEqual({ replace: 1, same: 1 });
      expect(sent(routes.snapshot)).toHaveLength(1);
      expect(waldur.world.snapshots.has(String(id))).toBe(false);
    }));
});
