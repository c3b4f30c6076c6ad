import { describe, expect, it } from "vitest";
import { scenario, snapshot, volume } from "./support/scenario";

describe("arguments", () => {
  it("that are wrong are all named at once, with the value and what would be right, before anything is sent", () =>
    scenario({}, async ({ waldur, stack }) => {
      stack.declare([
        snapshot(waldur, {
          volumeId: "data",
          name: " ",
          keptUntil: "tomorrow",
          metadata: "gold",
          retention: 5,
        }),
      ]);
      const text = await stack.upFails();
      expect(text).toContain(
        'volumeId: invalid value "data": expected a uuid, or a URL that ends in one'.slice(14),
      );
      expect(text).toContain('invalid value " ": expected a name that is not blank');
      expect(text).toContain('invalid value "tomorrow": expected an instant with its zone');
      expect(text).toContain('invalid value "gold": expected an object');
      expect(text).toContain(
        'unknown property "retention"; valid properties: allowShorten, deletion, description,',
      );
      for (const property of ["volumeId", "name", "keptUntil", "metadata", "retention"]) {
        expect(text).toMatch(new RegExp(`property ${property} |${property}:|'${property}'|"${property}"`));
      }
      expect(waldur.requests).toEqual([]);
    }));

  it("that are not known yet pass a preview", () =>
    scenario({}, async ({ waldur, stack }) => {
      const late = { volumeId: "@data.id", name: "@data.backendId", description: "@data.name" };
      stack.declare([volume(waldur), snapshot(waldur, late)]);
      const { changes, text } = await stack.preview();
      expect(changes).toEqual({ create: 3 });
      // A name is known beforehand, also a generated one; what the server gives is not.
      expect(text).toMatch(/description *: "data-[0-9a-f]{7}"/);
      expect(text).toMatch(/name *: (\[unknown\]|output<string>)/);
      expect(waldur.writes).toEqual([]);
    }));

  it("need an address and a token, and say how to give them", () =>
    scenario({}, async ({ waldur, stack }) => {
      await stack.configure("openstack-snapshots:waldurApiUrl", "http://portal.example.com/api/");
      stack.declare([snapshot(waldur)]);
      expect(await stack.upFails()).toContain(
        '"http://portal.example.com/api/" would send the credential in the clear',
      );
    }));
});

describe("reading without managing", () => {
  it("works by static get and by the functions", () =>
    scenario({}, async ({ waldur, stack }) => {
      const { snapshots, volumes } = waldur.ids;
      stack.declare(
        [{ type: "Snapshot", name: "seen", get: String(snapshots["seed-snap-2"]) }],
        [
          { name: "one", fn: "getSnapshot", args: { nameExact: "seed-snap-1" } },
          {
            name: "some",
            fn: "getSnapshots",
            args: { volumeId: volumes["data-1"], sort: ["name:desc"], field: ["name"] },
          },
          { name: "disk", fn: "getVolumeOutput", args: { id: "@seen.volumeId" } },
          { name: "disks", fn: "getVolumes", args: { instanceId: waldur.ids.instances["vm-shutoff"] } },
          { name: "restored", fn: "getRestorationsOutput", args: { snapshotId: "@seen.id" } },
        ],
      );
      const { outputs } = await stack.up();
      expect(outputs.seen).toMatchObject({
        name: "seed-snap-2",
        keptUntil: "2035-01-01T00:00:00Z",
        state: "OK",
      });
      expect(outputs.one).toMatchObject({ uuid: snapshots["seed-snap-1"] });
      const names = ((outputs.some?.snapshots ?? []) as { name: string }[]).map(({ name }) => name);
      expect(names).toEqual(["stuck-snap", "seed-snap-2", "seed-snap-1", "scheduled-snap", "erred-snap"]);
      expect(outputs.disk).toMatchObject({ name: "data-1" });
      expect(outputs.disks?.volumes).toHaveLength(3);
      expect(outputs.restored).toEqual({ id: expect.stringMatching(/^[0-9a-f]{16}$/), restorations: [] });
      const seen = stack.resources().seen;
      expect(seen).toMatchObject({ external: true });
      await stack.destroy();
      expect(waldur.writes).toEqual([]);
    }));
});
