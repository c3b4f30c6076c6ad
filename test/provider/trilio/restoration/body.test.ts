import { describe, expect, it } from "vitest";
import { bodyOf } from "../../../../provider/trilio/restoration/body";
import { checkOptions, restoreOptions } from "../../../../provider/trilio/restoration/options";
import { kindOf, optionsOf, sameOptions } from "../../../../provider/trilio/restoration/wireOptions";
import { optionsFields } from "../../../../provider/trilio/wire";
import { knownBodies } from "../bodies";

describe.each(knownBodies)("$from", ({ input, restore }) => {
  it("is what the arguments come to, and they pass the schema", () => {
    expect(restoreOptions.optional().parse(input.options)).toEqual(input.options);
    expect(bodyOf(input)).toEqual({ restore });
  });

  it("is read back as the same arguments", () => {
    const echo = optionsFields.parse(restore.options);
    expect(kindOf(echo)).toBe(input.kind);
    const read = optionsOf(echo);
    expect(sameOptions(input.kind, read, input.options)).toBe(true);
    // Empty lists and defaults may differ in spelling, but never in what they come to.
    const again = bodyOf({ ...input, options: read });
    expect(again.restore.options.openstack).toEqual(restore.options.openstack);
  });
});

describe("the arguments that are read back", () => {
  it("pass the check, so that an import declares what was", () => {
    for (const { input, restore } of knownBodies) {
      const read = optionsOf(optionsFields.parse(restore.options));
      expect(restoreOptions.optional().safeParse(read).error).toBeUndefined();
      if (!read?.instances?.length) continue;
      const mapped = { networksMapping: [], ...read };
      const failures = checkOptions(input.kind, input.kind === "selective" ? mapped : read);
      expect(failures).toEqual([]);
    }
  });
});

describe("instances of the snapshot that are not listed", () => {
  it.each(["selective", "in-place"] as const)("are excluded in so many words, %s", (kind) => {
    const { restore } = bodyOf({ kind, options: { instances: [{ id: "a" }] } }, ["a", "b"]);
    expect(restore.options.openstack).toMatchObject({
      instances: [{ id: "a" }, { id: "b", include: false }],
    });
  });

  it("are no difference", () => {
    const listed = { instances: [{ id: "a" }, { id: "b", include: false }] };
    expect(sameOptions("selective", listed, { instances: [{ id: "a" }] })).toBe(true);
  });

  it("are none of one-click's business, which restores all", () => {
    expect(bodyOf({ kind: "one-click" }, ["a"]).restore.options.openstack).toEqual({});
  });
});

describe("differences in meaning", () => {
  const of = (more: object) => ({ instances: [{ id: "a", volumes: [{ id: "v", ...more }] }, { id: "b" }] });

  it("does not count order, defaults and empty lists", () => {
    const other = {
      instances: [
        { id: "b", nics: [] },
        { id: "a", include: true, volumes: [{ id: "v" }] },
      ],
    };
    expect(sameOptions("selective", of({}), { ...other, networksMapping: [], restoreTopology: false })).toBe(
      true,
    );
    expect(sameOptions("in-place", of({ restoreVolume: true }), of({}))).toBe(true);
    expect(sameOptions("one-click", undefined, {})).toBe(true);
  });

  it("counts everything else", () => {
    expect(sameOptions("in-place", of({ restoreVolume: false }), of({}))).toBe(false);
    expect(sameOptions("selective", of({ newVolumeType: "ssd" }), of({}))).toBe(false);
    expect(sameOptions("selective", of({}), { ...of({}), restoreTopology: true })).toBe(false);
    expect(sameOptions("one-click", { availabilityZone: "nova" }, {})).toBe(false);
  });
});

describe("a wrong mix", () => {
  const reasons = (kind: Parameters<typeof checkOptions>[0], options: unknown) =>
    checkOptions(kind, options as Parameters<typeof checkOptions>[1]).map(
      ({ property, reason }) => `${property}: ${reason}`,
    );
  const mapping = [{ snapshotNetwork: { id: "n" }, targetNetwork: { id: "m" } }];

  it("is explained: one-click", () => {
    const found = reasons("one-click", {
      networksMapping: mapping,
      restoreTopology: true,
      instances: [{ id: "a", flavor: { id: "1" }, volumes: [{ id: "v" }] }],
    });
    expect(found).toHaveLength(4);
    expect(found[0]).toBe(
      "options.networksMapping: one-click takes no networks mapping: it restores into the original networks",
    );
    expect(found.at(-1)).toContain("options.instances.0.volumes: one-click takes no volumes");
  });

  it("is explained: in-place", () => {
    const found = reasons("in-place", {
      networksMapping: mapping,
      instances: [{ id: "a", nics: [{ port: "p" }], volumes: [{ id: "v", availabilityZone: "z" }] }],
    });
    expect(found.map((line) => line.split(":")[0])).toEqual([
      "options.networksMapping",
      "options.instances.0.nics",
      "options.instances.0.volumes",
    ]);
  });

  it("is explained: selective", () => {
    expect(reasons("selective", {})).toEqual([
      expect.stringContaining("options.instances: selective needs at least one instance"),
    ]);
    expect(reasons("selective", { instances: [{ id: "a" }] })).toEqual([
      expect.stringContaining("options.networksMapping: selective needs a networks mapping"),
    ]);
    expect(
      reasons("selective", { instances: [{ id: "a", volumes: [{ id: "v", restoreVolume: true }] }] })[0],
    ).toContain("selective takes no restoreVolume");
    for (const right of [{ networksMapping: [] }, { restoreTopology: true }, { networksMapping: mapping }]) {
      expect(reasons("selective", { instances: [{ id: "a" }], ...right })).toEqual([]);
    }
    expect(reasons("selective", { instances: [{ id: "a", nics: [{ port: "p" }] }] })).toEqual([]);
  });
});
