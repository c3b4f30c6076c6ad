import { expect, it } from "vitest";
import { printOf } from "../support/recordedStates/prints";
import { routes, scenario } from "./support/scenario";

/** A program whose options are set in every way that there is. @param n which of its versions, from 0 */
const program = (ids: Record<string, unknown>, n: number) => `
const pulumi = require("@pulumi/pulumi");
const { waldur } = require("pulumi-openstack-snapshots");
const { volume: volumeId, project, offering } = ${JSON.stringify(ids)};

const snapshot = (name, args, opts) => new waldur.Snapshot(name, { volumeId, ...args }, opts);
const setting = (more, args = {}) => ({ props, opts }) => ({
  props: { ...props, ...args },
  opts: pulumi.mergeOptions(opts, more),
});
const description = "declared ${Math.min(n, 1)}";
const replaceOnChanges = ["description"];

// For the whole stack, in both of the ways that Pulumi has.
const inStack = (name, change) => (args) => (args.name === name ? change(args) : undefined);
const transforms = () => {
pulumi.runtime.registerResourceTransform(inStack("stack-transform", setting({ replaceOnChanges })));
pulumi.runtime.registerResourceTransform(inStack("slow", setting({ customTimeouts: { create: "3s" } })));
pulumi.runtime.registerStackTransformation(inStack("old-stack-way", setting({ replaceOnChanges })));
};

module.exports = async () => {
  transforms();
  snapshot("option", { description }, { replaceOnChanges });
  snapshot("all", { description }, { replaceOnChanges: ["*"] });
  snapshot("transform", { description }, { transforms: [setting({ replaceOnChanges })] });
  snapshot("stack-transform", { description });
  snapshot("old-way", { description }, { transformations: [setting({ replaceOnChanges })] });
  snapshot("old-stack-way", { description });
  snapshot("key", { metadata: { team: description, other: "same" } }, { replaceOnChanges: ["metadata.team"] });
  snapshot("other-key", { metadata: { team: "same", other: description } }, { replaceOnChanges: ["metadata.team"] });
  snapshot("arguments", {}, { transforms: [setting({}, { description })] });
  snapshot("secret", {}, { transformations: [setting({}, { description: pulumi.secret("swordfish") })] });
  snapshot("updated", { description: ${n} < 2 ? "before" : "after" }, { customTimeouts: { update: "4s" } });
  if (${n} < 2) snapshot("deleted", {}, { customTimeouts: { delete: "5s" } });
  if (${n} === 2) new waldur.Volume("slow", { projectId: project, offeringId: offering, size: 1024 });
};
`;

it("replaceOnChanges, customTimeouts and arguments count, be they options or set by transforms", () =>
  scenario({ speed: 400, maxProvisioning: Number.POSITIVE_INFINITY }, async ({ waldur, stack, sent }) => {
    const { volumes, project, offering } = waldur.ids;
    const ids = { volume: volumes["data-1"], project, offering };
    stack.program(program(ids, 0), true);
    await stack.up();
    const before = stack.resources();
    expect(before.arguments?.outputs.description).toBe("declared 0");
    // Nor anything by which a guess could be tried; what a transform makes secret is known to the engine alone.
    expect(stack.exported()).not.toContain("swordfish");
    expect(stack.exported()).not.toContain(printOf("swordfish"));

    waldur.resetRequests();
    stack.program(program(ids, 1), true);
    const { changes } = await stack.up();
    expect(changes).toEqual({ replace: 7, update: 2, same: 4 });
    const after = stack.resources();
    const replaced = Object.keys(after).filter((name) => after[name]?.id !== before[name]?.id);
    expect(replaced.sort()).toEqual(
      ["all", "key", "old-stack-way", "old-way", "option", "stack-transform", "transform"].sort(),
    );
    expect(sent(routes.patchSnapshot)).toHaveLength(2);
    expect(after.arguments?.outputs.description).toBe("declared 1");

    // The answers to a create, an update and a delete come after the time limits.
    const late = { kind: "delay", ms: 60_000 } as const;
    for (const route of [routes.order, routes.patchSnapshot, routes.deleteSnapshot])
      waldur.faults.add({ route, times: Number.POSITIVE_INFINITY, action: late });
    stack.program(program(ids, 2), true);
    const text = await stack.upFails({ continueOnError: true });
    for (const seconds of [3, 4, 5]) expect(text).toContain(`the time limit of ${seconds} s`);
  }));
