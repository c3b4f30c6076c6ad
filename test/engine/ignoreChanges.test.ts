import { expect, it } from "vitest";
import type { WaldurEmulator } from "../../emulator";
import { scenario, snapshot, volume } from "./support/scenario";
import type { Declared } from "./support/stack";

/** What the program declares, with other values where they are ignored and a description that is not. */
function declared(waldur: WaldurEmulator, n: number): Declared[] {
  const ignoring = (resource: Declared, ...ignoreChanges: string[]) => ({
    ...resource,
    opts: { ignoreChanges },
  });
  const description = `declared ${n}`;
  const team = `team ${n}`;
  const years = ["2027", "2028", "2029"];
  const source = n === 2 ? "volumeId" : "sourceVolume";
  const volumes = [waldur.ids.volumes["data-1"], waldur.ids.volumes["data-2"]];
  const byFormerName: Declared = { type: "Snapshot", name: "former" };
  const rows = [{ name: `first ${n}`, size: 1 }, { name: "second" }];
  return [
    ignoring(snapshot(waldur, { description, keptUntil: `${years[n]}-01-31` }, "dated"), "keptUntil"),
    ignoring(
      snapshot(waldur, { description, keptUntil: `${years[n]}-01-31`, metadata: { team } }, "all"),
      "*",
    ),
    ignoring(
      snapshot(waldur, { description, metadata: { team, "a.b": team, other: "same", rows } }, "keyed"),
      "metadata.team",
      'metadata["a.b"]',
      "metadata.rows[0].name",
    ),
    ignoring(volume(waldur, { description, size: 1024 * (n + 1) }, "grown"), "size"),
    // By the name that the argument had in version 0.1.0, and at last by today's.
    ignoring({ ...byFormerName, args: { [source]: volumes[n % 2], description } }, source),
    ignoring(
      { ...byFormerName, name: "former-all", args: { sourceVolume: volumes[n % 2], description } },
      "*",
    ),
  ];
}

it("ignoreChanges leaves every property and path alone, whatever the program or the server says", () =>
  scenario({ maxProvisioning: Number.POSITIVE_INFINITY }, async ({ waldur, stack }) => {
    stack.declare(declared(waldur, 0));
    await stack.up();
    const { dated, all, keyed, grown } = stack.resources();
    const snapshotOf = (resource = dated) =>
      waldur.world.snapshots.get(String(resource?.id)) ?? expect.fail();
    const disk = waldur.world.volumes.get(String(grown?.id)) ?? expect.fail();

    // Others change the same on the server.
    const theirs = { keptUntil: "2030-01-01T00:00:00Z" };
    Object.assign(snapshotOf(dated), theirs);
    Object.assign(snapshotOf(all), { ...theirs, description: "theirs" });
    const rows = [{ name: "theirs", size: 1 }, { name: "second" }];
    const metadata = Object.assign({}, snapshotOf(keyed).metadata, { team: "theirs", "a.b": "theirs", rows });
    Object.assign(snapshotOf(keyed), { metadata });
    disk.size = 20 * 1024;

    const isLeftAlone = (description: string) => {
      expect(snapshotOf(dated)).toMatchObject({ ...theirs, description });
      expect(snapshotOf(all)).toMatchObject({ ...theirs, description: "theirs" });
      expect(snapshotOf(keyed).metadata).toMatchObject({
        team: "theirs",
        "a.b": "theirs",
        other: "same",
        rows,
      });
      expect(snapshotOf(keyed)).toMatchObject({ description });
      expect(disk).toMatchObject({ size: 20 * 1024, description });
    };
    // An update for another reason finds that on the server, not yet in the state.
    stack.declare(declared(waldur, 1));
    expect((await stack.up()).changes).toEqual({ update: 4, same: 3 });
    isLeftAlone("declared 1");

    await stack.refresh();
    expect(stack.resources().dated?.outputs.keptUntil).toBe(theirs.keptUntil);
    waldur.resetRequests();
    expect((await stack.up()).changes).toEqual({ same: 7 });
    expect(waldur.writes).toEqual([]);
    stack.declare(declared(waldur, 2));
    expect((await stack.up()).changes).toEqual({ update: 4, same: 3 });
    isLeftAlone("declared 2");
  }));
