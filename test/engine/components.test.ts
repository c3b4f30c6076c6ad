import { expect, it } from "vitest";
import { scenario } from "./support/scenario";
import { front } from "./support/stack";

/** A program whose components are of every shape. @param ids of the emulator's objects */
const program = (ids: { volume: unknown; project: unknown; offering: unknown }) => `
const pulumi = require("@pulumi/pulumi");
const { waldur } = require("pulumi-openstack-snapshots");
const ids = ${JSON.stringify(ids)};

/** Somebody else's resource. */
class Other extends pulumi.dynamic.Resource {
  constructor(name, props, opts) {
    const create = async (inputs) => ({ id: "other", outs: { ...inputs, made: "by another" } });
    super({ create }, name, { made: undefined, ...props }, opts);
  }
}

class Pair extends pulumi.ComponentResource {
  constructor(name, { volume }, opts) {
    super("shop:backup:Pair", name, {}, opts);
    const parent = this;
    this.first = new waldur.Snapshot(name + "-first", { volumeId: volume }, { parent });
    this.other = new Other(name + "-other", { of: this.first.id }, { parent });
    this.second = new waldur.Snapshot(
      name + "-second",
      { volumeId: volume, description: pulumi.interpolate\`after \${this.first.id}, \${this.other.made}\` },
      { parent },
    );
    this.third = new waldur.Snapshot(name + "-third", { volumeId: volume }, { parent, dependsOn: this.second });
    this.registerOutputs({ ids: [this.first.id, this.second.id] });
  }
}

class Site extends pulumi.ComponentResource {
  constructor(name, args, opts) {
    super("shop:Site", name, {}, opts);
    const { project, offering } = ids;
    this.data = new waldur.Volume(name + "-data", { projectId: project, offeringId: offering, size: 1024 }, { parent: this });
    this.pair = new Pair(name + "-pair", { volume: this.data.id }, { parent: this });
    this.copy = new waldur.SnapshotRestoration(name + "-copy", { snapshotId: this.pair.second.id }, {
      parent: this,
      dependsOn: [this.pair],
    });
    // No outputs are registered, as in many programs.
  }
}

module.exports = async () => {
  const near = new Site("near", {});
  const far = new Site("far", {}, { dependsOn: near });
  const below = new waldur.Snapshot("below", { volumeId: ids.volume }, { parent: near.pair.first });
  const after = new waldur.Snapshot("after", { volumeId: ids.volume }, { dependsOn: [near, far.pair] });
  return { description: { value: near.pair.second.description }, after: { id: after.id, below: below.id } };
};
`;

it("components may have any number of children, nested, beside others' resources, and be waited for", () =>
  scenario({ speed: 400, maxProvisioning: Number.POSITIVE_INFINITY }, async ({ waldur, stack }) => {
    const { volumes, project, offering } = waldur.ids;
    stack.program(program({ volume: volumes["data-1"], project, offering }), true);
    const { outputs } = await stack.up();
    const resources = stack.resources();
    expect(Object.keys(resources).sort()).toEqual(
      [
        ...["near", "far"].flatMap((site) =>
          ["data", "copy", "pair-first", "pair-second", "pair-third"].map((name) => `${site}-${name}`),
        ),
        ...["after", "below"],
      ].sort(),
    );
    const first = resources["near-pair-first"];
    expect(outputs.description?.value).toBe(`after ${first?.id}, by another`);
    const around = "::shop:Site$shop:backup:Pair$";
    const own = front === "plugin" ? "openstack-snapshots:" : "pulumi-nodejs:dynamic/openstack-snapshots/";
    expect(first?.urn).toContain(`${around}${own}waldur:Snapshot::`);
    const wrote = waldur.writes.length;
    const { changes } = await stack.up();
    expect(Object.keys(changes)).toEqual(["same"]);
    expect(waldur.writes).toHaveLength(wrote);
  }));
