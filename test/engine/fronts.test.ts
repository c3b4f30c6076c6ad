import { expect, it } from "vitest";
import { startWaldur } from "../../emulator";
import { restoration, scenario, snapshot, volume } from "./support/scenario";
import { front } from "./support/stack";

it("a stack of twenty resources changes its front and back without a write and without a replacement", () =>
  scenario({ maxProvisioning: Number.POSITIVE_INFINITY }, async ({ waldur, stack }) => {
    const { volumes, instances } = waldur.ids;
    const numbers = [0, 1, 2, 3, 4, 5];
    stack.declare([
      ...numbers.map((n) => volume(waldur, { size: 1024 }, `data-${n}`)),
      ...numbers.map((n) => snapshot(waldur, { volumeId: `@data-${n}.id`, metadata: { n } }, `snap-${n}`)),
      ...numbers.map((n) =>
        restoration(waldur, { snapshotId: `@snap-${n}.id`, onDestroy: "terminate" }, `copy-${n}`),
      ),
      snapshot(waldur, { keptUntil: "2031-01-31", forceDelete: true, description: "d" }, "other"),
      {
        type: "VolumeAttachment",
        name: "disk",
        args: { volumeId: volumes["data-2"], instanceId: instances["vm-active"] },
      },
    ]);
    const before = await stack.up({ parallel: 20 });
    expect(before.changes).toEqual({ create: 21 });
    const ids = () =>
      Object.fromEntries(Object.entries(stack.resources()).map(([name, { id }]) => [name, id]));
    const made = ids();
    waldur.resetRequests();
    for (const next of [front === "plugin" ? "dynamic" : "plugin", front] as const) {
      await stack.through(next);
      const { changes } = await stack.up();
      expect(Object.keys(changes).sort()).not.toContain("replace");
      expect(changes.create ?? 0).toBe(0);
      expect(changes.delete ?? 0).toBe(0);
      expect(ids()).toEqual(made);
      expect((await stack.refresh()).changes).toEqual({ same: 21 });
      expect((await stack.up()).changes).toEqual({ same: 21 });
    }
    expect(waldur.writes).toEqual([]);
    expect((await stack.destroy()).changes).toEqual({ delete: 21 });
  }));

it.runIf(front === "plugin")(
  "two explicit providers let one stack use two portals, their tokens encrypted",
  () =>
    scenario({}, async ({ waldur, stack }) => {
      const other = await startWaldur({ speed: 40 });
      try {
        const settings = (portal: typeof waldur) => ({
          waldurApiUrl: portal.url,
          waldurAccessToken: portal.tokens.staff,
        });
        const nameExact = "data-1";
        stack.declare(
          [
            { type: "Provider", name: "site-a", args: settings(waldur) },
            { type: "Provider", name: "site-b", args: settings(other) },
            { ...snapshot(waldur, {}, "on-a"), provider: "site-a" },
            { ...snapshot(other, {}, "on-b"), provider: "site-b" },
          ],
          [
            { name: "volume-on-a", fn: "getVolume", args: { nameExact }, provider: "site-a" },
            { name: "volume-on-b", fn: "getVolumeOutput", args: { nameExact }, provider: "site-b" },
          ],
        );
        const { outputs } = await stack.up();
        expect([
          waldur.world.snapshots.has(String(outputs["on-a"]?.id)),
          other.world.snapshots.has(String(outputs["on-b"]?.id)),
        ]).toEqual([true, true]);
        expect([outputs["volume-on-a"]?.uuid, outputs["volume-on-b"]?.uuid]).toEqual([
          waldur.ids.volumes[nameExact],
          other.ids.volumes[nameExact],
        ]);
        const text = stack.printed + stack.exported();
        for (const portal of [waldur, other]) expect(text).not.toContain(portal.tokens.staff);
        expect((await stack.up()).changes).toEqual({ same: 5 });
        await stack.destroy();
      } finally {
        await other.close();
      }
    }),
);

it.runIf(front === "plugin")("a provider's settings are checked, each by its name", () =>
  scenario({}, async ({ waldur, stack }) => {
    stack.declare([
      {
        type: "Provider",
        name: "wrong",
        args: { waldurApiUrl: "http://portal.example.com", waldurAccessToken: "t" },
      },
      { ...snapshot(waldur), provider: "wrong" },
    ]);
    const text = await stack.upFails();
    expect(text).toContain("waldurApiUrl");
    expect(text).toContain("would send the credential in the clear");
    expect(waldur.requests).toEqual([]);
  }),
);
